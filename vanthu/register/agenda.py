"""Lịch: the days on which follow-up items are due, each with a name and a number of its own that calendars tell changes by."""

import hashlib
import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

from vanthu.register.connection import Base
from vanthu.register.items import SHOWN, concerns

Event = dict[str, Any]

KEPT = timedelta(days=366)
"""How long what is over is still told."""

WITHDRAWN = timedelta(days=60)
"""How long it is told that something was taken back: until then every calendar has asked."""

_SHOWN = ("document", "number", "code", "issuer", "subject", "ordinal", "text", "lead", "unit", "due_on", "state", "ours")


def events(base: Base, unit: str | None = None, *, ours: bool = False) -> list[Event]:
    """The dated items with `uid`, `sequence` and `changed_at`; of one taken back only these, its day, and `cancelled` True.

    An item keeps its `uid` for good; `sequence` grows with each change of what is told of it. With `unit` the items that it has a part in,
    with `ours` those that charge us.
    """
    items = _items(base)
    with base.transaction():
        _note(base, items)
    told = {row["item_id"]: row for row in base.rows("SELECT * FROM calendar_events WHERE due_on>=?", (base.today - KEPT).isoformat())}
    shown = [
        {name: item[name] for name in _SHOWN} | _numbered(told[number]) for number, item in items.items() if _asked(item, unit, ours=ours)
    ]
    lately = (base.today - WITHDRAWN).isoformat()
    gone = [_numbered(row) for row in told.values() if row["cancelled"] and row["changed_at"] >= lately]
    return sorted([*shown, *gone], key=lambda event: (event["due_on"], event["uid"]))


def _asked(item: Event, unit: str | None, *, ours: bool) -> bool:
    return (unit is None or concerns(item, unit)) and (not ours or bool(item["ours"]) or bool(item["unit"]))


def _numbered(row: Event) -> Event:
    names = ("uid", "sequence", "due_on", "changed_at")
    return {name: row[name] for name in names} | {"cancelled": bool(row["cancelled"])}


def _items(base: Base) -> dict[int, Event]:
    """Items that stand in a calendar, by id: dated, of a registered entry, still in its record, not dropped."""
    rows = base.rows(
        f"""SELECT f.id, f.document_id AS document, f.ordinal, f.text, f.lead, f.units_key, f.unit, f.due_on, f.state, f.ours,
             d.arrival_number || '/' || d.year AS number, d.code, d.issuer, d.subject
           FROM follow_ups f INDEXED BY idx_follow_ups_days JOIN documents d ON d.id=f.document_id
           WHERE f.due_on>=? AND f.stale=0 AND f.state<>'dropped' AND d.state='registered' AND {SHOWN}""",  # noqa: S608
        (base.today - KEPT).isoformat(),
    )
    return {row["id"]: row | {"lead": json.loads(row["lead"])} for row in rows}


def _note(base: Base, items: dict[int, Event]) -> None:
    """Put down what is told now: new items, changed ones, and those taken back, of which nothing but the day is kept."""
    recent = (base.today - KEPT).isoformat()
    rows = base.rows(
        """SELECT * FROM calendar_events WHERE due_on>=?
           UNION SELECT * FROM calendar_events WHERE item_id IN (SELECT value FROM json_each(?))""",
        recent,
        json.dumps([*items]),
    )
    known = {row["item_id"]: row for row in rows}
    for number, item in items.items():
        mark = _fingerprint(item)
        before = known.get(number)
        if before is None:
            _put(base, number, {"uid": f"{uuid4()}@vanthu", "sequence": 0}, item["due_on"], mark)
        elif (before["fingerprint"], before["due_on"]) != (mark, item["due_on"]):
            _put(base, number, {"uid": before["uid"], "sequence": before["sequence"] + 1}, item["due_on"], mark)
    for number, before in known.items():
        if number not in items and not before["cancelled"] and before["due_on"] >= recent:
            _put(base, number, {"uid": before["uid"], "sequence": before["sequence"] + 1}, before["due_on"], None)


def _put(base: Base, number: int, named: Event, due_on: str, fingerprint: str | None) -> None:
    row = {"item_id": number, "fingerprint": fingerprint, "due_on": due_on, "cancelled": int(fingerprint is None), "changed_at": base.now()}
    base.db["calendar_events"].upsert(named | row, pk="item_id")


def _fingerprint(item: Event) -> str:
    told = json.dumps([item[name] for name in _SHOWN], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()
