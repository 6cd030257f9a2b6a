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
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.synthetic_papers import Synthetic, paper
from benchmarks.synthetic_text import Vocabulary
from models.text import fold, new_tones
from vanthu.register import Register, bodies, codes, effective, followups, projection
from vanthu.register.connection import Base

YEARS = 10
"""The documents came in over so many years, the last of them this one."""
LAST = date(2026, 11, 28)
_BATCH = 2000

Rows = dict[str, list[dict[str, Any]]]


def fill(folder: Path, documents: int, seed: int = 1, *, originals: bool = False, told: bool = False) -> None:
    """Write the register of so many documents into a new folder."""
    began = time.monotonic()
    with Register.open(folder, today=LAST) as register:
        base = register.base
        base.conn.execute("PRAGMA synchronous=OFF")
        base.conn.execute("PRAGMA cache_size=-400000")
        batch: Rows = {}
        for made in papers(documents, seed):
            content = original(made)
            if originals:
                _keep(register, content, made.number)
            for table, rows in _rows(base, made, hashlib.sha256(content).hexdigest(), len(content)).items():
                batch.setdefault(table, []).extend(rows)
            if made.number % _BATCH == 0:
                _write(base, batch)
                batch = {}
                if told and made.number % (50 * _BATCH) == 0:
                    print(f"{made.number} documents, {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
        _write(base, batch)
        base.conn.execute("INSERT INTO books SELECT DISTINCT book, year, 1 FROM documents")
        base.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def papers(documents: int, seed: int) -> Iterator[Synthetic]:
    """The dispatches in the order of their arrival, spread evenly over the years."""
    vocabulary = Vocabulary()
    first = LAST - timedelta(days=365 * YEARS)
    for number in range(1, documents + 1):
        yield paper(vocabulary, number, seed, first + timedelta(days=number * 365 * YEARS // documents))


def original(made: Synthetic) -> bytes:
    """A one-page PDF without text, no other document's bytes: what is read of it stands in the register already."""
    number = b"%032x" % made.number
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
        b"trailer<</Root 1 0 R/ID[<" + number + b"><" + number + b">]>>\n%%EOF\n"
    )


def _keep(register: Register, content: bytes, number: int) -> None:
    passing = register.base.folder / f"{number}.pdf"
    passing.write_bytes(content)
    register.store.keep(passing)
    passing.unlink()


_numbers: dict[int, int] = {}


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
        "events": [
            {"at": at, "who": "vanthu", "what": "claimed", "document_id": None, "file_id": id_, "detail": None},
            {"at": at, "who": "vanthu", "what": "registered", "document_id": id_, "file_id": id_, "detail": json.dumps({"book": "den"})},
        ],
        "follow_ups": [{"document_id": id_, "stale": 0, **item} for item in _items(base, record, made)],
    }


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
        "arrival_number": _next_number(made.number, year),
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


def _next_number(number: int, year: int) -> int:
    if number == 1:
        _numbers.clear()
    _numbers[year] = _numbers.get(year, 0) + 1
    return _numbers[year]


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
            if rows:
                names = list(rows[0])
                marks = ", ".join("?" * len(names))
                base.conn.executemany(
                    f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", [tuple(row[name] for name in names) for row in rows]
                )


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
