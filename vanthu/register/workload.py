"""Khối lượng việc: follow-up items by when they fall due, by state and by day, a part of them at a time: an office has many."""

import re
from datetime import date, timedelta
from typing import Any

from vanthu.errors import WrongUse
from vanthu.register import bodies, events, items
from vanthu.register.connection import Base

Row = dict[str, Any]
Stretch = tuple[str, str | None, str | None]

MOST = 1000
"""Beyond it items are not counted: nobody works through more, and counting them costs."""

GROUPS = ("late", "today", "week", "next_week", "later", "undated")
_LIVE = f"f.stale=0 AND d.state='registered' AND {items.SHOWN}"
_FROM = "FROM follow_ups f INDEXED BY {} JOIN documents d ON d.id=f.document_id"
_TO_DO, _DAYS, _CLOSED = "idx_follow_ups_to_do", "idx_follow_ups_days", "idx_follow_ups_closed"
"""Which index a question goes by: left to itself SQLite reads every item that is not stale."""

_OPEN = "f.state IN ('open', 'in_progress')"
"""Word for word as the index of what is to do has it."""


def groups(base: Base, *, ours: bool, unit: str | None, limit: int) -> dict[str, tuple[int, list[Row]]]:
    """(how many, `MOST` + 1 for more, the first `limit`) of the open items of each of `GROUPS`; the week ends on Sunday."""
    out = {}
    for name, low, high in stretches(base.today):
        due = "f.due_on IS NULL" if name == "undated" else "f.due_on>=? AND f.due_on<=?"
        given = [] if name == "undated" else [low or "", high or "9999"]
        out[name] = _counted(base, _TO_DO, f"{_OPEN} AND {due}", given, ours=ours, unit=unit, limit=limit)
    return out


RANGES = {"late": ("late",), "today": ("today",), "week": ("today", "week"), "next_week": ("next_week",), "later": ("later",)}
"""Named ranges of due days, each of one or more of `GROUPS` that follow one another: `week` is what is left of this one."""


def days_of(name: str, today: date) -> tuple[str, str]:
    """First and last day of one of `RANGES`, both inside."""
    known = [one for one in stretches(today) if one[0] in RANGES[name]]
    return known[0][1] or "", known[-1][2] or "9999"


def stretches(today: date) -> list[Stretch]:
    """(name, first day, last day) of each of `GROUPS`; None: without end, or without a day."""
    sunday = 6 - today.weekday()
    yesterday, now, tomorrow, end, monday, next_end, after = (
        (today + timedelta(days=days)).isoformat() for days in (-1, 0, 1, sunday, sunday + 1, sunday + 7, sunday + 8)
    )
    return [
        ("late", None, yesterday),
        ("today", now, now),
        ("week", tomorrow, end),
        ("next_week", monday, next_end),
        ("later", after, None),
        ("undated", None, None),
    ]


def board(base: Base, *, ours: bool, unit: str | None, limit: int) -> dict[str, tuple[int, list[Row]]]:
    """(how many, the first `limit`) in each state; of what is done, that of the last 30 days."""
    month = (base.today - timedelta(days=30)).isoformat()
    asked: dict[str, tuple[str, str, list[Any]]] = {
        "open": (_TO_DO, f"{_OPEN} AND f.state='open'", []),
        "in_progress": (_TO_DO, f"{_OPEN} AND f.state='in_progress'", []),
        "done": (_CLOSED, "f.state='done' AND f.closed_on>=?", [month]),
    }
    return {state: _counted(base, *one, ours=ours, unit=unit, limit=limit) for state, one in asked.items()}


def between(base: Base, first: date, last: date, *, ours: bool, unit: str | None, limit: int) -> list[Row]:
    """Items that fall due from the first day to the last, done ones too."""
    sql = "f.state<>'dropped' AND f.due_on>=? AND f.due_on<=?"
    return _counted(base, _DAYS, sql, [first.isoformat(), last.isoformat()], ours=ours, unit=unit, limit=limit)[1]


def _counted(
    base: Base, index: str, condition: str, given: list[Any], *, ours: bool, unit: str | None, limit: int
) -> tuple[int, list[Row]]:
    whose, more = _whose(ours, unit)
    source = _FROM.format(index)
    where = f"WHERE {condition} AND {_LIVE} AND {whose}"
    counted = f"SELECT count(*) FROM (SELECT 1 {source} {where} LIMIT {MOST + 1})"  # noqa: S608
    count = int(base.value(counted, *given, *more))
    sql = f"SELECT f.id {source} {where} ORDER BY f.due_on IS NULL, f.due_on, f.id LIMIT ?"
    ids = [row["id"] for row in base.rows(sql, *given, *more, limit)]
    return count, items.of_ids(base, ids)


def _whose(ours: bool, unit: str | None) -> tuple[str, list[Any]]:
    """Of our office alone or of all; of one unit: assigned to it, or named in the document."""
    parts, given = ["f.ours=1" if ours and not unit else "1"], []
    if unit:
        key = "% " + re.sub(r"([%_\\])", r"\\\1", bodies.key(unit)) + "%"
        parts.append(
            "(' ' || replace(f.units_key, '|', ' | ') || CASE WHEN f.unit IS NULL THEN '' ELSE ' | ' || vanthu_body(f.unit) END)"
            " LIKE ? ESCAPE '\\'"
        )
        given.append(key)
    return " AND ".join(parts), given


def comment(base: Base, item_id: int, text: str, *, who: str) -> None:
    """Ý kiến on an item; nothing that was said is ever changed."""
    if not text.strip():
        raise WrongUse("followup.nothing_said")
    with base.transaction():
        row = items.get(base, item_id)
        base.db["comments"].insert(
            {"document_id": row["document_id"], "follow_up_id": item_id, "text": text.strip(), "who": who, "at": base.now()}
        )
        events.add(base, "commented", who=who, document=row["document_id"], item=item_id)


def comments(base: Base, item_id: int) -> list[Row]:
    """What was said on an item, oldest first."""
    return base.rows("SELECT text, who, at FROM comments WHERE follow_up_id=? ORDER BY id", item_id)


def performance(base: Base, since: date) -> list[Row]:
    """`{unit, month, in_time, late, open_late, open}` by unit of ours and month of the due day, since a day."""
    return base.rows(
        f"""SELECT coalesce(f.unit, json_extract(f.lead, '$[0]'), '–') AS unit, substr(f.due_on, 1, 7) AS month,
             sum(f.state='done' AND f.closed_on<=f.due_on) AS in_time, sum(f.state='done' AND f.closed_on>f.due_on) AS late,
             sum(f.state IN ('open', 'in_progress') AND f.due_on<?1) AS open_late,
             sum(f.state IN ('open', 'in_progress') AND f.due_on>=?1) AS open
           {_FROM.format(_DAYS)} WHERE f.ours=1 AND f.due_on>=?2 AND f.state<>'dropped' AND {_LIVE} GROUP BY 1, 2 ORDER BY 1, 2""",
        base.today.isoformat(),
        since.isoformat(),
    )
