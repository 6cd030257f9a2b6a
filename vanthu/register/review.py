"""Duyệt: what a person changes and accepts on one entry in one step, what is taken back, and which entry comes next."""

import json
from collections.abc import Mapping
from typing import Any

from vanthu.errors import NotFound, WrongUse
from vanthu.register import corrections, effective, entries, events, values
from vanthu.register.connection import Base
from vanthu.register.corrections import Place


def save(
    base: Base, document_id: int, changes: Mapping[str, Any], *, accept: bool, who: str, places: Mapping[str, Place] | None = None
) -> None:
    """One step of a person, all or nothing: each change is a correction; with `accept` all that still needs a look holds as it stands.

    `places`: where on its pages a person has shown values, by field. WrongUse where a value will not do, with the field as its
    value `changed`. The ĐẾN date (`received_on`) may be among the changes.
    """
    with base.transaction():
        last = base.value("SELECT coalesce(max(id), 0) FROM corrections")
        for field, value in changes.items():
            try:
                corrections.correct(base, document_id, field, value, who, (places or {}).get(field))
            except WrongUse as error:
                error.values["changed"] = field
                raise
        if accept:
            _accept(base, document_id, who)
        base.conn.execute("UPDATE corrections SET step=?1+1 WHERE document_id=?2 AND id>?1", (last, document_id))


def _accept(base: Base, document_id: int, who: str) -> None:
    """What is accepted holds like a correction: reading the document again cannot change it."""
    row = entries.row_of(base, document_id)
    record = json.loads(row["record"])
    for field in reversed(effective.looks(record)):  # from the end: taking an empty item out moves those behind it
        value = values.get(record, values.parse_path(field))
        try:
            corrections.correct(base, document_id, field, value, who)
        except WrongUse:
            continue  # a reading that no person could have typed: accepted as it is, and asked again when it is read anew
    base.db["documents"].update(document_id, {"reviewed_at": base.now(), "reviewed_by": who})
    events.add(base, "accepted", who=who, document=document_id)


def undo(base: Base, document_id: int, *, who: str) -> list[str]:
    """Hoàn tác: the last step that still holds is taken back, kept with who did so; the fields that went back.

    NotFound where none is left.
    """
    with base.transaction():
        entries.row_of(base, document_id)
        accepted = base.value("SELECT reviewed_at IS NOT NULL FROM documents WHERE id=?", document_id)
        step = base.value("SELECT max(coalesce(step, id)) FROM corrections WHERE document_id=? AND undone_at IS NULL", document_id)
        if step is None and not accepted:
            raise NotFound("register.nothing_to_undo", id=document_id)
        taken = base.rows("SELECT id, field FROM corrections WHERE document_id=? AND coalesce(step, id)=?", document_id, step)
        for row in taken:
            base.db["corrections"].update(row["id"], {"undone_at": base.now(), "undone_by": who})
        base.db["documents"].update(document_id, {"reviewed_at": None, "reviewed_by": None})
        entries.refresh(base, document_id)
        fields = [row["field"] for row in taken]
        events.add(base, "undone", who=who, document=document_id, fields=fields)
        return fields


def undone(base: Base, document_id: int) -> list[dict[str, Any]]:
    """Corrections of an entry that were taken back, oldest first, values decoded."""
    sql = (
        "SELECT field, value, was, who, at, undone_at, undone_by FROM corrections WHERE document_id=? AND undone_at IS NOT NULL ORDER BY id"
    )
    return [row | {"value": json.loads(row["value"]), "was": json.loads(row["was"])} for row in base.rows(sql, document_id)]


def revision(base: Base, document_id: int) -> str:
    """Changes whenever somebody, or a new reading, has changed the entry."""
    row = base.row(
        """SELECT count(*) AS made, count(undone_at) AS undone,
             (SELECT read_at || coalesce(reviewed_at, '') FROM documents WHERE id=?1) AS read FROM corrections WHERE document_id=?1""",
        document_id,
    )
    return "-".join(str(part or "") for part in (row or {}).values())


def next_one(base: Base, after: int = 0) -> int | None:
    """The entry that needs a person after this one, in order of registration, round from the start; None where no other does."""
    sql = "SELECT id FROM documents WHERE to_review=1 AND id%s? ORDER BY id LIMIT 1"
    return base.value(sql % ">", after) or base.value(sql % "<", after)  # type: ignore[no-any-return]


def waiting(base: Base) -> int:
    """How many entries need a person."""
    return int(base.value("SELECT count(*) FROM documents WHERE to_review=1"))
