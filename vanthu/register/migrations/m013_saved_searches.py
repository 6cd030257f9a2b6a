"""Searches kept under a name."""

from sqlite_utils import Database

from vanthu.register.migrations.steps import steps


@steps()  # type: ignore[untyped-decorator]
def m013_saved_searches(db: Database) -> None:
    """Searches kept under a name."""
    db["saved_searches"].create({"name": str, "query": str, "who": str, "at": str}, pk="name", not_null={"query", "who", "at"})
