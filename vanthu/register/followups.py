"""Mục theo dõi giải quyết: one for each pair of task and deadline, with its state, kept in step with what the record says."""

import json
from datetime import date
from typing import Any

from models.record import Relative
from vanthu.errors import NotFound, WrongUse
from vanthu.register import bodies, events, matching, pairing, units
from vanthu.register.connection import Base
from vanthu.register.rows import STATES, ItemState

Item = dict[str, Any]


def wanted(base: Base, record: dict[str, Any], received_on: date) -> list[Item]:
    """The items that a record asks for, in order; deadlines on no task last."""
    issued = date.fromisoformat(record["issued_on"]) if record["issued_on"] else None
    deadlines = [deadline | {"position": n, **_due(deadline, issued, received_on)} for n, deadline in enumerate(record["deadlines"])]
    items, taken = [], set()
    for number, task in enumerate(record["tasks"]):
        mine = pairing.deadlines_of(task, deadlines)
        taken |= {deadline["position"] for deadline in mine}
        items += _of_task(number, task, mine)
    items += [_of_deadline(deadline) for deadline in deadlines if deadline["position"] not in taken]
    return [_complete(base, item, place) for place, item in enumerate(items)]


def _due(deadline: Item, issued: date | None, received_on: date) -> Item:
    if deadline["due_on"]:
        return {"day": deadline["due_on"], "basis": "dated"}
    from vanthu import workdays

    if relative := deadline["relative"]:
        limit = Relative(relative["count"], relative["unit"], relative["from"])
        day = workdays.due_date(limit, issued=issued, received=received_on)
        return {"day": day.isoformat() if day else None, "basis": "relative"}
    day = workdays.next_due(deadline["recurring"], received_on)
    return {"day": day.isoformat() if day else None, "basis": "recurring"}


def _of_task(number: int, task: Item, deadlines: list[Item]) -> list[Item]:
    shared = {"task": number, "ordinal": task["ordinal"], "text": task["text"], "lead": task["lead"], "support": task["support"]}
    items = [shared | {"deadline": d["position"], "deadline_text": d["text"], "due_on": d["day"], "basis": d["basis"]} for d in deadlines]
    if not items:
        items = [shared | {"deadline": None, "deadline_text": None, "due_on": task["due_on"], "basis": "dated" if task["due_on"] else None}]
    elif task.get("_due_by_person"):
        first = min(items, key=lambda item: item["due_on"] or "9")
        first["due_on"] = task["due_on"]
    return items


def _of_deadline(deadline: Item) -> Item:
    return {
        "task": None,
        "ordinal": None,
        "text": deadline.get("_sentence") or deadline["text"],
        "lead": [],
        "support": [],
        "deadline": deadline["position"],
        "deadline_text": deadline["text"],
        "due_on": deadline["day"],
        "basis": deadline["basis"],
    }


def _complete(base: Base, item: Item, place: int) -> Item:
    role = units.role(item["lead"], item["support"], base.office)
    named = [*item["lead"], *item["support"]]
    return item | {
        "position": place,
        "role": role,
        "ours": int(role == "lead"),
        "units_key": "|".join(bodies.key(name) for name in named),
        "lead": json.dumps(item["lead"], ensure_ascii=False),
        "support": json.dumps(item["support"], ensure_ascii=False),
    }


def sync(base: Base, document_id: int, record: dict[str, Any], received_on: date) -> None:
    """Bring an entry's items in line with its record: states, units and notes stay with the item they were given to.

    An item that the record no longer names is deleted where nobody has touched it, else kept as `stale`.
    """
    there = base.rows("SELECT * FROM follow_ups WHERE document_id=? ORDER BY id", document_id)
    items = wanted(base, record, received_on)
    known = matching.match(items, there)
    for place, item in enumerate(items):
        if place in known:
            base.db["follow_ups"].update(known[place]["id"], item | {"stale": 0})
        else:
            base.db["follow_ups"].insert(item | {"document_id": document_id, "state": "open", "stale": 0})
    kept = {row["id"] for row in known.values()}
    for left in (row for row in there if row["id"] not in kept):
        if _touched(left):
            base.db["follow_ups"].update(left["id"], {"stale": 1, "task": None, "deadline": None})
        else:
            base.db["follow_ups"].delete(left["id"])


