"""Entries as they are shown and listed."""

import json
from datetime import date
from typing import Any

from vanthu.register import batches, corrections, effective, events, files, items, links, parcels
from vanthu.register.connection import Base
from vanthu.register.entries import entry
from vanthu.register.store import Store

_LINE = """id, book, year, arrival_number, arrival_number || '/' || year AS number, received_on, state, direction,
  code, doc_type, issued_on, issuer, parent, subject, urgency, secrecy, signer_name, pages, looks"""


def show(base: Base, store: Store, document_id: int) -> dict[str, Any]:
    """All that is known of one entry; NotFound where there is none. A number emptied for secrecy has no record."""
    line = entry(base, document_id)
    row = base.row("SELECT * FROM documents WHERE id=?", document_id) or {}
    record = json.loads(row["record"]) if row["record"] else None
    return {
        "id": line.id,
        "number": line.number,
        "arrival_number": line.arrival_number,
        "year": line.year,
        "book": line.book,
        "direction": row["direction"],
        "received_on": row["received_on"],
        "state": row["state"],
        "void_reason": row["void_reason"],
        "record": record,
        "looks": effective.looks(record) if record else [],
        "imported": base.row("SELECT source, row, unit, forwarded_on, note FROM imported WHERE document_id=?", document_id),
        "files": files.of_entry(base, store, document_id),
        "notes": [*parcels.notes(base, document_id)],
        "links": links.links(base, document_id),
        "follow_ups": items.of_entry(base, document_id),
        "corrections": corrections.of_entry(base, document_id),
        "history": events.history(base, document_id),
        "probable_duplicates": [*line.probable_duplicates],
        "proposals": json.loads(row["proposals"] or "[]"),
        "batch": batches.others(base, document_id),
    }


def text(base: Base, document_id: int) -> str:
    """The pages' texts in order, parted by a form feed."""
    return "\f".join(row["text"] for row in base.rows("SELECT text FROM pages WHERE document_id=? ORDER BY number", document_id))


def entries(base: Base, offset: int, limit: int, filters: dict[str, Any]) -> list[dict[str, Any]]:
    """Lines of the register, newest first; `filters` as in `where`."""
    condition, given = where(filters)
    # left to itself SQLite goes through the whole register in its order rather than through the entries of a few days
    index = "INDEXED BY idx_documents_registered_at" if filters.get("registered_from") else ""
    return base.rows(
        f"SELECT {_LINE} FROM documents {index} WHERE {condition} ORDER BY year DESC, id DESC LIMIT ? OFFSET ?",  # noqa: S608
        *given,
        limit,
        offset,
    )


def count(base: Base, filters: dict[str, Any]) -> int:
    """How many entries there are."""
    condition, given = where(filters)
    return int(base.value(f"SELECT count(*) FROM documents WHERE {condition}", *given))  # noqa: S608


_FILTERS = {
    "book": "book=?",
    "year": "year=?",
    "state": "state=?",
    "direction": "direction=?",
    "received_from": "received_on>=?",
    "received_until": "received_on<=?",
    "registered_from": "registered_at>=?",
    "needs_look": "(looks>0)=?",
    "has_file": "(file_id IS NOT NULL)=?",
}


def where(filters: dict[str, Any]) -> tuple[str, list[Any]]:
    """SQL condition and its values; a filter that is None does not filter."""
    unknown = filters.keys() - _FILTERS.keys()
    if unknown:
        raise TypeError(f"no such filter: {', '.join(sorted(unknown))}")
    used = {name: value for name, value in filters.items() if value is not None}
    plain = [value.isoformat() if isinstance(value, date) else value for value in used.values()]
    return " AND ".join(_FILTERS[name] for name in used) or "1", plain
