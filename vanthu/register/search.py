"""Tìm kiếm: a parsed query put to the full-text index and the columns; results best first with the passage that was found."""

import re
from dataclasses import dataclass
from typing import Any

from models.text import fold
from vanthu.register import bodies, codes, issuers, items, leading, passage, ranking
from vanthu.register.connection import Base
from vanthu.register.query import Query, Term, parse

_BOUNDS = {"ngay": "d.issued_on", "den": "d.received_on"}

Also = list[leading.Part]
"""Further conditions on `documents d`."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of entries, and how many there are in all, counted up to the bound that was given."""

    hits: list[dict[str, Any]]
    total: int


def search(base: Base, text: str, limit: int, offset: int = 0, also: Also | None = None) -> list[dict[str, Any]]:
    """`{id, number, code, issued_on, issuer, subject, passage}` of entries that have all that is asked for, best first.

    Words typed with tone marks are found without them too, since a scan loses marks first; entries that have them as typed
    come before those that have not. An empty query finds nothing.
    """
    return page(base, text, limit, offset, also, most=0).hits


def page(base: Base, text: str, limit: int, offset: int = 0, also: Also | None = None, *, most: int | None = None) -> Found:
    """What `search` finds, and how many entries it would find without a limit; with `most` counted only up to there."""
    query = parse(text, base.today)
    if query.empty:
        return Found([], 0)
    parts = _conditions(base, query, also or [])
    if not query.terms:
        hits = [_result(base, row, query) for row in _by_fields(base, parts, limit, offset)]
        return Found(hits, _count_fields(base, parts, most))
    found = ranking.page(base, _asked(query, parts), limit, offset, most)
    marks = ", ".join("?" * len(found.ids))
    rows = {row["id"]: row for row in base.rows(f"SELECT {_COLUMNS} FROM documents d WHERE d.id IN ({marks})", *found.ids)}  # noqa: S608
    return Found([_result(base, rows[id_], query) for id_ in found.ids], found.total)


def count(base: Base, text: str, also: Also | None = None, *, most: int | None = None) -> int:
    """How many entries `search` would find without a limit; with `most` counted only up to there."""
    query = parse(text, base.today)
    if query.empty:
        return 0
    parts = _conditions(base, query, also or [])
    return ranking.count(base, _asked(query, parts), most) if query.terms else _count_fields(base, parts, most)


_COLUMNS = "d.id, d.arrival_number || '/' || d.year AS number, d.code, d.issued_on, d.issuer, d.subject"


def _asked(query: Query, parts: list[leading.Part]) -> leading.Asked:
    marked = any(term.marked for term in query.terms)
    exact = " AND ".join(expression(term, marked=term.marked) for term in query.terms) if marked else ""
    # a voided entry has no text: where nothing else is asked, the index alone knows
    return leading.Asked(_all_terms(query), exact, query.terms, (_REGISTERED, *parts) if parts else ())


_REGISTERED: leading.Part = ("d.state='registered'", [])


def _where(parts: list[leading.Part]) -> leading.Part:
    every = [_REGISTERED, *parts]
    return " AND ".join(sql for sql, _ in every), [value for _, values in every for value in values]


def _by_fields(base: Base, parts: list[leading.Part], limit: int, offset: int) -> list[dict[str, Any]]:
    condition, given = _where(parts)
    sql = f"SELECT {_COLUMNS} FROM documents d WHERE {condition} ORDER BY d.received_on DESC, d.id DESC LIMIT ? OFFSET ?"  # noqa: S608
    return base.rows(sql, *given, limit, offset)


def _count_fields(base: Base, parts: list[leading.Part], most: int | None) -> int:
    condition, given = _where(parts)
    sql = f"SELECT count(*) FROM (SELECT 1 FROM documents d WHERE {condition} LIMIT ?)"  # noqa: S608
    return int(base.value(sql, *given, -1 if most is None else most))


def _all_terms(query: Query) -> str:
    return " AND ".join(expression(term) for term in query.terms)


def expression(term: Term, *, marked: bool = False) -> str:
    """A term in the index's own language, quoted so that nothing in it can be syntax."""
    star = " *" if term.prefix else ""
    if marked:
        return f'({{marked}} : "{_bare(term.text)}"{star})'
    # in any column: what has no tone marks in the marked one has none in the others either, and naming columns costs a fifth
    words = f'"{_bare(term.folded)}"{star}'
    if term.is_code:
        return f'({words} OR {{code}} : "{codes.token(term.folded)}"{star})'
    return f"({words})"


