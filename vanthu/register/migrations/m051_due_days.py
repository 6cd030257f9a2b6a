"""Items by the day on which they fall due or were closed, so that a month or the last days are found without reading all."""

from sqlite_utils import Database

from vanthu.register.migrations.steps import steps


@steps()  # type: ignore[untyped-decorator]
def m051_due_days(db: Database) -> None:
    """Items by the day on which they fall due or were closed, so that a month or the last days are found without reading all."""
    db.execute("CREATE INDEX idx_follow_ups_days ON follow_ups(due_on, ours, state, id) WHERE stale=0")
    db.execute("CREATE INDEX idx_follow_ups_closed ON follow_ups(closed_on, id) WHERE stale=0 AND state='done'")
