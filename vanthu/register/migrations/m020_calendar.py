"""What calendars have been told of each follow-up item, so that a change bears a higher number and a withdrawal is told."""

from sqlite_utils import Database

from vanthu.register.migrations.steps import steps


@steps()  # type: ignore[untyped-decorator]
def m020_calendar(db: Database) -> None:
    """What calendars have been told of each follow-up item, so that a change bears a higher number and a withdrawal is told."""
    db["calendar_events"].create(
        {"item_id": int, "uid": str, "sequence": int, "fingerprint": str, "due_on": str, "cancelled": int, "changed_at": str},
        pk="item_id",
        not_null={"uid", "sequence", "due_on", "cancelled", "changed_at"},
    )
