"""An empty register has no event to begin telling after: the mark of where it began may be 0, which is no event."""

from sqlite_utils import Database

from vanthu.register.migrations.steps import steps


@steps()  # type: ignore[untyped-decorator]
def m056_told_from_the_start(db: Database) -> None:
    """Deliveries without a key to the events."""
    db["deliveries"].transform(drop_foreign_keys=["event_id"])
