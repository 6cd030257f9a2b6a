"""Gói văn bản: files that belong to one dispatch, because a person, their names or an archive say so."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from vanthu.errors import WrongUse
from vanthu.register import entries, events, files, projection
from vanthu.register.connection import Base
from vanthu.register.rows import File, Role
from vanthu.register.store import Store


def attach(
    base: Base, store: Store, entry_id: int, sha256: str, name: str, role: Role = "attached", text: str = "", unread: str | None = None
) -> bool:
    """Đính kèm: a further file of an entry (phụ lục, a better scan, the archive it came in); its bytes are in the store.

    `text` is what can be searched of it, `unread` the reason why there is none. One file may belong to several entries without a
    copy. False where it belongs to the entry already; a better reading then takes the place of the old one.
    """
    with base.transaction():
        entries.entry(base, entry_id)
        if base.value("SELECT state FROM documents WHERE id=?", entry_id) != "registered":
            raise WrongUse("register.voided", id=entry_id)
        file_id = _file_id(base, store, sha256, name)
        known = base.row("SELECT role, text, unread FROM document_files WHERE document_id=? AND file_id=?", entry_id, file_id)
        if known and (known["role"] == "main" or (known["text"], known["unread"]) == (text, unread)):
            return False
        link = {"document_id": entry_id, "file_id": file_id, "role": role, "name": name, "text": text, "unread": unread}
        base.db["document_files"].upsert(link, pk=("document_id", "file_id"))
        base.conn.execute("UPDATE files SET state='registered', reason=NULL, detail=NULL WHERE id=? AND state<>'registered'", (file_id,))
        projection.write_text(base, entry_id, json.loads(base.value("SELECT record FROM documents WHERE id=?", entry_id)))
        if not known:
            events.add(base, "attached", document=entry_id, file=file_id)
        return not known


def _file_id(base: Base, store: Store, sha256: str, name: str) -> int:
    known = base.value("SELECT id FROM files WHERE sha256=?", sha256)
    return int(known) if known else files.claim(base, store, sha256, name, "", store.path(sha256).stat().st_size, "in").id


def pack(base: Base, archive: str, sha256: str) -> bool:
    """A file was taken out of an archive; False where that is known."""
    with base.transaction():
        if base.value("SELECT 1 FROM packed WHERE archive=? AND member=?", archive, sha256):
            return False
        base.db["packed"].insert({"archive": archive, "member": sha256})
        return True


def members(base: Base, archive: str) -> list[str]:
    """Hashes of the files that were taken out of an archive."""
    return [row["member"] for row in base.rows("SELECT member FROM packed WHERE archive=? ORDER BY rowid", archive)]


def archives_of(base: Base, sha256: str) -> list[str]:
    """Hashes of the archives that a file was taken out of, the first one first."""
    return [row["archive"] for row in base.rows("SELECT archive FROM packed WHERE member=? ORDER BY rowid", sha256)]


def is_packed(base: Base, sha256: str) -> bool:
    """True for a file out of an archive that is still being worked on."""
    sql = "SELECT 1 FROM packed p JOIN files f ON f.sha256=p.archive WHERE p.member=? AND f.state='claimed'"
    return base.value(sql, sha256) is not None


def belong(base: Base, letters: Mapping[int, str]) -> None:
    """Names say so: each file, by its id, belongs to the letter with this hash; a rejected one is tried again."""
    with base.transaction():
        for file_id, letter in letters.items():
            base.conn.execute(
                "UPDATE files SET letter=?, state='claimed', reason=NULL, detail=NULL WHERE id=? AND state IN ('claimed', 'rejected')",
                (letter, file_id),
            )


def lately(base: Base, store: Store, hours: float) -> list[File]:
    """Files that came in lately and may be letters of annexes that come now, or annexes that came before their letters."""
    since = datetime.fromisoformat(base.now()) - timedelta(hours=hours)
    rows = base.rows(
        """SELECT id FROM files WHERE id IN (SELECT file_id FROM receipts WHERE at>=?)
           AND (state='rejected' AND reason='lone_annex' OR state='registered'
             AND EXISTS (SELECT 1 FROM document_files d WHERE d.file_id=files.id AND d.role='main')) ORDER BY id""",
        since.isoformat(),
    )
    return [files.get(base, store, row["id"]) for row in rows]


def sign(base: Base, sha256: str, signatures: Sequence[Mapping[str, Any]]) -> None:
    """Chữ ký số: what the check of a file's signatures has found."""
    with base.transaction():
        value = json.dumps(signatures, ensure_ascii=False) if signatures else None
        base.conn.execute("UPDATE files SET signatures=? WHERE sha256=?", (value, sha256))


def notes(base: Base, document_id: int) -> Iterable[dict[str, Any]]:
    """`{page, note}`: what the reading of an entry lacks; page None: of the whole document."""
    whole = base.value("SELECT notes FROM documents WHERE id=?", document_id)
    yield from ({"page": None, "note": note} for note in json.loads(whole or "[]"))
    for row in base.rows("SELECT number, notes FROM pages WHERE document_id=? ORDER BY number", document_id):
        yield from ({"page": row["number"], "note": note} for note in json.loads(row["notes"] or "[]"))
