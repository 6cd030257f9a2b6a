"""Files that belong together, what their texts say, and signatures; notes on what an entry lacks."""

from sqlite_utils import Database

from vanthu.register.migrations.steps import steps


@steps()  # type: ignore[untyped-decorator]
def m002_parcels(db: Database) -> None:
    """Files that belong together, what their texts say, and signatures; notes on what an entry lacks."""
    for column in ("letter", "signatures"):
        db["files"].add_column(column, str)
    for column in ("text", "unread"):
        db["document_files"].add_column(column, str)
    db["documents"].add_column("notes", str)
    db["packed"].create({"archive": str, "member": str}, pk=("archive", "member"))
    db["packed"].create_index(["member"])
