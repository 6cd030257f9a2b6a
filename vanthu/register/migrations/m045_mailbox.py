"""Messages of the mailbox that were looked at."""

from sqlite_utils import Database

from vanthu.register.migrations.steps import steps


@steps()  # type: ignore[untyped-decorator]
def m045_mailbox(db: Database) -> None:
    """Messages of the mailbox that were looked at: hashes and numbers, no names, since any of them may be secret."""
    db["messages"].create(
        {"mailbox": str, "number": str, "key": str, "file": str, "at": str},
        pk=("mailbox", "number"),
        not_null={"key", "at"},
    )
    db["messages"].create_index(["key"])