def _touched(row: Item) -> bool:
    return row["state"] != "open" or bool(row["unit"] or row["note"] or row["closed_by"])


def set_state(base: Base, item_id: int, state: ItemState, *, who: str, note: str | None = None, closed_by: int | None = None) -> None:
    """A person (or an answer that came in) moves an item on; `closed_by` is the entry that fulfils it. The note stays where None."""
    if state not in STATES:
        raise WrongUse("register.bad_state", state=state, known=", ".join(STATES))
    with base.transaction():
        row = _get(base, item_id)
        closed = state in ("done", "dropped")
        change: Item = {"state": state, "closed_by": closed_by if closed else None, "closed_on": base.today.isoformat() if closed else None}
        base.db["follow_ups"].update(item_id, change | ({"note": note} if note is not None else {}))
        events.add(base, "state", who=who, document=row["document_id"], item=item_id, was=row["state"], state=state, closed_by=closed_by)


def assign(base: Base, item_id: int, unit: str | None, *, who: str) -> None:
    """Phân công: the unit of ours that does it; None takes the assignment back."""
    with base.transaction():
        row = _get(base, item_id)
        base.db["follow_ups"].update(item_id, {"unit": unit})
        events.add(base, "assigned", who=who, document=row["document_id"], item=item_id)


def _get(base: Base, item_id: int) -> Item:
    row = base.row("SELECT * FROM follow_ups WHERE id=?", item_id)
    if row is None:
        raise NotFound("register.no_item", id=item_id)
    return row


def due(base: Base, until: date | None, unit: str | None) -> list[Item]:
    """Open items by due date, those without one last; with `until` only those due by then, with `unit` only those it has a part in."""
    rows = base.rows(
        """SELECT f.*, d.code FROM follow_ups f JOIN documents d ON d.id=f.document_id
           WHERE f.state IN ('open', 'in_progress') AND f.stale=0 AND d.state='registered' AND (?1 IS NULL OR f.due_on<=?1)
           ORDER BY f.due_on IS NULL, f.due_on, f.document_id, f.position""",
        until.isoformat() if until else None,
    )
    return [_shown(base, row) for row in rows if unit is None or concerns(row, unit)]


def concerns(row: Item, unit: str) -> bool:
    """True where the unit was assigned the item, is charged with it, or helps; loosely by name."""
    asked = bodies.key(unit)
    named = [bodies.key(row["unit"]), *row["units_key"].split("|")]
    return any(asked in name or bodies.compatible(asked, name) for name in named if name)


def of_entry(base: Base, document_id: int) -> list[Item]:
    """All items of an entry in order, stale ones last."""
    rows = base.rows(
        """SELECT f.*, d.code FROM follow_ups f JOIN documents d ON d.id=f.document_id
           WHERE f.document_id=? ORDER BY f.stale, f.position""",
        document_id,
    )
    return [_shown(base, row) for row in rows]


def _shown(base: Base, row: Item) -> Item:
    late = bool(row["due_on"]) and row["due_on"] < base.today.isoformat() and row["state"] in ("open", "in_progress")
    plain = ("id", "code", "ordinal", "text", "deadline_text", "due_on", "basis", "state", "unit", "role", "note", "closed_by", "closed_on")
    return {name: row[name] for name in plain} | {
        "document": row["document_id"],
        "lead": json.loads(row["lead"]),
        "support": json.loads(row["support"]),
        "late": late,
        "ours": bool(row["ours"]),
        "stale": bool(row["stale"]),
    }