def _bare(text: str) -> str:
    return re.sub(r'["\x00_]', " ", text)


def _conditions(base: Base, query: Query, also: Also) -> list[leading.Part]:
    parts = [*also]
    for low, high in query.numbers:
        parts += _between("d.number", low, high)
    for name, (first, last) in query.dates:
        if name in _BOUNDS:
            parts += _between(_BOUNDS[name], first and first.isoformat(), last and last.isoformat())
    parts += [_TEXT[name](value) for name, value in query.texts if name in _TEXT]
    return parts + _items(base, query)


def _between(column: str, low: Any, high: Any) -> list[leading.Part]:
    return [(f"{column}{sign}?", [bound]) for sign, bound in ((">=", low), ("<=", high)) if bound is not None]


def _like(value: str) -> str:
    return "%" + re.sub(r"([%_\\])", r"\\\1", value) + "%"


def _code(value: str) -> tuple[str, list[Any]]:
    key = codes.key(value)
    if key and key.number is not None:
        return "(d.number=? AND d.symbol_key LIKE ? ESCAPE '\\')", [key.number, _like(key.symbol)]
    return "d.symbol_key LIKE ? ESCAPE '\\'", [_like(fold("".join(value.split())).lstrip("/"))]


def _issuer(value: str) -> tuple[str, list[Any]]:
    return f"d.body_key IN ({issuers.LIKE})", [_like(" " + bodies.key(value))]


def _type(value: str) -> tuple[str, list[Any]]:
    return "vanthu_fold(d.doc_type) LIKE ? ESCAPE '\\'", [_like(" ".join(fold(value).split()))[1:]]


_TEXT = {"kyhieu": _code, "coquan": _issuer, "loai": _type}


def _items(base: Base, query: Query) -> list[leading.Part]:
    """`han`, `donvi` and `trangthai` speak of one and the same follow-up item."""
    inner: list[leading.Part] = []
    for name, (first, last) in query.dates:
        if name == "han":
            inner += _between("f.due_on", first and first.isoformat(), last and last.isoformat())
    for name, value in query.texts:
        if name == "donvi":
            named = "(' ' || replace(f.units_key, '|', ' | ') || ' | ' || vanthu_body(f.unit)) LIKE ? ESCAPE '\\'"
            inner.append((named, [_like(" " + bodies.key(value))]))
    for states in query.states:
        if states == ("late",):
            inner.append(("f.state IN ('open', 'in_progress') AND f.due_on<?", [base.today.isoformat()]))
        else:
            inner.append((f"f.state IN ({', '.join('?' * len(states))})", [*states]))
    if not inner:
        return []
    condition = " AND ".join(sql for sql, _ in inner)
    given = [value for _, values in inner for value in values]
    if any({*states} <= _TO_DO for states in query.states):  # few: found by their own index before the entries are
        return [(f"d.id IN (SELECT f.document_id {items.OPEN} AND {condition})", given)]
    held = f"EXISTS (SELECT 1 FROM follow_ups f WHERE f.document_id=d.id AND f.stale=0 AND {condition})"  # noqa: S608
    return [(held, given)]


_TO_DO = {"open", "in_progress", "late"}
"""States of items that are not done."""


def _result(base: Base, row: dict[str, Any], query: Query) -> dict[str, Any]:
    plain = {name: row[name] for name in ("id", "number", "code", "issued_on", "issuer", "subject")}
    return plain | {"passage": _passage(base, row, query)}


def _passage(base: Base, row: dict[str, Any], query: Query) -> str:
    pages = base.rows("SELECT text FROM pages WHERE document_id=? ORDER BY number", row["id"])
    attached = base.rows("SELECT text FROM document_files WHERE document_id=? AND text<>'' ORDER BY file_id", row["id"])
    text = "\f".join(part["text"] for part in (*pages, *attached))
    if not query.terms:
        return passage.start(row["subject"] or text)
    body = base.value("SELECT body FROM texts WHERE document_id=?", row["id"]) or ""
    head = " · ".join(row[name] for name in ("code", "subject", "issuer") if row[name])
    folded = body if len(body) == len(text) else None  # folds keep the length: what is indexed need not be folded again
    return passage.best(text, query.terms, folded) or passage.best(head, query.terms) or passage.start(row["subject"] or text)
