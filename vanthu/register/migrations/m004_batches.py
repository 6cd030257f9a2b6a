"""Several documents in one file: which pages of it are whose, and where a document may be two."""

from sqlite_utils import Database

from vanthu.register.migrations.steps import steps


@steps()  # type: ignore[untyped-decorator]
def m004_batches(db: Database) -> None:
    """Several documents in one file: which pages of it are whose, and where a document may be two."""
    db["documents"].add_column("part", int, not_null_default=1)
    db["documents"].add_column("proposals", str)
    db["documents"].add_column("refused", str)
    db.execute("DROP INDEX idx_documents_file_id")
    db["documents"].create_index(["file_id", "part"], unique=True)
    db["document_files"].add_column("pages", str)
