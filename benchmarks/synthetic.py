"""A register of many synthetic documents, for measuring how it grows and for trying the desk on a full one.

`python -m benchmarks.synthetic FOLDER --documents 100000 [--seed 1] [--originals]`: FOLDER/register.db, the same each time. Rows are
made by the register's own functions and written in bulk; what the register writes one by one is measured by `benchmarks.scale`. Without
`--originals` the store is empty: lists, search and links work, a scan cannot be shown.
"""

import argparse
import hashlib
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.synthetic_copies import Rows, copied
from benchmarks.synthetic_papers import Synthetic, paper
from benchmarks.synthetic_text import Vocabulary
from models.text import fold, new_tones
from vanthu.register import Register, audit, bodies, codes, effective, followups, projection
from vanthu.register.connection import Base

DISTINCT = 20_000
"""So many are made one by one; those beyond are copies of them with a number, code, day and one sentence of their own."""

YEARS = 10
"""The documents came in over so many years, the last of them this one."""
LAST = date(2026, 11, 28)
_BATCH = 2000
_WORDS_HELD = 64_000_000
"""Bytes of the full-text index gathered before they are written; by SQLite's own measure a million texts are merged for hours."""


def fill(folder: Path, documents: int, seed: int = 1, *, originals: bool = False, told: bool = False) -> None:
    """Write the register of so many documents into a folder; one that was cut off goes on from where it was."""
    began = time.monotonic()
    with Register.open(folder, today=LAST) as register:
        base = register.base
        base.conn.execute("PRAGMA synchronous=OFF")
        base.conn.execute("PRAGMA cache_size=-400000")
        base.conn.execute("PRAGMA secure_delete=OFF")
        base.conn.execute("INSERT INTO texts_fts(texts_fts, rank) VALUES('hashsize', ?)", (_WORDS_HELD,))
        batch: Rows = {}
        for number, rows, content in _all(base, documents, seed):
            if originals:
                _keep(register, content, number)
            for table, some in rows.items():
                batch.setdefault(table, []).extend(some)
            if number % _BATCH == 0:
                _write(base, batch)
                batch = {}
                if told and number % (25 * _BATCH) == 0:
                    print(f"{number} documents, {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
        _write(base, batch)
        base.conn.execute("INSERT OR IGNORE INTO books SELECT DISTINCT book, year, 1 FROM documents")
        base.conn.execute("DELETE FROM texts_fts_config WHERE k='hashsize'")
        base.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _all(base: Base, documents: int, seed: int) -> Iterator[tuple[int, Rows, bytes]]:
    vocabulary = Vocabulary()
    masters: list[Rows] = []
    numbers: Counter[int] = Counter()
    there = base.value("SELECT coalesce(max(id), 0) FROM documents")
    for number in range(1, documents + 1):
        if number <= there and number > DISTINCT:
            numbers[day_of(number, documents).year] += 1
            continue
        day, content = day_of(number, documents), original(number)
        sha256 = hashlib.sha256(content).hexdigest()
        if number <= DISTINCT:
            rows = _rows(base, paper(vocabulary, number, seed, day), sha256, len(content))
            if documents > DISTINCT:
                masters.append(rows)
        else:
            rows = copied(masters[(number - 1) % DISTINCT], vocabulary, number, seed, day, sha256)
        numbers[day.year] += 1
        rows["documents"][0]["arrival_number"] = numbers[day.year]
        if number > there:
            yield number, rows, content


def day_of(number: int, documents: int) -> date:
    """Arrivals are spread evenly over the years."""
    return LAST - timedelta(days=365 * YEARS) + timedelta(days=number * 365 * YEARS // documents)


def original(number: int) -> bytes:
    """A one-page PDF without text, no other document's bytes: what is read of it stands in the register already."""
    mark = b"%032x" % number
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
        b"trailer<</Root 1 0 R/ID[<" + mark + b"><" + mark + b">]>>\n%%EOF\n"
    )


def _keep(register: Register, content: bytes, number: int) -> None:
    passing = register.base.folder / f"{number}.pdf"
    passing.write_bytes(content)
    register.store.keep(passing)
    passing.unlink()


def _rows(base: Base, made: Synthetic, sha256: str, size: int) -> Rows:
    id_, day, record = made.number, made.received_on.isoformat(), made.record
    at = f"{day}T08:00:00+07:00"
    name = f"scan{id_:07}.pdf"
    file = {"id": id_, "sha256": sha256, "name": name, "note": "", "size": size, "direction": "in", "state": "registered", "claimed_at": at}
    return {
        "files": [file],
        "receipts": [{"file_id": id_, "name": name, "note": "", "duplicate": 0, "at": at}],
        "documents": [_line(made, at)],
        "document_files": [{"document_id": id_, "file_id": id_, "role": "main", "name": name}],
        "pages": [_page(made, n) for n in range(len(made.pages))],
        "texts": [_text(made)],
        **{table: [{"document_id": id_, **part} for part in parts] for table, parts in projection.parts(record).items()},
        "events": [_event(2 * id_ - 1, at, "claimed", None, id_), _event(2 * id_, at, "registered", id_, id_)],
        "follow_ups": [{"document_id": id_, "stale": 0, **item} for item in _items(base, record, made)],
    }


def _event(id_: int, at: str, what: str, document: int | None, file: int) -> dict[str, Any]:
    """An event, to be chained when it is written."""
    return {"id": id_, "at": at, "who": "vanthu", "what": what, "document_id": document, "file_id": file, "detail": None}


def _line(made: Synthetic, at: str) -> dict[str, Any]:
    year = made.received_on.year
    machine = json.dumps(made.record, ensure_ascii=False)
    return projection.columns(made.record) | {
        "id": made.number,
        "file_id": made.number,
        "part": 1,
        "direction": "in",
        "book": "den",
        "year": year,
        "arrival_number": 0,
        "received_on": made.received_on.isoformat(),
        "state": "registered",
        "registered_at": at,
        "read_at": at,
        "machine": machine,
        "pages": len(made.pages),
        "notes": "[]",
        "proposals": "[]",
        "looks": len(effective.looks(made.record)),
    }


def _page(made: Synthetic, n: int) -> dict[str, Any]:
    text = "\n".join(piece.plain for piece in made.pages[n])
    size = {"width": 1860, "height": 2631, "dpi": 225, "source": "ocr", "rotation": 0, "skew": 0.0, "notes": "[]"}
    return {"document_id": made.number, "number": n + 1, **size, "text": text}


def _items(base: Base, record: dict[str, Any], made: Synthetic) -> list[dict[str, Any]]:
    """Follow-up items: those of the last two months are open, of the others one in thirty."""
    recent = (LAST - made.received_on).days < 60
    state = "open" if recent or made.number % 30 == 0 else "done"
    return [item | {"state": state} for item in followups.wanted(base, record, made.received_on)]


def _text(made: Synthetic) -> dict[str, Any]:
    record = made.record
    names = "\n".join([record["signer"]["name"], *record["addressees"], *record["recipients"]])
    folded = "\f".join("\n".join(piece.folded for piece in page) for page in made.pages)
    marked = "\n".join(piece.marked for page in made.pages for piece in page)
    head = new_tones(f"{record['subject']}\n{record['issuer']}\n{names}").lower()
    return {
        "document_id": made.number,
        "code": fold(f"{record['code']} {codes.token(record['code'])}"),
        "subject": fold(record["subject"]),
        "issuer": f"{fold(record['issuer'])}\n{bodies.key(record['issuer'])}",
        "names": fold(names),
        "body": folded,
        "marked": f"{head}\n{marked}",
    }


def _write(base: Base, batch: Rows) -> None:
    with base.transaction():
        for table, rows in batch.items():
            if table == "events":
                _chain(base, rows)
            if rows:
                names = list(rows[0])
                marks = ", ".join("?" * len(names))
                base.conn.executemany(
                    f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", [tuple(row[name] for name in names) for row in rows]
                )


def _chain(base: Base, events: list[dict[str, Any]]) -> None:
    before = base.value("SELECT hash FROM chain")
    for event in events:
        event["hash"] = before = audit.digest(before, event)


def main() -> int:
    """Make one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--originals", action="store_true")
    given = parser.parse_args()
    fill(given.folder, given.documents, given.seed, originals=given.originals, told=True)
    print(f"{given.documents} documents in {given.folder}, {(given.folder / 'register.db').stat().st_size / 1e6:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
