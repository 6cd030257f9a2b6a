"""Bên hiếm hơn đi trước: the entries that have all words and fulfil a condition, newest first, led by the rarer of the two.

The full-text index passes from entry to entry by the rarest word; where all words stand nearly everywhere and a field leaves few
entries, it would go through the whole register for them. Then the field leads, and the texts of its entries are looked into one by
one. A condition on days bounds the index by the ids that came in on them, since ids grow with arrival.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Protocol

from vanthu.register import holding
from vanthu.register.connection import Base
from vanthu.register.query import Term

FEW = 3000
"""Entries that a condition leaves, up to which they are named one by one."""
_IN_SPAN = 200_000
"""Entries of some days among which their first and last id are sought."""
_SAMPLE = 1000
"""Newest entries with a word, by which it is told how many have it."""
_LOOK = 20
"""Looking into one text takes as long as passing so many entries of the index."""
_AT_ONCE = 100
_DATED = ("d.received_on", "d.issued_on", "d.year")

Part = tuple[str, list[Any]]
"""A condition on `documents d`, and its values."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: all terms in the index's language, the same with tone marks ("" where none were typed), conditions."""

    everything: str
    exact: str
    terms: tuple[Term, ...]
    parts: tuple[Part, ...] = ()


class Lead(Protocol):
    """Entries newest first."""

    def newest(self, most: int) -> list[int]:
        """Ids of the newest entries, at most so many."""

    def nearby(self, most: int) -> list[int]:
        """The same, as far as they can be had at little cost."""

    def narrower(self, words: str, most: int, after: int) -> list[int]:
        """Those with narrower words that came after an id."""

    def count(self, most: int | None) -> int:
        """How many there are, counted up to a bound."""


def lead(base: Base, asked: Asked) -> Lead | None:
    """Who leads; None where the conditions leave nothing."""
    condition, given = _joined(asked.parts)
    if not asked.parts:
        return ByWords(base, asked.everything)
    few = _few(base, condition, given)
    if few is None:
        span = _span(base, asked)
        return ByWords(base, asked.everything, *span, f" AND {condition}", given) if span else None
    if not few:
        return None
    low, high = few[-1], few[0]
    if len(few) * _LOOK < _passed(base, asked, low, high):
        return ByField(base, asked.terms, few)
    # +: one walk, not one for each id
    return ByWords(base, asked.everything, low, high, " AND +texts_fts.rowid IN (SELECT value FROM json_each(?))", [json.dumps(few)])


def _joined(parts: tuple[Part, ...]) -> Part:
    return " AND ".join(sql for sql, _ in parts), [value for _, values in parts for value in values]


def _few(base: Base, condition: str, given: list[Any]) -> list[int] | None:
    """The entries that a condition leaves, newest first; None where they are many, or each would have to be asked for its items."""
    if "EXISTS" in condition:
        return None
    found = [row["id"] for row in base.rows(f"SELECT d.id FROM documents d WHERE {condition} LIMIT ?", *given, FEW + 1)]  # noqa: S608
    return sorted(found, reverse=True) if len(found) <= FEW else None


def _span(base: Base, asked: Asked) -> tuple[int, int] | None:
    """First and last id of the days that are asked for; None where none came in."""
    condition, given = _joined(tuple(part for part in asked.parts if part[0].startswith(_DATED)))
    everything = (0, 2**62)
    if not condition:
        return everything
    sql = f"SELECT min(id) AS low, max(id) AS high, count(*) AS n FROM (SELECT d.id FROM documents d WHERE {condition} LIMIT ?)"  # noqa: S608
    row = base.rows(sql, *given, _IN_SPAN)[0]
    if row["n"] == _IN_SPAN:
        return everything
    return (row["low"], row["high"]) if row["n"] else None


def _passed(base: Base, asked: Asked, low: int, high: int) -> float:
    """About how many entries the index passes between two ids: those with the rarest word."""
    last = int(base.value("SELECT max(document_id) FROM texts") or 1)
    words = {word for term in asked.terms for word in re.findall(r"[^\W_]+", term.folded)}
    return min((_share(base, word, last) for word in words), default=1.0) * (high - low + 1)


def _share(base: Base, word: str, last: int) -> float:
    """About the share of entries that have a word, by how far back the newest of them lie."""
    sql = "SELECT count(*) AS n, min(rowid) AS low FROM (SELECT rowid FROM texts_fts WHERE texts_fts MATCH ? ORDER BY rowid DESC LIMIT ?)"
    row = base.rows(sql, f'"{word}"', _SAMPLE)[0]
    return float(row["n"] / (last if row["n"] < _SAMPLE else last - row["low"] + 1))


@dataclass(frozen=True, slots=True)
class ByWords:
    """The full-text index leads, between two ids; what else is asked is looked up for each entry."""

    base: Base
    words: str
    low: int = 0
    high: int = 2**62
    condition: str = ""
    given: list[Any] = field(default_factory=list)

    def newest(self, most: int) -> list[int]:
        """By the index, from its end."""
        return self.narrower(self.words, most, self.low - 1)

    nearby = newest

    def narrower(self, words: str, most: int, after: int) -> list[int]:
        """Other words, the same bounds."""
        sql = f"SELECT texts_fts.rowid {self._from()} ORDER BY texts_fts.rowid DESC LIMIT ?"
        rows = self.base.conn.execute(sql, (words, max(self.low, after + 1), self.high, *self.given, most))
        return [row[0] for row in rows]

    def count(self, most: int | None) -> int:
        """Up to the bound."""
        sql = f"SELECT count(*) FROM (SELECT 1 {self._from()} LIMIT ?)"  # noqa: S608
        return int(self.base.value(sql, self.words, self.low, self.high, *self.given, -1 if most is None else most))

    def _from(self) -> str:
        # CROSS: the index first, whatever else may be asked
        join = " CROSS JOIN documents d ON d.id=texts_fts.rowid" if " d." in self.condition else ""
        return f"FROM texts_fts{join} WHERE texts_fts MATCH ? AND texts_fts.rowid BETWEEN ? AND ?{self.condition}"


class ByField:
    """The entries of a field lead; their texts are looked into, no further back than is asked for."""

    def __init__(self, base: Base, terms: tuple[Term, ...], ids: list[int]) -> None:
        self.base = base
        self.found: list[int] = []
        self.rest = self._holding(terms, ids)

    def _holding(self, terms: tuple[Term, ...], ids: list[int]) -> Iterator[int]:
        columns = ", ".join(("document_id", *holding.FOLDED))
        for start in range(0, len(ids), _AT_ONCE):
            some = json.dumps(ids[start : start + _AT_ONCE])
            sql = f"SELECT {columns} FROM texts WHERE document_id IN (SELECT value FROM json_each(?)) ORDER BY document_id DESC"  # noqa: S608
            yield from (row["document_id"] for row in self.base.rows(sql, some) if holding.holds(row, terms))

    def newest(self, most: int) -> list[int]:
        """What was found is kept."""
        self.found += islice(self.rest, max(0, most - len(self.found)))
        return self.found[:most]

    def nearby(self, most: int) -> list[int]:
        """No text is looked into for it."""
        return self.found[:most]

    def narrower(self, *_: Any) -> list[int]:
        """None: the entries are few, and their tone marks looked at in their texts."""
        return []

    def count(self, most: int | None) -> int:
        """Up to the bound."""
        return len(self.newest(most if most is not None else FEW))
