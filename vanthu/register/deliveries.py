"""Báo văn bản mới: which registrations another program is still to be told of; worked out from the log of events, not kept beside it."""

from dataclasses import dataclass
from typing import Any

from vanthu.register.connection import Base

MOST_ATTEMPTS = 20
_FIRST_WAIT = 30.0
_LONGEST_WAIT = 6 * 3600.0
_SHOWN = "id, arrival_number || '/' || year AS number, book, received_on, code, doc_type, issued_on, issuer, subject, urgency"


@dataclass(frozen=True, slots=True)
class Due:
    """One event to be told now; `document` None where its number is void by now: there is nothing to tell any more."""

    event_id: int
    at: str
    attempts: int
    document: dict[str, Any] | None


def begin(base: Base) -> None:
    """What was registered before anybody wanted to be told is not told."""
    with base.transaction():
        if base.value("SELECT 1 FROM deliveries") is None:
            last = base.value("SELECT coalesce(max(id), 0) FROM events")
            base.db["deliveries"].insert({"event_id": last, "attempts": 0, "next_try": 0.0, "done_at": base.now()})


def due(base: Base, now: float, limit: int = 50) -> list[Due]:
    """What is to be told by now, oldest first."""
    rows = base.rows(
        """SELECT e.id, e.at, e.document_id, coalesce(d.attempts, 0) AS attempts FROM events e LEFT JOIN deliveries d ON d.event_id=e.id
           WHERE e.what='registered' AND e.id>(SELECT min(event_id) FROM deliveries) AND d.done_at IS NULL AND coalesce(d.next_try, 0)<=?
           ORDER BY e.id LIMIT ?""",
        now,
        limit,
    )
    return [Due(row["id"], row["at"], row["attempts"], _document(base, row["document_id"])) for row in rows]


def _document(base: Base, document_id: int) -> dict[str, Any] | None:
    return base.row(f"SELECT {_SHOWN} FROM documents WHERE id=? AND state='registered'", document_id)  # noqa: S608


def done(base: Base, told: Due) -> None:
    """It was told, or need not be any more."""
    with base.transaction():
        row = {"event_id": told.event_id, "attempts": told.attempts + 1, "next_try": 0.0, "done_at": base.now(), "error": None}
        base.db["deliveries"].upsert(row, pk="event_id")


def failed(base: Base, told: Due, error: str, now: float) -> bool:
    """To be tried again, later each time; True where it was the last try."""
    attempts = told.attempts + 1
    last = attempts >= MOST_ATTEMPTS
    wait = min(_LONGEST_WAIT, _FIRST_WAIT * 2.0 ** (attempts - 1))
    row = {"event_id": told.event_id, "attempts": attempts, "next_try": now + wait, "done_at": base.now() if last else None, "error": error}
    with base.transaction():
        base.db["deliveries"].upsert(row, pk="event_id")
    return last
