"""What people say on a follow-up item."""

from sqlite_utils import Database

from vanthu.register.migrations.steps import steps


@steps()  # type: ignore[untyped-decorator]
def m041_comments(db: Database) -> None:
    """What people say on a follow-up item."""
    db["comments"].create(
        {"id": int, "document_id": int, "follow_up_id": int, "text": str, "who": str, "at": str},
        pk="id",
        foreign_keys=[("document_id", "documents", "id")],
        not_null={"document_id", "follow_up_id", "text", "who", "at"},
    )
    db["comments"].create_index(["document_id"])
    db["comments"].create_index(["follow_up_id"])
