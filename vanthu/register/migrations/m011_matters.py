"""Follow-up in full: why a day, extensions, periods, items split and merged, instructions, hand-overs, what fulfils an item."""

from sqlite_utils import Database

from vanthu.register.migrations.steps import steps


@steps()  # type: ignore[untyped-decorator]
def m011_matters(db: Database) -> None:
    """Follow-up in full: why a day, extensions, periods, items split and merged, instructions, hand-overs, what fulfils an item."""
    for column in ("reason", "recurring", "printed_on", "extended_on", "extension", "period"):
        db["follow_ups"].add_column(column, str)
    for column in ("series", "split_from", "merged_into"):
        db["follow_ups"].add_column(column, int)
        db["follow_ups"].create_index([column])
    _of_item(db, "instructions", {"text": str, "unit": str, "due_on": str, "leader": str, "who": str, "at": str})
    _of_item(
        db,
        "handovers",
        {"unit": str, "person": str, "handed_on": str, "handed_by": str, "received_at": str, "received_by": str, "note": str},
    )
    db["closings"].create(
        {
            "id": int,
            "document_id": int,
            "follow_up_id": int,
            "unit": str,
            "state": str,
            "confidence": float,
            "evidence": str,
            "who": str,
            "at": str,
        },
        pk="id",
        foreign_keys=[("document_id", "documents", "id"), ("follow_up_id", "follow_ups", "id")],
        not_null={"document_id", "follow_up_id", "state", "confidence", "evidence", "who", "at"},
    )
    db["closings"].create_index(["document_id", "follow_up_id"], unique=True)
    db["closings"].create_index(["follow_up_id"])


def _of_item(db: Database, name: str, columns: dict[str, type]) -> None:
    db[name].create(
        {"id": int, "document_id": int, "follow_up_id": int, **columns},
        pk="id",
        foreign_keys=[("document_id", "documents", "id"), ("follow_up_id", "follow_ups", "id")],
        not_null={"document_id"},
    )
    db[name].create_index(["document_id"])
    db[name].create_index(["follow_up_id"])
