"""Mục theo dõi giải quyết: one for each pair of task and deadline, kept in step with what the record says."""

import json
from datetime import date
from typing import Any

from models.context import Office
from models.record import Relative
from vanthu.register import bodies, directory, matching, pairing, periods, recurring, units
from vanthu.register.connection import Base

Item = dict[str, Any]

OF_THE_RECORD = "series IS NULL AND split_from IS NULL AND basis IS NOT 'instructed'"
"""Items that the record itself asks for: later periods, parts and what a leader has ordered are not matched against it."""


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
    phrases = [deadline["text"] for deadline in record["deadlines"]]
    office = directory.office(base)
    return [_complete(office, _named(item, phrases), place, record["addressees"]) for place, item in enumerate(items)]


def _due(deadline: Item, issued: date | None, received_on: date) -> Item:
    from vanthu import workdays

    if deadline["due_on"]:
        return {"day": deadline["due_on"], "basis": "dated", "reason": workdays.dated_reason(deadline["text"], deadline["due_on"])}
    if relative := deadline["relative"]:
        limit = Relative(relative["count"], relative["unit"], relative["from"])
        day = workdays.due_date(limit, issued=issued, received=received_on)
        reason = workdays.reason(limit, issued=issued, received=received_on)
        return {"day": day.isoformat() if day else None, "basis": "relative", "reason": reason}
    day = workdays.next_due(deadline["recurring"], received_on)
    return {"day": day.isoformat() if day else None, "basis": "recurring", "reason": None}


def _of_task(number: int, task: Item, deadlines: list[Item]) -> list[Item]:
    shared = {"task": number, "ordinal": task["ordinal"], "text": task["text"], "lead": task["lead"], "support": task["support"]}
    items = [shared | _limit(deadline) for deadline in deadlines]
    if not items:
        reason = None if task["due_on"] is None else f"{date.fromisoformat(task['due_on']):%d/%m/%Y}"
        items = [shared | _NO_LIMIT | {"due_on": task["due_on"], "basis": "dated" if task["due_on"] else None, "reason": reason}]
    elif task.get("_due_by_person"):
        first = min(items, key=lambda item: item["due_on"] or "9")
        first["due_on"] = task["due_on"]
    return items


_NO_LIMIT: Item = {"deadline": None, "deadline_text": None, "recurring": None}


def _limit(deadline: Item) -> Item:
    return {
        "deadline": deadline["position"],
        "deadline_text": deadline["text"],
        "due_on": deadline["day"],
        "basis": deadline["basis"],
        "reason": deadline["reason"],
        "recurring": deadline["recurring"],
    }


def _of_deadline(deadline: Item) -> Item:
    text = deadline.get("_sentence") or deadline["text"]
    return {"task": None, "ordinal": None, "text": text, "lead": [], "support": []} | _limit(deadline)


def _named(item: Item, phrases: list[str]) -> Item:
    """With the period that its report tells of."""
    due = date.fromisoformat(item["due_on"]) if item["due_on"] else None
    if item["recurring"] and due:
        period = periods.of_recurrence(item["recurring"], due, f"{item['text']} {item['deadline_text']}")
        return item | {"period": period.name if period else None, "reason": recurring.reason(item["deadline_text"], period)}
    others = [phrase for phrase in phrases if phrase != item["deadline_text"]]
    period = periods.of_item(item["text"] or "", item["deadline_text"], due, others)
    return item | {"period": period.name if period else None}


def _complete(office: Office, item: Item, place: int, addressees: list[str]) -> Item:
    role = units.role(item["lead"], item["support"], office, addressees)
    named = [*item["lead"], *item["support"]]
    return item | {
        "position": place,
        "role": role,
        "ours": int(role == "lead"),
        "units_key": "|".join(bodies.key(name) for name in named),
        "lead": json.dumps(item["lead"], ensure_ascii=False),
        "support": json.dumps(item["support"], ensure_ascii=False),
        "printed_on": item["due_on"],
    }


def sync(base: Base, document_id: int, record: dict[str, Any], received_on: date) -> None:
    """Bring an entry's items in line with its record: states, units, notes and extensions stay with the item they were given to.

    An item that the record no longer names is deleted where nobody has touched it, else kept as `stale`.
    """
    there = base.rows(f"SELECT * FROM follow_ups WHERE document_id=? AND {OF_THE_RECORD} ORDER BY id", document_id)  # noqa: S608
    items = wanted(base, record, received_on)
    known = matching.match(items, there)
    for place, item in enumerate(items):
        if place in known:
            row = known[place]
            base.db["follow_ups"].update(row["id"], item | {"stale": 0, "due_on": row["extended_on"] or item["due_on"]})
            recurring.follow(base, row["id"])
        else:
            base.db["follow_ups"].insert(item | {"document_id": document_id, "state": "open", "stale": 0})
    kept = {row["id"] for row in known.values()}
    for left in (row for row in there if row["id"] not in kept):
        _leave(base, left)


def _leave(base: Base, row: Item) -> None:
    if _touched(base, row):
        base.db["follow_ups"].update(row["id"], {"stale": 1, "task": None, "deadline": None})
        recurring.follow(base, row["id"])
    else:
        base.db["closings"].delete_where("follow_up_id=?", [row["id"]])
        base.db["follow_ups"].delete(row["id"])


_HANGS_ON = """SELECT 1 FROM follow_ups WHERE ?1 IN (series, split_from, merged_into)
  UNION SELECT 1 FROM instructions WHERE follow_up_id=?1 UNION SELECT 1 FROM handovers WHERE follow_up_id=?1
  UNION SELECT 1 FROM closings WHERE follow_up_id=?1 AND state<>'proposed'"""


def _touched(base: Base, row: Item) -> bool:
    if row["state"] != "open" or row["unit"] or row["note"] or row["closed_by"] or row["extended_on"]:
        return True
    return base.value(_HANGS_ON, row["id"]) is not None
