"""What was told to the office's other program."""

from sqlite_utils import Database

from vanthu.register.migrations.steps import steps


@steps()  # type: ignore[untyped-decorator]
def m046_webhook(db: Database) -> None:
    """What was told to the office's other program: one row for each event that was told or is being tried."""
    db["deliveries"].create(
        {"event_id": int, "attempts": int, "next_try": float, "done_at": str, "error": str},
        pk="event_id",
        foreign_keys=[("event_id", "events", "id")],
        not_null={"attempts", "next_try"},
    )
