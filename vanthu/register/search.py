"""Tìm kiếm: a parsed query put to the full-text index and the columns; results best first with the passage that was found."""

import re
from itertools import pairwise
from typing import Any

from models.text import fold
from vanthu.register import bodies, codes, issuers, passage, ranking
from vanthu.register.connection import Base
from vanthu.register.query import Query, Term, parse

_PAIRS = 8
_FOLDED = "{code subject issuer names body}"
_BOUNDS = {"ngay": "d.issued_on", "den": "d.received_on"}


Also = tuple[str, list[Any]]
"""A further condition on `documents d`, and its values."""

NOTHING_ELSE: Also = ("1", [])


def search(base: Base, text: str, limit: int, offset: int = 0, also: Also = NOTHING_ELSE) -> list[dict[str, Any]]:
    """`{id, number, code, issued_on, issuer, subject, passage}` of entries that have all that is asked for, best first.

    Words typed with tone marks are found without them too, since a scan loses marks first; entries that have them as typed
    come before those that have not. An empty query finds nothing.
    """
    query = parse(text, base.today)
    if query.empty:
        return []
    condition, given = _conditions(base, query, also)
    if not query.terms:
        return [_result(base, row, query) for row in _by_fields(base, condition, [*given, limit, offset])]
    found = ranking.ids(base, _asked(query, condition, given), limit, offset)
    marks = ", ".join("?" * len(found))
    rows = {row["id"]: row for row in base.rows(f"SELECT {_COLUMNS} FROM documents d WHERE d.id IN ({marks})", *found)}  # noqa: S608
    return [_result(base, rows[id_], query) for id_ in found]


def count(base: Base, text: str, also: Also = NOTHING_ELSE) -> int:
    """How many entries `search` would find without a limit."""
    query = parse(text, base.today)
    if query.empty:
        return 0
    condition, given = _conditions(base, query, also)
    if not query.terms:
        return int(base.value(f"SELECT count(*) FROM documents d WHERE {condition}", *given))  # noqa: S608
    return ranking.count(base, _asked(query, condition, given))


_COLUMNS = "d.id, d.arrival_number || '/' || d.year AS number, d.code, d.issued_on, d.issuer, d.subject"


_ALL = "d.state='registered' AND 1"
"""What every entry fulfils that has a text: a voided one has none."""


def _asked(query: Query, condition: str, given: list[Any]) -> ranking.Asked:
    exact = " AND ".join(expression(term, marked=True) for term in query.terms if term.marked)
    head = f"{{code subject}} : ({_all_terms(query)})"
    other = condition if condition != _ALL else None
    return ranking.Asked(_all_terms(query), _everything(query), exact, head, query.terms, other, tuple(given))


def _by_fields(base: Base, condition: str, given: list[Any]) -> list[dict[str, Any]]:
    sql = f"SELECT {_COLUMNS} FROM documents d WHERE {condition} ORDER BY d.received_on DESC, d.id DESC LIMIT ? OFFSET ?"  # noqa: S608
    return base.rows(sql, *given)


def _all_terms(query: Query) -> str:
    return " AND ".join(expression(term) for term in query.terms)


def expression(term: Term, *, marked: bool = False) -> str:
    """A term in the index's own language, quoted so that nothing in it can be syntax."""
    star = " *" if term.prefix else ""
    if marked:
        return f'({{marked}} : "{_bare(term.text)}"{star})'
    words = f'{_FOLDED} : "{_bare(term.folded)}"{star}'
    if term.is_code:
        return f'({words} OR {{code}} : "{codes.token(term.folded)}"{star})'
    return f"({words})"


def _everything(query: Query) -> str:
    """All terms; two words typed side by side count more where they stand side by side (Vietnamese words are written in syllables).

    The pairs stand beside the first word, which must be there anyway: they add to the rank and neither find nor lose anything.
    """
    every = [expression(term) for term in query.terms]
    if not any(term.phrase or term.prefix or term.is_code for term in query.terms):
        pairs = [f'({_FOLDED} : "{_bare(one.folded)} {_bare(two.folded)}")' for one, two in pairwise(query.terms[:_PAIRS])]
        every[0] = f"({' OR '.join([every[0], *pairs])})" if pairs else every[0]
    return " AND ".join(every)


def _bare(text: str) -> str:
    return re.sub(r'["\x00_]', " ", text)


def _conditions(base: Base, query: Query, also: Also) -> tuple[str, list[Any]]:
    parts: list[str] = ["d.state='registered'", also[0]]
    given: list[Any] = [*also[1]]
    for low, high in query.numbers:
        _between("d.number", low, high, parts, given)
    for name, (first, last) in query.dates:
        if name in _BOUNDS:
            _between(_BOUNDS[name], first and first.isoformat(), last and last.isoformat(), parts, given)
    for name, value in query.texts:
        if name in _TEXT:
            sql, values = _TEXT[name](value)
            parts.append(sql)
            given += values
    _items(base, query, parts, given)
    return " AND ".join(parts), given


def _between(column: str, low: Any, high: Any, parts: list[str], given: list[Any]) -> None:
    for sign, bound in ((">=", low), ("<=", high)):
        if bound is not None:
            parts.append(f"{column}{sign}?")
            given.append(bound)


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


def _items(base: Base, query: Query, parts: list[str], given: list[Any]) -> None:
    """`han`, `donvi` and `trangthai` speak of one and the same follow-up item."""
    inner: list[str] = []
    values: list[Any] = []
    for name, (first, last) in query.dates:
        if name == "han":
            _between("f.due_on", first and first.isoformat(), last and last.isoformat(), inner, values)
    for name, value in query.texts:
        if name == "donvi":
            inner.append("(' ' || replace(f.units_key, '|', ' | ') || ' | ' || vanthu_body(f.unit)) LIKE ? ESCAPE '\\'")
            values.append(_like(" " + bodies.key(value)))
    for states in query.states:
        if states == ("late",):
            inner.append("f.state IN ('open', 'in_progress') AND f.due_on<?")
            values.append(base.today.isoformat())
        else:
            inner.append(f"f.state IN ({', '.join('?' * len(states))})")
            values += states
    if inner:
        parts.append(f"EXISTS (SELECT 1 FROM follow_ups f WHERE f.document_id=d.id AND f.stale=0 AND {' AND '.join(inner)})")  # noqa: S608
        given += values


def _result(base: Base, row: dict[str, Any], query: Query) -> dict[str, Any]:
    plain = {name: row[name] for name in ("id", "number", "code", "issued_on", "issuer", "subject")}
    return plain | {"passage": _passage(base, row, query)}


def _passage(base: Base, row: dict[str, Any], query: Query) -> str:
    pages = base.rows("SELECT text FROM pages WHERE document_id=? ORDER BY number", row["id"])
    attached = base.rows("SELECT text FROM document_files WHERE document_id=? AND text<>'' ORDER BY file_id", row["id"])
    text = "\f".join(part["text"] for part in (*pages, *attached))
    head = " · ".join(row[name] for name in ("code", "subject", "issuer") if row[name])
    if not query.terms:
        return passage.start(row["subject"] or text)
    return passage.best(text, query.terms) or passage.best(head, query.terms) or passage.start(row["subject"] or text)
