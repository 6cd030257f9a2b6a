"""Văn bản mật: taken out of the ordinary register without a trace of its name, bytes or text."""

from vanthu.register.connection import Base
from vanthu.register.store import Store

_PARTS = (
    *("pages", "words", "parties", "citations", "deadlines", "tasks", "instructions", "handovers", "closings", "follow_ups"),
    *("corrections", "comments", "texts", "imported", "document_files"),
)
"""Tables that hang on an entry, those first that hang on its items."""
_KEPT = {"to_review", "id", "part", "direction", "book", "year", "arrival_number", "received_on", "registered_at"}


def forget(base: Base, store: Store, file_id: int) -> None:
    """Remove a file that is kept in the other register; an entry it had here stays as a voided number, empty.

    The file is marked first, so that a kill in between leaves a removal that `finish` ends and not a file to be read.
    """
    with base.transaction():
        base.conn.execute(_LEAVE, {"id": file_id})
    finish(base, store)


_LEAVE = """UPDATE files SET state='leaving' WHERE id=:id OR id IN (
  SELECT l.file_id FROM document_files l JOIN documents d ON d.id=l.document_id WHERE d.file_id=:id
  AND NOT EXISTS (SELECT 1 FROM document_files o WHERE o.file_id=l.file_id AND o.document_id<>l.document_id))"""
"""The file and the further files of its entry, but for those that belong to another entry too."""


_UNPACKED = "archive=:hash OR (member=:hash AND archive NOT IN (SELECT sha256 FROM files WHERE state='claimed'))"
"""An archive that is being worked on must still find its letter by its hash; it leaves next."""


def finish(base: Base, store: Store) -> None:
    """End every removal that was begun.

    Freed pages are overwritten (secure_delete), the full-text index is merged anew since it keeps deleted words in its old
    segments, and the write-ahead log is cut: nothing of it can be read out of the files.
    """
    leaving = base.rows("SELECT id, sha256 FROM files WHERE state='leaving'")
    if not leaving:
        return
    for file in leaving:
        store.remove(file["sha256"])
        with base.transaction():
            _remove(base, file["id"])
            base.db["packed"].delete_where(_UNPACKED, {"hash": file["sha256"]})
    base.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _remove(base: Base, file_id: int) -> None:
    for document in base.rows(_ENTRIES, file_id, file_id):
        _empty(base, document["id"])
        base.db["texts"].optimize()
    base.db["document_files"].delete_where("file_id=?", [file_id])
    base.db["receipts"].delete_where("file_id=?", [file_id])
    base.db["turns"].delete_where("file_id=?", [file_id])
    base.db["files"].delete_where("id=?", [file_id])


_ENTRIES = """SELECT id FROM documents WHERE file_id=?
  UNION SELECT document_id FROM document_files WHERE file_id=? AND role='main'"""
"""Also those whose number was voided: their text is still here."""


def clear(base: Base, document_id: int) -> None:
    """Take out all that hangs on an entry, its own line left as it is; within a transaction."""
    base.conn.execute("UPDATE citations SET cited_id=NULL WHERE cited_id=?", (document_id,))
    base.conn.execute("UPDATE follow_ups SET closed_by=NULL WHERE closed_by=?", (document_id,))
    base.conn.execute("DELETE FROM closings WHERE follow_up_id IN (SELECT id FROM follow_ups WHERE document_id=?)", (document_id,))
    for table in _PARTS:
        base.db[table].delete_where("document_id=?", [document_id])


def _empty(base: Base, document_id: int) -> None:
    clear(base, document_id)
    blank = {name: None for name in base.db["documents"].columns_dict if name not in _KEPT}
    base.db["documents"].update(document_id, blank | {"state": "void", "void_reason": "mật"})
