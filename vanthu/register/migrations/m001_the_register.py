"""Files, entries with what they say, follow-up items, corrections, events, full text."""

from sqlite_utils import Database

from vanthu.register.migrations.steps import steps


@steps()  # type: ignore[untyped-decorator]
def m001_the_register(db: Database) -> None:
    """Files, entries with what they say, follow-up items, corrections, events, full text."""
    _files(db)
    _documents(db)
    _parts(db)
    _follow_ups(db)
    _history(db)
    _texts(db)


def _files(db: Database) -> None:
    db["files"].create(
        {
            "id": int,
            "sha256": str,
            "name": str,
            "note": str,
            "size": int,
            "direction": str,
            "state": str,
            "reason": str,
            "detail": str,
            "claimed_at": str,
        },
        pk="id",
        not_null={"sha256", "name", "direction", "state", "claimed_at"},
    )
    db["files"].create_index(["sha256"], unique=True)
    db["files"].create_index(["state"])
    db["receipts"].create(
        {"id": int, "file_id": int, "name": str, "note": str, "duplicate": int, "at": str},
        pk="id",
        foreign_keys=[("file_id", "files", "id")],
        not_null={"file_id", "name", "duplicate", "at"},
    )
    db["receipts"].create_index(["file_id"])


_DOCUMENTS: dict[str, type] = {
    "id": int,
    "file_id": int,
    "direction": str,
    "book": str,
    "year": int,
    "arrival_number": int,
    "received_on": str,
    "state": str,
    "void_reason": str,
    "code": str,
    "number": int,
    "symbol": str,
    "symbol_key": str,
    "doc_type": str,
    "issued_on": str,
    "place": str,
    "issuer": str,
    "parent": str,
    "body_key": str,
    "subject": str,
    "urgency": str,
    "secrecy": str,
    "archive": str,
    "signer_name": str,
    "signer_position": str,
    "signer_authority": str,
    "stamp_number": str,
    "stamp_date": str,
    "pages": int,
    "looks": int,
    "machine": str,
    "record": str,
    "registered_at": str,
    "read_at": str,
}


def _documents(db: Database) -> None:
    db["documents"].create(
        _DOCUMENTS,
        pk="id",
        foreign_keys=[("file_id", "files", "id")],
        not_null={"direction", "book", "year", "arrival_number", "received_on", "state", "registered_at"},
    )
    documents = db["documents"]
    documents.create_index(["book", "year", "arrival_number"], unique=True)
    documents.create_index(["file_id"], unique=True)
    documents.create_index(["symbol_key", "number"])
    documents.create_index(["received_on"])
    documents.create_index(["issued_on"])
    db["books"].create({"book": str, "year": int, "first_number": int}, pk=("book", "year", "first_number"))
    db["document_files"].create(
        {"document_id": int, "file_id": int, "role": str, "name": str},
        pk=("document_id", "file_id"),
        foreign_keys=[("document_id", "documents", "id"), ("file_id", "files", "id")],
        not_null={"role", "name"},
    )
    db["document_files"].create_index(["file_id"])


def _parts(db: Database) -> None:
    _part(
        db,
        "pages",
        {"number": int, "width": int, "height": int, "dpi": int, "source": str, "rotation": int, "skew": float, "notes": str, "text": str},
    )
    _part(db, "parties", {"role": str, "position": int, "name": str, "body_key": str})
    _part(
        db,
        "citations",
        {
            "position": int,
            "relation": str,
            "code": str,
            "number": int,
            "symbol_key": str,
            "doc_type": str,
            "issued_on": str,
            "issuer": str,
            "cited_id": int,
        },
        [("cited_id", "documents", "id")],
    )
    db["citations"].create_index(["symbol_key", "number"])
    db["citations"].create_index(["cited_id"])
    _part(db, "deadlines", {"position": int, "text": str, "due_on": str, "relative": str, "recurring": str})
    _part(db, "tasks", {"position": int, "ordinal": str, "text": str, "lead": str, "support": str, "due_on": str})


def _part(db: Database, name: str, columns: dict[str, type], keys: list[tuple[str, str, str]] | None = None) -> None:
    db[name].create(
        {"id": int, "document_id": int, **columns},
        pk="id",
        foreign_keys=[("document_id", "documents", "id"), *(keys or [])],
        not_null={"document_id"},
    )
    db[name].create_index(["document_id"])


def _follow_ups(db: Database) -> None:
    _part(
        db,
        "follow_ups",
        {
            "position": int,
            "task": int,
            "deadline": int,
            "ordinal": str,
            "text": str,
            "deadline_text": str,
            "lead": str,
            "support": str,
            "units_key": str,
            "due_on": str,
            "basis": str,
            "ours": int,
            "role": str,
            "state": str,
            "unit": str,
            "note": str,
            "closed_by": int,
            "closed_on": str,
            "stale": int,
        },
        [("closed_by", "documents", "id")],
    )
    db["follow_ups"].create_index(["state", "due_on"])
    db["follow_ups"].create_index(["due_on"])


def _history(db: Database) -> None:
    _part(db, "corrections", {"field": str, "anchor": str, "value": str, "was": str, "who": str, "at": str})
    db["events"].create(
        {"id": int, "at": str, "who": str, "what": str, "document_id": int, "file_id": int, "detail": str},
        pk="id",
        not_null={"at", "who", "what"},
    )
    db["events"].create_index(["document_id"])
    for verb in ("UPDATE", "DELETE"):
        db.execute(
            f"CREATE TRIGGER events_no_{verb.lower()} BEFORE {verb} ON events BEGIN SELECT RAISE(ABORT, 'events are only ever added'); END"
        )
    db["runs"].create(
        {
            "id": int,
            "started_at": str,
            "ended_at": str,
            "registered": int,
            "duplicates": int,
            "rejected": int,
            "waiting": int,
            "detail": str,
        },
        pk="id",
        not_null={"started_at"},
    )


def _texts(db: Database) -> None:
    db["texts"].create(
        {"document_id": int, "code": str, "subject": str, "issuer": str, "names": str, "body": str, "marked": str},
        pk="document_id",
        foreign_keys=[("document_id", "documents", "id")],
    )
    db["texts"].enable_fts(
        ["code", "subject", "issuer", "names", "body", "marked"],
        tokenize="unicode61 remove_diacritics 0 tokenchars '_'",
        create_triggers=True,
    )
