"""Danh mục: a page of the register's lines, filtered and searched, and what the filters can be set to."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from vanthu.register import bodies, issuers, items, leading, links, search, workload
from vanthu.register.connection import Base

Row = dict[str, Any]

_OPEN = "FROM follow_ups f WHERE f.document_id=d.id AND f.stale=0 AND f.state IN ('open', 'in_progress')"
_PROPOSALS = "json_array_length(coalesce(d.proposals, '[]'))"
_LINE = f"""SELECT d.id, d.book, d.year, d.arrival_number, d.arrival_number || '/' || d.year AS number, d.received_on, d.state,
  d.void_reason, d.direction, d.code, d.doc_type, d.issued_on, d.issuer, d.subject, d.urgency, d.looks, d.pages,
  d.to_review, d.place, d.signer_name,
  {_PROPOSALS} AS proposals,
  d.file_id IS NOT NULL AS has_file,
  (SELECT count(*) {_OPEN}) AS open_items, (SELECT min(f.due_on) {_OPEN}) AS next_due FROM documents d"""  # noqa: S608

_FILTERS = {
    "book": "d.book=?",
    "year": "d.year=?",
    "doc_type": "d.doc_type=?",
    "state": "d.state=?",
    "received_from": "d.received_on>=?",
    "received_until": "d.received_on<=?",
    "issued_from": "d.issued_on>=?",
    "issued_until": "d.issued_on<=?",
    "needs_look": "d.to_review=1 AND ?",
    "issuer": f"d.body_key IN ({issuers.LIKE})",
    "unit": """d.id IN (SELECT f.document_id FROM follow_ups f WHERE f.stale=0 AND
      (' ' || replace(f.units_key, '|', ' | ')
       || CASE WHEN f.unit IS NULL THEN '' ELSE ' | ' || vanthu_body(f.unit) END) LIKE ? ESCAPE '\\')""",
    "due": f"d.id IN (SELECT f.document_id {items.OPEN} AND f.due_on>=? AND f.due_on<=?)",
    "duplicate": "d.id IN (SELECT value FROM json_each(?))",
}

ORDERS = {
    "number": ("year", "arrival_number"),
    "received_on": ("received_on", "year", "arrival_number"),
    "code": ("symbol_key", "number"),
    "issued_on": ("issued_on",),
    "issuer": ("body_key",),
    "doc_type": ("doc_type",),
}
"""What lines can be sorted by."""

_NEWEST = "d.year DESC, d.received_on DESC, d.arrival_number DESC, d.id DESC"


def lines(base: Base, query: str = "", *, offset: int = 0, limit: int = 50, order: str = "", **filters: Any) -> list[Row]:
    """Lines with `passage` (None without a query) and `probable_duplicates`: best first where a query asks, else newest first.

    `order`: one of `ORDERS`, with a `-` behind it the other way round; it does not hold where a query asks. Filters: those of
    `_FILTERS`; `issuer` by the beginning of any of its words, `needs_look` True alone, `due` one of `workload.RANGES`, `duplicate`
    True: only probable duplicates.
    """
    return page(base, query, offset=offset, limit=limit, order=order, most=0, **filters).lines


@dataclass(frozen=True, slots=True)
class Page:
    """A page of lines, and how many there are in all, counted up to the bound that was given."""

    lines: list[Row]
    total: int


def page(
    base: Base, query: str = "", *, offset: int = 0, limit: int = 50, order: str = "", most: int | None = None, **filters: Any
) -> Page:
    """What `lines` hands out, and how many there are in all; where a query asks, counted only up to `most`."""
    also = _also(base, filters)
    if query.strip():
        said = search.page(base, query, limit, offset, also, most=most)
        found, total = {hit["id"]: hit["passage"] for hit in said.hits}, said.total
    else:
        condition, given = _where(also)
        # the ids alone first: an index holds all that is filtered and sorted by
        sql = f"SELECT d.id FROM documents d WHERE {condition} ORDER BY {_ordered(order)} LIMIT ? OFFSET ?"  # noqa: S608
        found = dict.fromkeys(row["id"] for row in base.rows(sql, *given, limit, offset))
        total = 0 if most == 0 else count(base, **filters)
    rows = {row["id"]: row for row in base.rows(f"{_LINE} WHERE d.id IN ({', '.join('?' * len(found))})", *found)}
    lines = [rows[id_] | {"passage": said, "probable_duplicates": links.probable_duplicates(base, id_)} for id_, said in found.items()]
    return Page(lines, total)


def _ordered(order: str) -> str:
    name, falling = order.removesuffix("-"), order.endswith("-")
    if name not in ORDERS:
        return _NEWEST
    way = " DESC" if falling else ""
    return ", ".join(f"d.{column}{way}" for column in (*ORDERS[name], "id"))


def count(base: Base, query: str = "", **filters: Any) -> int:
    """How many lines there are."""
    also = _also(base, filters)
    if query.strip():
        return search.count(base, query, also)
    condition, given = _where(also)
    return int(base.value(f"SELECT count(*) FROM documents d WHERE {condition}", *given))  # noqa: S608


def _where(parts: search.Also) -> leading.Part:
    return " AND ".join(sql for sql, _ in parts) or "1", [value for _, values in parts for value in values]


def choices(base: Base) -> dict[str, list[Any]]:
    """What is there to be filtered by: `{book, year, doc_type}`; the incoming book and the latest year first."""
    books = sorted(_distinct(base, "book"), key=lambda book: (book != "den", book))
    return {"book": books, "year": _distinct(base, "year")[::-1], "doc_type": _distinct(base, "doc_type")}


def _distinct(base: Base, column: str) -> list[Any]:
    """The values of a column, rising, by jumps over its index: a table of a hundred thousand lines is not read for twenty values."""
    sql = f"""WITH RECURSIVE known(value) AS (SELECT min({column}) FROM documents UNION ALL
      SELECT (SELECT min({column}) FROM documents WHERE {column}>known.value) FROM known WHERE known.value IS NOT NULL)
      SELECT value FROM known WHERE value IS NOT NULL"""  # noqa: S608
    return [row["value"] for row in base.rows(sql)]


def pages(base: Base, document_id: int) -> list[Row]:
    """Pages of an entry: number, size, how it was read, how it was turned and straightened, what to tell people."""
    return base.rows(
        "SELECT number, width, height, source, rotation, skew, notes, warp, text FROM pages WHERE document_id=? ORDER BY number",
        document_id,
    )


def _also(base: Base, filters: dict[str, Any]) -> search.Also:
    unknown = filters.keys() - _FILTERS.keys()
    if unknown:
        raise TypeError(f"no such filter: {', '.join(sorted(unknown))}")
    used = {name: value for name, value in filters.items() if value is not None}
    if not used.get("duplicate", True):
        del used["duplicate"]
    return [(_FILTERS[name], _given(base, name, value)) for name, value in used.items()]


def _given(base: Base, name: str, value: Any) -> list[Any]:
    if name in ("issuer", "unit"):
        return ["% " + re.sub(r"([%_\\])", r"\\\1", bodies.key(value)) + "%"]
    if name == "duplicate":
        return [str(_duplicates(base))]
    if name == "due":
        return [*workload.days_of(value, base.today)]
    return [value.isoformat() if isinstance(value, date) else value]


def _duplicates(base: Base) -> list[int]:
    """Entries that have another with the same number, symbol, issuer and year."""
    twins = base.rows(
        """SELECT id FROM documents d WHERE state='registered' AND number IS NOT NULL AND EXISTS (SELECT 1 FROM documents o
           WHERE o.symbol_key=d.symbol_key AND o.number=d.number AND o.id<>d.id AND o.state='registered'
             AND substr(coalesce(o.issued_on, o.received_on), 1, 4)=substr(coalesce(d.issued_on, d.received_on), 1, 4))"""
    )
    return [row["id"] for row in twins if links.probable_duplicates(base, row["id"])]
