"""Nhật ký: who did what when; rows are only added. No values and no names stand in it, so that a secret leaves no trace here."""

import json
from typing import Any

from vanthu.register.connection import Base

MACHINE = "vanthu"
"""Who, where no person did it."""


def add(base: Base, what: str, *, who: str = MACHINE, document: int | None = None, file: int | None = None, **detail: Any) -> None:
    """One event, within the transaction of what it tells."""
    base.db["events"].insert(
        {
            "at": base.now(),
            "who": who,
            "what": what,
            "document_id": document,
            "file_id": file,
            "detail": json.dumps(detail, ensure_ascii=False) if detail else None,
        }
    )


def history(base: Base, document_id: int) -> list[dict[str, Any]]:
    """Events of an entry, oldest first."""
    rows = base.rows("SELECT at, who, what, detail FROM events WHERE document_id=? ORDER BY id", document_id)
    return [row | {"detail": json.loads(row["detail"]) if row["detail"] else {}} for row in rows]
