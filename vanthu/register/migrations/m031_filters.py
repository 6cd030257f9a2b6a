"""Indexes that hold what entries are filtered by, so that a filter reads them and not the records."""

from sqlite_utils import Database

from vanthu.register.migrations.steps import steps


@steps()  # type: ignore[untyped-decorator]
def m031_filters(db: Database) -> None:
    """Indexes that hold what entries are filtered by, so that a filter reads them and not the records."""
    for columns in (["number", "symbol_key", "state"], ["body_key", "state"], ["doc_type", "state"]):
        db["documents"].create_index(columns)
    db["documents"].create_index(["looks"])
    db["documents"].create_index(["registered_at"])
