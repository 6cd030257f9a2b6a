"""Words with their places, to point at; what people accepted; corrections taken back; which entries a person must look at."""

from sqlite_utils import Database

from vanthu.register.migrations.steps import steps

_WEIGH = """UPDATE documents SET to_review=(state='registered' AND file_id IS NOT NULL
  AND (coalesce(looks, 0)>0 OR json_array_length(coalesce(proposals, '[]'))>0)
  AND (reviewed_at IS NULL OR reviewed_at<coalesce(read_at, '')))"""


@steps()  # type: ignore[untyped-decorator]
def m040_review(db: Database) -> None:
    """Words with their places, to point at; what people accepted; corrections taken back; which entries a person must look at."""
    db["words"].create(
        {"document_id": int, "page": int, "words": bytes},
        pk=("document_id", "page"),
        foreign_keys=[("document_id", "documents", "id")],
    )
    for column in ("reviewed_at", "reviewed_by"):
        db["documents"].add_column(column, str)
    db["documents"].add_column("to_review", int, not_null_default=0)
    db["corrections"].add_column("step", int)
    for column in ("undone_at", "undone_by"):
        db["corrections"].add_column(column, str)
    db.execute(_WEIGH)
    _keep_weighed(db)
    _indexes(db)


def _keep_weighed(db: Database) -> None:
    """By triggers, so that no way of writing an entry can forget it."""
    for name, event in (("insert", "INSERT"), ("update", "UPDATE OF state, file_id, looks, proposals, reviewed_at, read_at")):
        db.execute(f"CREATE TRIGGER documents_to_review_{name} AFTER {event} ON documents BEGIN {_WEIGH} WHERE id=NEW.id; END")


def _indexes(db: Database) -> None:
    """All that the list is filtered and sorted by in one narrow row: `documents` itself holds whole records, and reading them costs."""
    db.execute(
        """CREATE INDEX idx_documents_listing ON documents(year DESC, received_on DESC, arrival_number DESC, id DESC, state, book,
           doc_type, issued_on, to_review, direction, body_key, symbol_key, number, file_id)"""
    )
    db.execute("CREATE INDEX idx_documents_to_review ON documents(id) WHERE to_review=1")
    db.execute("CREATE INDEX idx_documents_doc_type ON documents(doc_type)")
    db.execute("CREATE INDEX idx_follow_ups_open ON follow_ups(document_id, stale, state, due_on)")
    db.execute("CREATE INDEX idx_follow_ups_units ON follow_ups(stale, units_key, unit, document_id)")
