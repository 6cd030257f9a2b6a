"""Chuyển vào: the lines of a plan become entries, all in one transaction."""

import json
from pathlib import Path
from typing import Any

from models.found import Found
from models.record import Record
from vanthu.register import effective, entries, events, numbering
from vanthu.register.connection import Base
from vanthu.register.moving_in.plan import Line, Plan, plan

RULE = "moving_in.column"
"""A person has written it into the old book: as sure as a correction."""


def move_in(base: Base, path: Path, year: int | None = None, *, who: str, book: str = numbering.INCOMING) -> Plan:
    """Read, compare and carry in at one stroke, so that no number is drawn in between; the plan that was carried out."""
    with base.transaction():
        made = plan(base, path, year, book)
        carry_in(base, made, who=who, book=book)
        return made


def carry_in(base: Base, made: Plan, *, who: str, book: str = numbering.INCOMING) -> list[int]:
    """Ids of the entries, in order of số đến; all of the plan or, where anything fails, nothing."""
    lines = sorted(made.new, key=lambda line: (line.received_on.year, line.number))
    with base.transaction():
        ids = [_entry(base, made.source, line, book, who) for line in lines]
        _open_gaps(base, book, lines)
        return ids


def _entry(base: Base, source: str, line: Line, book: str, who: str) -> int:
    row = {
        "direction": "out" if book == numbering.OUTGOING else "in",
        "book": book,
        "year": line.received_on.year,
        "arrival_number": line.number,
        "received_on": line.received_on.isoformat(),
        "state": "registered",
        "registered_at": base.now(),
        "machine": json.dumps(effective.machine_json(None, _record(line)), ensure_ascii=False),
        "pages": 0,
    }
    document_id = int(base.db["documents"].insert(row, pk="id").last_pk)
    forwarded = line.forwarded_on.isoformat() if line.forwarded_on else None
    base.db["imported"].insert(
        {"document_id": document_id, "source": source, "row": line.row, "unit": line.unit, "forwarded_on": forwarded, "note": line.note}
    )
    entries.refresh(base, document_id)
    events.add(base, "imported", who=who, document=document_id, row=line.row)
    return document_id


def _record(line: Line) -> Record:
    names = ("code", "issued_on", "issuer", "doc_type", "subject", "urgency")
    found: dict[str, Any] = {name: Found(value, RULE, 1.0) for name in names if (value := getattr(line, name)) is not None}
    return Record(**found)


def _open_gaps(base: Base, book: str, lines: list[Line]) -> None:
    """What the old book leaves out is its own: each number after a gap opens the book anew, so that no gap of ours is hidden later."""
    for year, number in sorted({(line.received_on.year, line.number) for line in lines}):
        known = base.value("SELECT 1 FROM documents WHERE book=? AND year=? AND arrival_number=?", book, year, number - 1)
        if known is None:
            base.db["books"].insert({"book": book, "year": year, "first_number": number}, pk=("book", "year", "first_number"), ignore=True)
