"""A synthetic dispatch made of another: the same sentences, but a number, code, day and one sentence of its own."""

import random
import re
from datetime import date
from typing import Any

from benchmarks.synthetic_text import Piece, Vocabulary
from vanthu.register import codes

Rows = dict[str, list[dict[str, Any]]]


def copied(master: Rows, vocabulary: Vocabulary, number: int, seed: int, day: date, sha256: str) -> Rows:
    """The rows of dispatch `number`, of those of an earlier one."""
    chance = random.Random(f"{seed}/{number}")
    line = master["documents"][0]
    code = re.sub(r"^\d+", str(chance.randrange(1, 4000)), line["code"])
    at = f"{day.isoformat()}T08:00:00+07:00"
    changes = {
        "files": {"id": number, "sha256": sha256, "name": f"scan{number:07}.pdf", "claimed_at": at},
        "receipts": {"file_id": number, "name": f"scan{number:07}.pdf", "at": at},
        "documents": _line(line, code, number, day, at),
        "document_files": {"document_id": number, "file_id": number, "name": f"scan{number:07}.pdf"},
    }
    rows = {table: [row | changes.get(table, {"document_id": number}) for row in some] for table, some in master.items()}
    _speak(rows, Piece.of(vocabulary.rare(chance)), line["code"], code)
    rows["events"] = [
        event | {"id": 2 * number - 1 + n, "at": at, "document_id": number if n else None, "file_id": number}
        for n, event in enumerate(master["events"])
    ]
    for item in rows["follow_ups"]:
        item["state"] = "open" if number % 30 == 0 else "done"
    return rows


def _line(line: dict[str, Any], code: str, number: int, day: date, at: str) -> dict[str, Any]:
    key = codes.key(code)
    texts = {name: line[name].replace(line["code"], code) for name in ("machine", "record")}
    dates = {"year": day.year, "received_on": day.isoformat(), "issued_on": day.isoformat(), "registered_at": at, "read_at": at}
    return {"id": number, "file_id": number, "code": code, "number": key.number if key else None, **texts, **dates}


def _speak(rows: Rows, own: Piece, before: str, code: str) -> None:
    """The sentence of its own at the end of the first page, the new code in place of the old."""
    first, text = rows["pages"][0], rows["texts"][0]
    first["text"] = f"{first['text']}\n{own.plain}".replace(before, code, 1)
    old, new = (f"{one.lower()} {codes.token(one)}" for one in (before, code))
    text["code"] = text["code"].replace(*(Piece.of(one).folded for one in (old, new)))
    text["body"] = f"{text['body']}\n{own.folded}".replace(Piece.of(before).folded, Piece.of(code).folded, 1)
    text["marked"] = f"{text['marked']}\n{own.marked}".replace(before.lower(), code.lower(), 1)
