"""The index of open items says whose they are, so that the items themselves need not be read for it."""

from sqlite_utils import Database

from vanthu.register.migrations.steps import steps


@steps()  # type: ignore[untyped-decorator]
def m054_open_items(db: Database) -> None:
    """The index of open items says whose they are; what it is limited to stands in it too, or SQLite reads the items for that."""
    db.execute("DROP INDEX idx_follow_ups_to_do")
    db.execute(
        """CREATE INDEX idx_follow_ups_to_do ON follow_ups(due_on, id, document_id, stale, state)
           WHERE stale=0 AND state IN ('open', 'in_progress')"""
    )
