"""Đính chính: a person's value in place of what was read, kept apart and never overwritten."""

import json
from datetime import date
from typing import Any

from vanthu.errors import WrongUse
from vanthu.register import effective, entries, events, projection, values
from vanthu.register.connection import Base

Place = tuple[int, list[int]]
"""Number of the page, and left, top, right, bottom in pixels of the page as it was read."""


def correct(base: Base, document_id: int, field: str, value: Any, who: str, place: Place | None = None) -> None:
    """Put `value` in place of what was read at `field` (`code`, `signer.name`, `tasks.0.due_on`, `received_on`).

    Text is read by the field's kind: dates as ISO or d/m/yyyy, lists parted by `;` or as JSON, empty text is null; null for an
    item of a list takes the item out. `place`: where on the page the person saw it; None leaves the place of what was read.
    BadValue where the field is unknown or the value will not do.
    """
    with base.transaction():
        if field == "received_on":
            _receive(base, document_id, value, who)
            return
        steps = values.parse_path(field)
        record = _holding(base, document_id)
        taking_out = len(steps) == 2 and isinstance(steps[1], int) and value in (None, "")
        parsed = None if taking_out else values.parse(steps, value)
        anchor = _anchor(record, steps)
        base.db["corrections"].insert(
            {
                "document_id": document_id,
                "field": ".".join(map(str, steps)),
                "anchor": anchor,
                "value": json.dumps(parsed, ensure_ascii=False),
                "was": json.dumps(values.get(record, steps), ensure_ascii=False),
                "place": json.dumps(place) if place else None,
                "who": who,
                "at": base.now(),
            },
            pk="id",
        )
        _settle(base, document_id, field, record)
        events.add(base, "corrected", who=who, document=document_id, field=field)


def _settle(base: Base, document_id: int, field: str, before: dict[str, Any]) -> None:
    """Work out anew what follows from the entry; of a value that was accepted as it stood nothing does but that it needs no look."""
    record, lost = effective.apply(_machine(base, document_id), of_entry(base, document_id))
    if base.value("SELECT max(id) FROM corrections WHERE document_id=?", document_id) in lost:
        raise values.BadValue("register.no_place", field=field)
    if effective.meant(record) == effective.meant(before):
        base.db["documents"].update(document_id, projection.columns(record))
    else:
        entries.refresh(base, document_id)


def _holding(base: Base, document_id: int) -> dict[str, Any]:
    """The record of a registered entry as it holds, with its private notes; WrongUse where there is none."""
    record, _ = effective.apply(_machine(base, document_id), of_entry(base, document_id))
    return record


def _machine(base: Base, document_id: int) -> dict[str, Any]:
    row = base.row("SELECT machine, state FROM documents WHERE id=?", document_id)
    if row is None or row["state"] != "registered":
        raise WrongUse("register.voided" if row else "register.no_entry", id=document_id)
    machine: dict[str, Any] = json.loads(row["machine"])
    return machine


def _anchor(record: dict[str, Any], steps: list[str | int]) -> str | None:
    if len(steps) < 2 or not isinstance(steps[1], int):
        return None
    item = values.get(record, steps[:2])
    if item is None and steps[1] > len(record[str(steps[0])]):
        raise values.BadValue("register.no_place", field=".".join(map(str, steps)))
    return effective.anchor_of(item) if item is not None else None


def _receive(base: Base, document_id: int, value: Any, who: str) -> None:
    """Ngày đến may move within its year: số đến belongs to the year."""
    day = value if isinstance(value, date) else values.parse_date(str(value))
    entry = entries.entry(base, document_id)
    if day.year != entry.year:
        raise values.BadValue("register.year_fixed", number=entry.number)
    base.db["documents"].update(document_id, {"received_on": day.isoformat()})
    entries.refresh(base, document_id)
    events.add(base, "corrected", who=who, document=document_id, field="received_on")


def corrected(base: Base) -> list[int]:
    """Ids of registered entries that people corrected and that have an original, oldest first."""
    sql = """SELECT DISTINCT d.id FROM documents d JOIN corrections c ON c.document_id=d.id
      WHERE d.state='registered' AND d.file_id IS NOT NULL AND c.undone_at IS NULL AND c.value<>c.was ORDER BY d.id"""
    return [row["id"] for row in base.rows(sql)]


def of_entry(base: Base, document_id: int) -> list[dict[str, Any]]:
    """Corrections of an entry that hold, oldest first, values decoded; what was taken back is left out."""
    rows = base.rows(
        "SELECT id, field, anchor, value, was, who, at, place FROM corrections WHERE document_id=? AND undone_at IS NULL ORDER BY id",
        document_id,
    )
    return [row | {"value": json.loads(row["value"]), "was": json.loads(row["was"]), "place": _place(row)} for row in rows]


def _place(row: dict[str, Any]) -> list[Any] | None:
    return json.loads(row["place"]) if row["place"] else None
