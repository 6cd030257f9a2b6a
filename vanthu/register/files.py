"""Tiếp nhận: files on their way in, and what became of each."""

import json
from dataclasses import replace
from typing import Any

from vanthu.register import events
from vanthu.register.connection import Base
from vanthu.register.rows import Direction, File
from vanthu.register.store import Store

_SELECT = """SELECT f.id, f.sha256, f.name, f.note, f.size, f.direction, f.state, f.reason, f.detail, f.letter,
  (SELECT d.id FROM document_files l JOIN documents d ON d.id=l.document_id
   WHERE l.file_id=f.id AND d.state='registered' ORDER BY l.role<>'main', d.part, d.id DESC LIMIT 1) AS entry_id FROM files f """


def claim(base: Base, store: Store, sha256: str, name: str, note: str, size: int, direction: Direction) -> File:
    """Commit the row of bytes that are in the store. The same bytes again are a duplicate, unless the first try came to nothing."""
    with base.transaction():
        known = base.row(_SELECT + "WHERE f.sha256=?", sha256)
        if known is None:
            return _first(base, store, sha256, name, note, size, direction)
        if known["state"] == "claimed" and known["name"] == name:
            return _file(store, known)  # killed between this commit and the unlinking: the same arrival
        again = known["state"] in ("rejected", "voided")
        if again:
            base.db["files"].update(known["id"], {"state": "claimed", "reason": None, "detail": None, "name": name, "note": note})
        _receive(base, known["id"], name, note, duplicate=not again)
        return replace(get(base, store, known["id"]), duplicate=not again)


def _first(base: Base, store: Store, sha256: str, name: str, note: str, size: int, direction: Direction) -> File:
    row = {"sha256": sha256, "name": name, "note": note, "size": size, "direction": direction, "state": "claimed", "claimed_at": base.now()}
    file_id = int(base.db["files"].insert(row, pk="id").last_pk)
    _receive(base, file_id, name, note, duplicate=False)
    return get(base, store, file_id)


def _receive(base: Base, file_id: int, name: str, note: str, *, duplicate: bool) -> None:
    base.db["receipts"].insert({"file_id": file_id, "name": name, "note": note, "duplicate": int(duplicate), "at": base.now()})
    events.add(base, "duplicate" if duplicate else "claimed", file=file_id)


def _file(store: Store, row: dict[str, Any]) -> File:
    names = ("id", "sha256", "name", "note", "size", "direction", "state", "entry_id", "reason", "detail", "letter")
    try:
        path = store.path(row["sha256"])
    except FileNotFoundError:
        path = store.home(row["sha256"])
    return File(**{name: row[name] for name in names}, path=path)


def get(base: Base, store: Store, file_id: int) -> File:
    """One file; KeyError where there is none."""
    row = base.row(_SELECT + "WHERE f.id=?", file_id)
    if row is None:
        raise KeyError(file_id)
    return _file(store, row)


def pending(base: Base, store: Store) -> list[File]:
    """Claimed and neither registered nor rejected, oldest first: to be gone on with."""
    return [_file(store, row) for row in base.rows(_SELECT + "WHERE f.state='claimed' ORDER BY f.id")]


def reject(base: Base, file_id: int, reason: str, detail: str) -> None:
    """Not readable as a document: the bytes stay in the store, the reason is kept."""
    with base.transaction():
        state = base.value("SELECT state FROM files WHERE id=?", file_id)
        if state not in ("claimed", "rejected"):
            raise ValueError(f"file {file_id} is {state}")
        base.db["files"].update(file_id, {"state": "rejected", "reason": reason, "detail": detail})
        events.add(base, "rejected", file=file_id, reason=reason)


def retry(base: Base, store: Store, file_id: int) -> File:
    """A rejected file is to be tried again."""
    with base.transaction():
        if base.value("SELECT state FROM files WHERE id=?", file_id) == "rejected":
            base.db["files"].update(file_id, {"state": "claimed", "reason": None, "detail": None})
            events.add(base, "retried", file=file_id)
    return get(base, store, file_id)


def rejected(base: Base, store: Store) -> list[dict[str, Any]]:
    """`{id, file, reason, detail, kept}` of every rejected file, oldest first."""
    files = [_file(store, row) for row in base.rows(_SELECT + "WHERE f.state='rejected' ORDER BY f.id")]
    return [{"id": f.id, "file": f.name, "reason": f.reason, "detail": f.detail, "kept": str(f.path)} for f in files]


def of_entry(base: Base, store: Store, entry_id: int) -> list[dict[str, Any]]:
    """Files of an entry, the registered one first; `unread`: why an attached one has no text; `pages`: those of the entry, None for all."""
    rows = base.rows(
        """SELECT f.id, f.sha256, d.name, f.note, f.size, d.role, d.text, d.unread, d.pages, f.signatures
           FROM document_files d JOIN files f ON f.id=d.file_id
           WHERE d.document_id=? ORDER BY d.role='main' DESC, f.id""",
        entry_id,
    )
    return [row | {"kept": str(get(base, store, row["id"]).path)} | _decoded(row) for row in rows]


def _decoded(row: dict[str, Any]) -> dict[str, Any]:
    return {"signatures": json.loads(row["signatures"] or "[]"), "pages": json.loads(row["pages"]) if row["pages"] else None}
