"""Kiểm tra: is all as it should be; each fault one sentence."""

import sqlite3

from vanthu.register import numbering
from vanthu.register.connection import Base
from vanthu.register.store import Store


def check(base: Base, store: Store) -> list[str]:
    """Faults of the store, the database, the full-text index, the numbers; empty where there is none."""
    return [*_store(base, store), *_database(base), *_index(base), *numbering.faults(base), *_orphans(base)]


def _store(base: Base, store: Store) -> list[str]:
    kept = set(store.hashes())
    known = {row["sha256"] for row in base.rows("SELECT sha256 FROM files")}
    changed = store.verify()
    return [
        *(f"store: {sha256} has changed" for sha256 in changed),
        *(f"store: {sha256} is missing" for sha256 in sorted(known - kept)),
        *(f"store: {sha256} belongs to no file of the register" for sha256 in sorted(kept - known)),
    ]


def _database(base: Base) -> list[str]:
    said = [row[0] for row in base.conn.execute("PRAGMA integrity_check")]
    broken = [f"database: {line}" for line in said if line != "ok"]
    return broken + [
        f"database: row {row[1]} of {row[0]} points to a missing row of {row[2]}" for row in base.conn.execute("PRAGMA foreign_key_check")
    ]


def _index(base: Base) -> list[str]:
    missing = base.rows(
        """SELECT id FROM documents d WHERE (state='registered') <> EXISTS (SELECT 1 FROM texts t WHERE t.document_id=d.id)"""
    )
    faults = [f"search: entry {row['id']} and its text do not agree" for row in missing]
    try:
        with base.transaction():
            base.conn.execute("INSERT INTO texts_fts(texts_fts, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        faults.append(f"search: the index does not agree with the texts ({error})")
    return faults


_ORPHANS = {
    "file {id} is registered and belongs to no entry": """SELECT id FROM files f WHERE state='registered'
        AND NOT EXISTS (SELECT 1 FROM document_files d WHERE d.file_id=f.id)""",
    "entry {id} has no file": """SELECT id FROM documents d WHERE state='registered'
        AND NOT EXISTS (SELECT 1 FROM document_files f WHERE f.document_id=d.id AND f.role='main')""",
    "file {id} was claimed and is neither registered nor rejected": "SELECT id FROM files WHERE state='claimed'",
}


def _orphans(base: Base) -> list[str]:
    return [message.format(**row) for message, sql in _ORPHANS.items() for row in base.rows(sql)]
