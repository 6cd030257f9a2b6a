"""Kiểm tra: is all as it should be; each fault one sentence."""

import sqlite3
from collections.abc import Callable

from vanthu.messages import say
from vanthu.register import numbering
from vanthu.register.connection import Base
from vanthu.register.store import Store


def check(base: Base, store: Store) -> list[str]:
    """Faults of the store, the database, the full-text index, the numbers; empty where there is none."""
    parts = (
        lambda: _store(base, store),
        lambda: _database(base),
        lambda: _index(base),
        lambda: numbering.faults(base),
        lambda: _orphans(base),
    )
    return [fault for part in parts for fault in _faults(part)]


def database(base: Base) -> list[str]:
    """The same without the store."""
    parts = (lambda: _database(base), lambda: _index(base), lambda: numbering.faults(base))
    return [fault for part in parts for fault in _faults(part)]


def _faults(part: Callable[[], list[str]]) -> list[str]:
    """What a part finds; that a table can no longer be read is a fault among others."""
    try:
        return part()
    except sqlite3.DatabaseError as error:
        return [say("check.database", what=error)]


def _store(base: Base, store: Store) -> list[str]:
    kept = set(store.hashes())
    known = {row["sha256"] for row in base.rows("SELECT sha256 FROM files")}
    changed = store.verify()
    return [
        *(say("check.changed", sha256=sha256) for sha256 in changed),
        *(say("check.missing", sha256=sha256) for sha256 in sorted(known - kept)),
        *(say("check.unknown", sha256=sha256) for sha256 in sorted(kept - known)),
    ]


def _database(base: Base) -> list[str]:
    said = [row[0] for row in base.conn.execute("PRAGMA integrity_check")]
    broken = [say("check.database", what=line) for line in said if line != "ok"]
    dangling = base.conn.execute("PRAGMA foreign_key_check").fetchall()
    return broken + [say("check.dangling", table=row[0], row=row[1], other=row[2]) for row in dangling]


def _index(base: Base) -> list[str]:
    missing = base.rows(
        """SELECT id FROM documents d WHERE (state='registered') <> EXISTS (SELECT 1 FROM texts t WHERE t.document_id=d.id)"""
    )
    faults = [say("check.text", id=row["id"]) for row in missing]
    try:
        with base.transaction():
            base.conn.execute("INSERT INTO texts_fts(texts_fts, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        faults.append(say("check.index", error=error))
    return faults


_ORPHANS = {
    "check.no_entry": """SELECT id FROM files f WHERE state='registered'
        AND NOT EXISTS (SELECT 1 FROM document_files d WHERE d.file_id=f.id)""",
    "check.no_file": """SELECT id FROM documents d WHERE state='registered'
        AND NOT EXISTS (SELECT 1 FROM document_files f WHERE f.document_id=d.id AND f.role='main')
        AND NOT EXISTS (SELECT 1 FROM imported i WHERE i.document_id=d.id)""",
    "check.shared_page": """SELECT DISTINCT a.document_id AS id, b.document_id AS other
        FROM document_files a, document_files b, json_each(a.pages) p, json_each(b.pages) q
        WHERE a.file_id=b.file_id AND a.document_id<b.document_id AND p.value=q.value AND a.role='main' AND b.role='main'
        AND (SELECT count(*) FROM documents d WHERE d.id IN (a.document_id, b.document_id) AND d.state='registered')=2""",
    "check.pending": "SELECT id FROM files WHERE state='claimed'",
}


def _orphans(base: Base) -> list[str]:
    return [say(message, **row) for message, sql in _ORPHANS.items() for row in base.rows(sql)]
