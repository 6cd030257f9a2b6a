"""Corrections that no longer teach names."""

from sqlite_utils import Database

from vanthu.register.migrations.steps import steps


@steps()  # type: ignore[untyped-decorator]
def m005_learning(db: Database) -> None:
    """Corrections that no longer teach names."""
    db["corrections"].add_column("forgotten_at", str)
