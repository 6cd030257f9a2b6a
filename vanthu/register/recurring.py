"""Báo cáo định kỳ: the next instances of items that recur, opened by themselves, each with its own period and its own report."""

from datetime import date
from typing import Any

from vanthu.register import events, periods
from vanthu.register.connection import Base

Item = dict[str, Any]

MOST_OPEN = 12
"""A regime that so many reports in a row are missing of is not lived by: no more are opened until one is closed or dropped."""

_SHARED = ("position", "task", "deadline", "ordinal", "text", "deadline_text", "lead", "support", "units_key", "basis", "ours", "role")


def open_next(base: Base) -> list[int]:
    """Mở kỳ tiếp theo: for each regime, instances up to the first that is due after today; ids of the new items. Again: nothing more.

    The next period opens when the last one is due, or is closed before. A missed period keeps its own item.
    """
    heads = base.rows(
        """SELECT f.* FROM follow_ups f INDEXED BY idx_follow_ups_regimes JOIN documents d ON d.id=f.document_id
           WHERE f.basis='recurring' AND f.series IS NULL AND f.stale=0 AND f.due_on IS NOT NULL AND d.state='registered'
             AND f.merged_into IS NULL AND NOT (f.state='dropped')
           ORDER BY f.id"""
    )
    with base.transaction():
        return [made for head in heads for made in _open(base, head)]


def _open(base: Base, head: Item) -> list[int]:
    made: list[int] = []
    while True:
        members = base.rows("SELECT * FROM follow_ups WHERE id=?1 OR series=?1 ORDER BY coalesce(printed_on, due_on)", head["id"])
        last = members[-1]
        waiting = sum(row["state"] in ("open", "in_progress") for row in members)
        due_last = date.fromisoformat(last["printed_on"] or last["due_on"])
        passed = due_last <= base.today or last["state"] == "done"
        due = _following(head["recurring"], due_last) if passed and waiting < MOST_OPEN else None
        if due is None or (due_last > base.today and last["state"] != "done"):
            return made
        made.append(_insert(base, head, due))


def _following(rrule: str, after: date) -> date | None:
    from vanthu import workdays

    return workdays.next_due(rrule, after)


def _insert(base: Base, head: Item, due: date) -> int:
    named = periods.of_recurrence(head["recurring"], due, f"{head['text']} {head['deadline_text']}")
    row = {name: head[name] for name in _SHARED} | {
        "document_id": head["document_id"],
        "recurring": head["recurring"],
        "series": head["id"],
        "printed_on": due.isoformat(),
        "due_on": due.isoformat(),
        "period": named.name if named else None,
        "reason": reason(head["deadline_text"], named),
        "state": "open",
        "unit": head["unit"],
        "stale": 0,
    }
    item = int(base.db["follow_ups"].insert(row, pk="id").last_pk)
    events.add(base, "next_period", document=head["document_id"], item=item)
    return item


def reason(phrase: str | None, period: periods.Period | None) -> str:
    """Why an instance is due on its day."""
    return f"kỳ {period.name}, theo «{phrase}»" if period else f"«{phrase}»"


def follow(base: Base, head_id: int) -> None:
    """Bring later instances in line with their first one: what it says, whom it charges; those of another rule that nobody touched go."""
    head = base.row("SELECT * FROM follow_ups WHERE id=?", head_id)
    if head is None:
        return
    for member in base.rows("SELECT * FROM follow_ups WHERE series=?", head_id):
        base.db["follow_ups"].update(member["id"], {name: head[name] for name in _SHARED} | {"stale": head["stale"]})
