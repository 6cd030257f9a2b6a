"""Nhật ký: who did what when; rows are only added. No values and no names stand in it, so that a secret leaves no trace here."""

import json
from typing import Any

from vanthu.register import audit
from vanthu.register.connection import Base

MACHINE = "vanthu"
"""Who, where no person did it."""

_NAMES = (*audit.COLUMNS, "hash")
_INSERT = f"INSERT INTO events ({', '.join(_NAMES)}) VALUES ({', '.join(':' + name for name in _NAMES)})"  # noqa: S608


def add(base: Base, what: str, *, who: str = MACHINE, document: int | None = None, file: int | None = None, **detail: Any) -> None:
    """One event, within the transaction of what it tells."""
    with base.transaction():
        last = base.row("SELECT event_id, hash FROM chain") or {"event_id": 0, "hash": ""}
        row = {
            "id": last["event_id"] + 1,
            "at": base.now(),
            "who": who,
            "what": what,
            "document_id": document,
            "file_id": file,
            "detail": json.dumps(detail, ensure_ascii=False) if detail else None,
        }
        base.conn.execute(_INSERT, row | {"hash": audit.digest(last["hash"], row)})


def history(base: Base, document_id: int) -> list[dict[str, Any]]:
    """Events of an entry, oldest first."""
    rows = base.rows("SELECT at, who, what, detail FROM events WHERE document_id=? ORDER BY id", document_id)
    return [row | {"detail": json.loads(row["detail"]) if row["detail"] else {}} for row in rows]
