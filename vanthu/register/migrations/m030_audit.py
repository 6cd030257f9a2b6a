"""Events form a chain of hashes, those that are there already too; the end of it is remembered beside it."""

import hashlib
import json
from typing import Any

from sqlite_utils import Database

from vanthu.register.migrations.steps import steps


@steps()  # type: ignore[untyped-decorator]
def m030_audit(db: Database) -> None:
    """Events form a chain of hashes, those that are there already too; the end of it is remembered beside it."""
    db["events"].add_column("hash", str)
    db["chain"].create({"id": int, "event_id": int, "hash": str}, pk="id")
    db.execute("DROP TRIGGER events_no_update")
    before, last = "", 0
    columns = "id, at, who, what, document_id, file_id, detail"
    for row in db.execute(f"SELECT {columns} FROM events ORDER BY id").fetchall():  # noqa: S608
        before, last = _digest(before, row), row[0]
        db.execute("UPDATE events SET hash=? WHERE id=?", (before, last))
    db.execute("INSERT INTO chain (id, event_id, hash) VALUES (1, ?, ?)", (last, before))
    db.execute("CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are only ever added'); END")
    db.execute(
        """CREATE TRIGGER events_chained BEFORE INSERT ON events WHEN NEW.hash IS NULL
           BEGIN SELECT RAISE(ABORT, 'an event without its hash'); END"""
    )
    db.execute("CREATE TRIGGER events_end AFTER INSERT ON events BEGIN UPDATE chain SET event_id=NEW.id, hash=NEW.hash WHERE id=1; END")


def _digest(before: str, row: Any) -> str:
    """As `vanthu.register.audit.digest` did when this step was released."""
    return hashlib.sha256(json.dumps([before, *row], ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
