"""What a document that comes in may answer, by who wrote it and when; items that recur; what calendars are told, by day."""

from sqlite_utils import Database

from vanthu.register.migrations.steps import steps


@steps()  # type: ignore[untyped-decorator]
def m052_growth(db: Database) -> None:
    """What a document that comes in may answer, by who wrote it and when; items that recur; what calendars are told, by day."""
    db.execute("CREATE INDEX idx_documents_written ON documents(body_key, coalesce(issued_on, received_on)) WHERE state='registered'")
    db.execute("CREATE INDEX idx_follow_ups_regimes ON follow_ups(id) WHERE basis='recurring' AND series IS NULL AND stale=0")
    db["calendar_events"].create_index(["due_on"])
