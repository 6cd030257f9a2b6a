"""What an arrival asks of the register is found by indexes: who cites its numbers, what came in lately, which entry is the newest."""

from sqlite_utils import Database

from vanthu.register.migrations.steps import steps


@steps()  # type: ignore[untyped-decorator]
def m055_arrivals(db: Database) -> None:
    """Without them each letter goes through all citations and receipts: at a million documents twenty-five seconds."""
    db.execute("CREATE INDEX idx_citations_number ON citations(number, document_id, code)")
    db.execute("CREATE INDEX idx_receipts_at ON receipts(at, file_id)")
    db.execute("CREATE INDEX idx_documents_newest ON documents(year DESC, id DESC)")
