"""Thống kê: how much came in and what became of it, by unit, type, issuer and month: in time, late, open."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from vanthu.register import bodies
from vanthu.register.connection import Base
from vanthu.register.items import SHOWN

Row = dict[str, Any]

DIMENSIONS = ("unit", "doc_type", "issuer", "month")
STANDINGS = ("in_time", "done_late", "open", "overdue", "dropped")
"""Xong đúng hạn, xong trễ, chưa đến hạn, quá hạn, không thực hiện: each item is in exactly one of them."""


def tallies(base: Base, first: date | None = None, last: date | None = None, direction: str = "in") -> Row:
    """`{from, to, today, total, by: {unit, doc_type, issuer, month}}` of documents received in a span of days; None is open.

    A tally is `{name, documents, items, in_time, done_late, open, overdue, dropped, rate}`; `rate` is the share done in time of all that
    had to be done by today, None where nothing had. An item charged to several units counts for each of them; `name` None: not known.
    """
    span = (first.isoformat() if first else None, last.isoformat() if last else None, direction)
    documents = base.rows(
        f"SELECT id, doc_type, issuer, body_key, substr(received_on, 1, 7) AS month FROM documents d WHERE {_SPAN}",  # noqa: S608
        *span,
    )
    items = base.rows(
        f"""SELECT f.document_id, f.unit, f.lead, f.due_on, f.state, f.closed_on FROM follow_ups f JOIN documents d ON d.id=f.document_id
            WHERE {_SPAN} AND f.stale=0 AND {SHOWN}""",  # noqa: S608
        *span,
    )
    names = _Names(base)
    made = {dimension: _Count() for dimension in DIMENSIONS}
    total = _Count()
    known = {document["id"]: document for document in documents}
    for document in documents:
        total.document(None, document["id"])
        for dimension in ("doc_type", "issuer", "month"):
            made[dimension].document(names.of(dimension, document), document["id"])
    for item in items:
        standing, document = _standing(item, base.today.isoformat()), known[item["document_id"]]
        total.item(None, standing)
        for dimension in ("doc_type", "issuer", "month"):
            made[dimension].item(names.of(dimension, document), standing)
        for unit in names.units(item):
            made["unit"].document(unit, item["document_id"])
            made["unit"].item(unit, standing)
    return {
        "from": span[0],
        "to": span[1],
        "today": base.today.isoformat(),
        "total": total.rows()[0] if documents else _tally(None, 0, {}),
        "by": {dimension: count.rows(by_name=dimension == "month") for dimension, count in made.items()},
    }


_SPAN = "d.state='registered' AND (?1 IS NULL OR d.received_on>=?1) AND (?2 IS NULL OR d.received_on<=?2) AND d.direction=?3"


def _standing(item: Row, today: str) -> str:
    if item["state"] == "dropped":
        return "dropped"
    due = item["due_on"]
    if item["state"] == "done":
        return "done_late" if due and item["closed_on"] and item["closed_on"] > due else "in_time"
    return "overdue" if due and due < today else "open"


class _Names:
    """One name for one body: our units by their first name, others as they were printed first."""

    def __init__(self, base: Base) -> None:
        self.known = {bodies.key(alias): unit[0] for unit in base.office.units for alias in unit}

    def of(self, dimension: str, document: Row) -> str | None:
        """What a document is counted under."""
        if dimension != "issuer" or not document["issuer"]:
            return document[dimension] or None
        return self.known.setdefault(document["body_key"] or bodies.key(document["issuer"]), document["issuer"])

    def units(self, item: Row) -> Iterable[str | None]:
        """Those whom an item is counted for: the unit it was given to, else all that lead it."""
        printed = [item["unit"]] if item["unit"] else json.loads(item["lead"])
        return dict.fromkeys(self.known.setdefault(bodies.key(name), name) for name in printed) or [None]


class _Count:
    """Documents and items by name."""

    def __init__(self) -> None:
        self.documents: dict[str | None, set[int]] = {}
        self.standings: dict[str | None, dict[str, int]] = {}

    def document(self, name: str | None, document_id: int) -> None:
        self.documents.setdefault(name, set()).add(document_id)

    def item(self, name: str | None, standing: str) -> None:
        counted = self.standings.setdefault(name, {})
        counted[standing] = counted.get(standing, 0) + 1

    def rows(self, *, by_name: bool = False) -> list[Row]:
        """The tallies, largest first, or in order of name."""
        made = [_tally(name, len(ids), self.standings.get(name, {})) for name, ids in self.documents.items()]
        return sorted(
            made, key=lambda row: (0, 0, row["name"] or "") if by_name else (-row["items"], -row["documents"], row["name"] or "~")
        )


def _tally(name: str | None, documents: int, standings: dict[str, int]) -> Row:
    counted = {standing: standings.get(standing, 0) for standing in STANDINGS}
    had = counted["in_time"] + counted["done_late"] + counted["overdue"]
    rate = round(counted["in_time"] / had, 4) if had else None
    return {"name": name, "documents": documents, "items": sum(counted.values()), **counted, "rate": rate}


def shares(rows: list[Row], most: int) -> Iterator[Row]:
    """The first `most` tallies; what is left of them added up under the name `…`."""
    yield from rows[:most]
    if rest := rows[most:]:
        counted = {standing: sum(row[standing] for row in rest) for standing in STANDINGS}
        yield _tally("…", sum(row["documents"] for row in rest), counted)
