"""Dòng của các sổ: what stands on each line of the three books of Decree 30/2020, Annex IV, voided numbers and gaps among them."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from vanthu.register import book_words as words
from vanthu.register.connection import Base
from vanthu.register.items import SHOWN, handovers
from vanthu.register.numbering import INCOMING, OUTGOING, PARTY

Line = dict[str, Any]

NAMES = ("den", "theo-doi", "di")


@dataclass(frozen=True, slots=True)
class Scope:
    """Phạm vi: the lines of a year's book that were received from `first` to `last`; None is open. `party`: the Party's own book."""

    year: int
    first: date | None = None
    last: date | None = None
    party: bool = False

    @property
    def incoming(self) -> str:
        """Key of the book of incoming documents that is meant."""
        return PARTY if self.party else INCOMING


def lines(base: Base, name: str, scope: Scope) -> list[Line]:
    """The lines of the book `name` (den, theo-doi, di) in order of number; `state` is registered, void or gap."""
    if name == "theo-doi":
        return [_item(base, row) for row in _items(base, scope)]
    book = scope.incoming if name == "den" else OUTGOING
    make = _incoming if name == "den" else _outgoing
    found = [make(base, row) for row in _documents(base, book, scope)]
    return sorted([*found, *_gaps(base, book, scope, found)], key=lambda line: line["number"])


def _documents(base: Base, book: str, scope: Scope) -> list[Line]:
    return base.rows(
        """SELECT d.*, i.unit AS old_unit, i.forwarded_on, i.note AS old_note FROM documents d LEFT JOIN imported i ON i.document_id=d.id
           WHERE d.book=?1 AND d.year=?2 AND (?3 IS NULL OR d.received_on>=?3) AND (?4 IS NULL OR d.received_on<=?4)
           ORDER BY d.arrival_number""",
        book,
        scope.year,
        *_days(scope),
    )


def _days(scope: Scope) -> tuple[str | None, str | None]:
    return (scope.first.isoformat() if scope.first else None, scope.last.isoformat() if scope.last else None)


def _gaps(base: Base, book: str, scope: Scope, found: list[Line]) -> Iterator[Line]:
    """Numbers between those found that no line of the whole book has: left out when the book was begun anew, or missing."""
    if not found:
        return
    numbers = [
        row["n"] for row in base.rows("SELECT arrival_number AS n FROM documents WHERE book=? AND year=? ORDER BY 1", book, scope.year)
    ]
    first, last = found[0]["number"], found[-1]["number"]
    begun = {row["n"] for row in base.rows("SELECT first_number AS n FROM books WHERE book=? AND year=?", book, scope.year)}
    for before, after in pairwise(numbers):
        if after > before + 1 and first <= before < last:
            missing = f"{before + 1}–{after - 1}" if after > before + 2 else str(before + 1)
            why = "book.elsewhere" if after in begun else "book.gap"
            yield {"number": before + 0.5, "state": "gap", "numbers": missing, "why": why}


def _common(row: Line) -> Line:
    return {
        "number": row["arrival_number"],
        "state": row["state"],
        "received_on": row["received_on"],
        "issuer": row["issuer"],
        "code": row["code"],
        "issued_on": row["issued_on"],
        "about": words.about(row),
        "note": words.note(row),
    }


def _incoming(base: Base, row: Line) -> Line:
    handed = handovers(base, row["id"])
    assigned = base.rows(
        "SELECT DISTINCT unit FROM follow_ups WHERE document_id=? AND unit IS NOT NULL AND stale=0 ORDER BY unit", row["id"]
    )
    units = [words.receiver(one) for one in handed] or ([row["old_unit"]] if row["old_unit"] else [one["unit"] for one in assigned])
    return _common(row) | {
        "unit": "\n".join(dict.fromkeys(units)),
        "handed_on": handed[0]["handed_on"] if handed else row["forwarded_on"],
        "receipt": "\n".join(words.receipt(one) for one in handed if one["received_at"]),
    }


def _outgoing(base: Base, row: Line) -> Line:
    names = base.rows("SELECT role, name FROM parties WHERE document_id=? ORDER BY role, position", row["id"])
    shown = [one["name"] for one in names if not re.fullmatch(r"\W*như (trên|điều \d+)\W*", one["name"], re.IGNORECASE)]
    copies = re.search(r"\(0*(\d{1,3})\s*b(?:ản)?\b", row["archive"] or "")
    return _common(row) | {
        "signer": row["signer_name"],
        "recipients": "; ".join(dict.fromkeys(shown)),
        "keeper": row["archive"],
        "copies": int(copies[1]) if copies else None,
        "handed_on": None,
        "receipt": "",
    }


def _items(base: Base, scope: Scope) -> list[Line]:
    """Items that concern us: charged, helping, or given to a unit of ours; all where the office has not said who it is."""
    return base.rows(
        f"""SELECT f.id AS item, f.ordinal, f.text, f.lead, f.unit, f.due_on, f.state AS item_state, f.closed_on, f.note AS item_note,
             d.arrival_number, d.received_on, d.doc_type, d.code, d.issued_on, d.issuer, c.code AS answer_code, c.issued_on AS answer_on
           FROM follow_ups f JOIN documents d ON d.id=f.document_id LEFT JOIN documents c ON c.id=f.closed_by
           WHERE d.book=?1 AND d.year=?2 AND d.state='registered' AND f.stale=0 AND {SHOWN}
             AND (?3 IS NULL OR d.received_on>=?3) AND (?4 IS NULL OR d.received_on<=?4)
             AND (?5 OR f.role IS NOT NULL OR f.unit IS NOT NULL)
           ORDER BY d.arrival_number, f.position, f.id""",  # noqa: S608
        scope.incoming,
        scope.year,
        *_days(scope),
        not base.office.names and not base.office.units,
    )


def _item(base: Base, row: Line) -> Line:
    return {
        "number": row["arrival_number"],
        "state": "registered",
        "received_on": row["received_on"],
        "about": words.identified(row),
        "unit": row["unit"] or "; ".join(json.loads(row["lead"])),
        "due_on": row["due_on"],
        "progress": words.progress(row, base.today),
        "answer": words.answer(row),
        "note": words.item_note(row),
    }
