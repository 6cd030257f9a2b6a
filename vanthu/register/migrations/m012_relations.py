"""What a document does with one that it cites: answers, carries out, replaces, amends, reminds, cites."""

from sqlite_utils import Database

from vanthu.register.migrations.steps import steps


@steps()  # type: ignore[untyped-decorator]
def m012_relations(db: Database) -> None:
    """What a document does with one that it cites: answers, carries out, replaces, amends, reminds, cites."""
    db["citations"].add_column("kind", str)
    db.execute("UPDATE citations SET kind=relation")
