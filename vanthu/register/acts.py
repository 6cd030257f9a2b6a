"""Xử lý: what people do to follow-up items; each change in one transaction and told in the history."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from vanthu.errors import NotFound, WrongUse
from vanthu.register import bodies, directory, entries, events, items
from vanthu.register.connection import Base

Item = dict[str, Any]


def assign(base: Base, item_id: int, unit: str | None, *, who: str) -> None:
    """Phân công: the unit of ours that does it, by its name, an alias or a person of it; None takes the assignment back."""
    with base.transaction():
        row = items.get(base, item_id)
        base.db["follow_ups"].update(item_id, {"unit": directory.unit_of(base, unit) if unit else None})
        events.add(base, "assigned", who=who, document=row["document_id"], item=item_id)


def extend(base: Base, item_id: int, until: date | None, reason: str, *, who: str) -> None:
    """Gia hạn to a day, with its reason; None takes all extensions back to what the document says. The history keeps each."""
    with base.transaction():
        row = items.get(base, item_id)
        if until is not None and row["printed_on"] and until.isoformat() < row["printed_on"]:
            raise WrongUse("followup.extend_back", day=f"{date.fromisoformat(row['printed_on']):%d/%m/%Y}")
        day = until.isoformat() if until else None
        step = {"was": row["due_on"], "until": day, "reason": reason, "who": who, "at": base.now()}
        told = json.dumps([*json.loads(row["extension"] or "[]"), step], ensure_ascii=False)
        base.db["follow_ups"].update(item_id, {"extended_on": day, "due_on": day or row["printed_on"], "extension": told})
        events.add(base, "extended", who=who, document=row["document_id"], item=item_id)


def split(base: Base, item_id: int, parts: Sequence[tuple[str, str | None, date | None]], *, who: str) -> list[int]:
    """Tách an item into parts `(text, unit, due date)`; ids of the parts. The whole is done when all of them are."""
    if len(parts) < 2:
        raise WrongUse("followup.split_in_two")
    with base.transaction():
        row = items.get(base, item_id)
        if base.value("SELECT 1 FROM follow_ups WHERE split_from=?", item_id) or row["merged_into"]:
            raise WrongUse("followup.not_whole", id=item_id)
        made = [_part(base, row, text, unit, day) for text, unit, day in parts]
        events.add(base, "split_item", who=who, document=row["document_id"], item=item_id, into=made)
        for part in made:
            events.add(base, "part_of", who=who, document=row["document_id"], item=part, of=item_id)
        return made


def _part(base: Base, row: Item, text: str, unit: str | None, day: date | None) -> int:
    due = day.isoformat() if day else row["due_on"]
    kept = {
        name: value for name, value in row.items() if name not in ("id", "closed_by", "closed_on", "extension", "extended_on", "series")
    }
    named = directory.unit_of(base, unit) if unit else row["unit"]
    new = kept | {"text": text, "unit": named, "due_on": due, "printed_on": due, "state": "open", "split_from": row["id"], "note": None}
    return int(base.db["follow_ups"].insert(new, pk="id").last_pk)


def merge(base: Base, item_id: int, others: Sequence[int], *, who: str) -> None:
    """Gộp `others` into an item: they leave the lists and move with it, until one of them is opened again."""
    with base.transaction():
        row = items.get(base, item_id)
        for other in others:
            merged = items.get(base, other)
            if other == item_id or merged["merged_into"] or row["merged_into"] or merged["split_from"] == item_id:
                raise WrongUse("followup.not_whole", id=other)
            same = {name: row[name] for name in ("state", "closed_by", "closed_on")}
            base.db["follow_ups"].update(other, same | {"merged_into": item_id})
            events.add(base, "merged", who=who, document=merged["document_id"], item=other, into=item_id)
        events.add(base, "merged", who=who, document=row["document_id"], item=item_id, others=[*others])


def instruct(
    base: Base,
    document_id: int,
    text: str,
    *,
    unit: str | None = None,
    due_on: date | None = None,
    item_id: int | None = None,
    leader: str | None = None,
    who: str,
) -> int:
    """Bút phê: what a leader orders on a document or one item of it; the id of the instruction.

    A unit that it names gets the item; without an item, the items of ours that nobody has yet. A document that asks nothing of us
    gets an item of its own from it.
    """
    with base.transaction():
        entries.row_of(base, document_id)
        if item_id is not None and items.get(base, item_id)["document_id"] != document_id:
            raise WrongUse("followup.of_another", id=item_id)
        named = directory.unit_of(base, unit) if unit else None
        targets = [item_id] if item_id is not None else _unassigned(base, document_id)
        made = item_id is None and not targets
        if made:
            targets = [_ordered(base, document_id, text, named, due_on)]
        row = {"document_id": document_id, "text": text, "unit": named, "leader": leader, "who": who, "at": base.now()}
        row |= {"due_on": due_on.isoformat() if due_on else None}
        ids = [int(base.db["instructions"].insert(row | {"follow_up_id": target}, pk="id").last_pk) for target in targets]
        for target in targets:
            if named:
                base.db["follow_ups"].update(target, {"unit": named})
            events.add(base, "instructed", who=who, document=document_id, item=target)
        return ids[0]


def _unassigned(base: Base, document_id: int) -> list[int]:
    rows = base.rows(
        """SELECT id FROM follow_ups f WHERE document_id=? AND (ours=1 OR role='support') AND stale=0 AND unit IS NULL
           AND state IN ('open', 'in_progress') AND merged_into IS NULL ORDER BY position""",
        document_id,
    )
    return [row["id"] for row in rows]


def _ordered(base: Base, document_id: int, text: str, unit: str | None, due_on: date | None) -> int:
    lead = [unit] if unit else [*base.office.names[:1]]
    place = base.value("SELECT coalesce(max(position), -1) + 1 FROM follow_ups WHERE document_id=?", document_id)
    row = {
        "document_id": document_id,
        "position": place,
        "text": text,
        "lead": json.dumps(lead, ensure_ascii=False),
        "support": "[]",
        "units_key": "|".join(map(bodies.key, lead)),
        "due_on": due_on.isoformat() if due_on else None,
        "printed_on": due_on.isoformat() if due_on else None,
        "basis": "instructed",
        "ours": 1,
        "role": "lead",
        "state": "open",
        "unit": unit,
        "stale": 0,
    }
    return int(base.db["follow_ups"].insert(row, pk="id").last_pk)


def hand_over(
    base: Base,
    document_id: int,
    unit: str,
    *,
    who: str,
    person: str | None = None,
    item_id: int | None = None,
    on: date | None = None,
    note: str | None = None,
) -> int:
    """Chuyển giao a document (or one item of it) to a unit; the id of the hand-over, to be signed for."""
    with base.transaction():
        entries.row_of(base, document_id)
        row = {
            "document_id": document_id,
            "follow_up_id": item_id,
            "unit": directory.unit_of(base, unit),
            "person": person,
            "handed_on": (on or base.today).isoformat(),
            "handed_by": who,
            "note": note,
        }
        made = int(base.db["handovers"].insert(row, pk="id").last_pk)
        events.add(base, "handed_over", who=who, document=document_id, **({"item": item_id} if item_id else {}))
        return made


def sign_for(base: Base, handover_id: int, *, who: str, person: str | None = None) -> None:
    """Ký nhận a hand-over, now; signed once."""
    with base.transaction():
        row = base.row("SELECT * FROM handovers WHERE id=?", handover_id)
        if row is None:
            raise NotFound("followup.no_handover", id=handover_id)
        if row["received_at"]:
            raise WrongUse("followup.signed_before", id=handover_id)
        base.db["handovers"].update(handover_id, {"received_at": base.now(), "received_by": person or row["person"] or who})
        more = {"item": row["follow_up_id"]} if row["follow_up_id"] else {}
        events.add(base, "signed_for", who=who, document=row["document_id"], **more)
