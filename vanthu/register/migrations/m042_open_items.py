"""Open items in the order in which they fall due, without those that are done."""

from sqlite_utils import Database

from vanthu.register.migrations.steps import steps


@steps()  # type: ignore[untyped-decorator]
def m042_open_items(db: Database) -> None:
    """Open items in the order in which they fall due, without those that are done."""
    db.execute("CREATE INDEX idx_follow_ups_to_do ON follow_ups(due_on, id) WHERE stale=0 AND state IN ('open', 'in_progress')")
