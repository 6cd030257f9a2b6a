"""Lượt chạy: each intake and what came of it."""

import json
from typing import Any

from vanthu.register.connection import Base


def start(base: Base) -> int:
    """A run begins; its id."""
    with base.transaction():
        return int(base.db["runs"].insert({"started_at": base.now()}, pk="id").last_pk)


def end(base: Base, run_id: int, counts: dict[str, int], detail: dict[str, Any]) -> None:
    """A run ends with its counts: registered, duplicates, rejected, waiting."""
    with base.transaction():
        base.db["runs"].update(run_id, {"ended_at": base.now(), **counts, "detail": json.dumps(detail, ensure_ascii=False)})


def latest(base: Base, limit: int) -> list[dict[str, Any]]:
    """The last runs, newest first; one that never ended was killed."""
    return base.rows("SELECT * FROM runs ORDER BY id DESC LIMIT ?", limit)
