"""Mục theo dõi as it is shown and listed: what, who, by when and why then, how urgent, where it stands."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from vanthu.errors import NotFound
from vanthu.register import bodies, directory
from vanthu.register.connection import Base

Item = dict[str, Any]

URGENCY = (None, "khẩn", "thượng khẩn", "hỏa tốc")
"""Mức độ khẩn in the order of Decree 30/2020; an item has the priority of its document."""

SHOWN = """f.merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM follow_ups c WHERE c.split_from=f.id)"""
"""Items of `follow_ups f` that are worked on: not those merged into another, not those of which the parts are."""

_SELECT = """SELECT f.*, d.code, d.urgency, d.direction, (SELECT min(i.due_on) FROM instructions i
    WHERE i.follow_up_id=f.id AND i.due_on IS NOT NULL) AS ordered_on"""
_COLUMNS = f"{_SELECT} FROM follow_ups f JOIN documents d ON d.id=f.document_id"

OPEN = "FROM follow_ups f INDEXED BY idx_follow_ups_to_do WHERE f.stale=0 AND f.state IN ('open', 'in_progress')"
"""Items that are to be done, by their own index: left to itself SQLite reads every item that is not stale."""

_PLAIN = ("id", "code", "ordinal", "text", "deadline_text", "due_on", "basis", "state", "unit", "role", "note", "closed_by", "closed_on")
_MORE = ("reason", "period", "printed_on", "extended_on", "series", "split_from", "merged_into")


def get(base: Base, item_id: int) -> Item:
    """The row of an item; NotFound."""
    row = base.row("SELECT * FROM follow_ups WHERE id=?", item_id)
    if row is None:
        raise NotFound("register.no_item", id=item_id)
    return row


def show(base: Base, item_id: int) -> Item:
    """One item with the history of every change: extensions, instructions, hand-overs, what fulfils it, events."""
    get(base, item_id)
    row = base.rows(f"{_COLUMNS} WHERE f.id=?", item_id)[0]
    return shown(base, row) | {
        "extensions": json.loads(row["extension"] or "[]"),
        "instructions": base.rows("SELECT id, text, unit, due_on, leader, who, at FROM instructions WHERE follow_up_id=?", item_id),
        "handovers": handovers(base, row["document_id"], item_id),
        "history": [
            event | {"detail": json.loads(event["detail"])}
            for event in base.rows(
                "SELECT at, who, what, detail FROM events WHERE document_id=? AND json_extract(detail, '$.item')=? ORDER BY id",
                row["document_id"],
                item_id,
            )
        ],
    }


def handovers(base: Base, document_id: int, item_id: int | None = None) -> list[Item]:
    """Chuyển giao, ký nhận of an entry (columns 7-9 of Sổ đăng ký văn bản đến), oldest first; of one item where it is named."""
    return base.rows(
        """SELECT id, document_id AS document, follow_up_id AS item, unit, person, handed_on, handed_by, received_at, received_by, note
           FROM handovers WHERE document_id=?1 AND (?2 IS NULL OR follow_up_id=?2 OR follow_up_id IS NULL) ORDER BY handed_on, id""",
        document_id,
        item_id,
    )


def instructions(base: Base, document_id: int) -> list[Item]:
    """Bút phê, ý kiến chỉ đạo on an entry, oldest first."""
    return base.rows(
        """SELECT id, document_id AS document, follow_up_id AS item, text, unit, due_on, leader, who, at
           FROM instructions WHERE document_id=? ORDER BY id""",
        document_id,
    )


def due(base: Base, until: date | None, unit: str | None) -> list[Item]:
    """Open items by due date, those without one last; with `until` only those due by then, with `unit` only those it has a part in."""
    by_then, given = ("AND f.due_on<=?", [until.isoformat()]) if until else ("", [])
    rows = base.rows(
        f"""WITH to_do AS MATERIALIZED (SELECT f.id {OPEN} {by_then} AND {SHOWN})
            {_COLUMNS} WHERE f.id IN to_do AND d.state='registered'
            ORDER BY f.due_on IS NULL, f.due_on, f.document_id, f.position, f.id""",
        *given,
    )
    asked = directory.unit_of(base, unit) if unit else None
    return [shown(base, row) for row in rows if asked is None or concerns(row, asked) or (unit and concerns(row, unit))]


def concerns(row: Item, unit: str) -> bool:
    """True where the unit was assigned the item, is charged with it, or helps; loosely by name."""
    asked = bodies.key(unit)
    named = [bodies.key(row["unit"]), *row["units_key"].split("|")]
    return any(asked in name or bodies.compatible(asked, name) for name in named if name)


def of_entry(base: Base, document_id: int) -> list[Item]:
    """All items of an entry in order, stale ones last."""
    return [shown(base, row) for row in base.rows(f"{_COLUMNS} WHERE f.document_id=? ORDER BY f.stale, f.position, f.id", document_id)]


def of_ids(base: Base, ids: Sequence[int]) -> list[Item]:
    """Items by their ids, in that order."""
    rows = {row["id"]: row for row in base.rows(f"{_COLUMNS} WHERE f.id IN ({', '.join('?' * len(ids))})", *ids)}
    return [shown(base, rows[known]) for known in ids]


def shown(base: Base, row: Item) -> Item:
    """The item as it is handed out; `internal_on` is the day by which our office wants it done, `priority` 0 to 3."""
    late = bool(row["due_on"]) and row["due_on"] < base.today.isoformat() and row["state"] in ("open", "in_progress")
    return {name: row[name] for name in (*_PLAIN, *_MORE)} | {
        "document": row["document_id"],
        "lead": json.loads(row["lead"]),
        "support": json.loads(row["support"]),
        "late": late,
        "ours": bool(row["ours"]),
        "stale": bool(row["stale"]),
        "priority": URGENCY.index(row["urgency"]) if row["urgency"] in URGENCY else 0,
        "internal_on": _internal(base, row),
        "days_left": (date.fromisoformat(row["due_on"]) - base.today).days if row["due_on"] else None,
    }


def _internal(base: Base, row: Item) -> str | None:
    """Hạn nội bộ: the day a leader has set, else so many working days before the item is due as the office has set."""
    if row["ordered_on"]:
        return str(row["ordered_on"])
    if not row["due_on"]:
        return None
    from vanthu import workdays

    day = date.fromisoformat(row["due_on"])
    return workdays.working_days_before(day, base.internal_days).isoformat() if base.internal_days else row["due_on"]
