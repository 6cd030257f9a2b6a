"""Xếp hạng: which of the entries that have all the words come first, in a time that does not grow with the register.

SQLite's own bm25 counts for each word every entry that has it, a fifth of a second for a hundred thousand, and Vietnamese is written
in syllables of which many stand everywhere. So the newest entries, and those of late that have the words in subject or code or with the
very tone marks, are ranked here by the same ideas; what is beyond them follows by its age.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from vanthu.register import holding, leading
from vanthu.register.connection import Base

WEIGHTS = {"code": 12.0, "subject": 6.0, "issuer": 3.0, "names": 1.5}
"""How much a word counts by where it stands besides the text."""

POOL = 200
"""Newest entries that are ranked."""
_FAVOURED = 100
_NEARBY = 1000
"""Those with the words in subject or code are favoured, among so many newest ones that are found. The index is not asked for them: it
goes through the whole register where there are none."""
_OF_LATE = 50_000
"""Those with the very tone marks are favoured, among so many newest entries."""
_BESIDE = 3.0


@dataclass(frozen=True, slots=True)
class Page:
    """Ids of a page of entries, best first, and how many there are in all, counted up to the bound that was given."""

    ids: list[int]
    total: int


def page(base: Base, asked: leading.Asked, limit: int, offset: int, most: int | None = None) -> Page:
    """A page, and how many there are in all; with `most` counted only up to there."""
    lead = leading.lead(base, asked)
    if lead is None:
        return Page([], 0)
    pool = lead.newest(POOL + 1)
    if len(pool) <= POOL:
        return Page(_ranked(base, asked, pool)[offset : offset + limit], len(pool))
    best = _ranked(base, asked, _favoured(base, lead, asked, pool[:POOL]))
    ids = best[offset : offset + limit]
    if len(ids) < limit:
        ids += _older(lead, best, limit - len(ids), max(0, offset - len(best)))
    return Page(ids, lead.count(most))


def count(base: Base, asked: leading.Asked, most: int | None = None) -> int:
    """How many entries there are in all, counted up to a bound."""
    lead = leading.lead(base, asked)
    return lead.count(most) if lead else 0


def _favoured(base: Base, lead: leading.Lead, asked: leading.Asked, pool: list[int]) -> list[int]:
    near = json.dumps(lead.nearby(_NEARBY)[POOL:])
    sql = "SELECT document_id, code, subject FROM texts WHERE document_id IN (SELECT value FROM json_each(?)) ORDER BY document_id DESC"
    more = [row["document_id"] for row in base.rows(sql, near) if holding.holds(row, asked.terms, holding.HEAD)][:_FAVOURED]
    if asked.exact:
        more += lead.narrower(asked.exact, _FAVOURED, max(0, pool[0] - _OF_LATE))
    return list(dict.fromkeys([*pool, *more]))


def _older(lead: leading.Lead, known: Sequence[int], limit: int, offset: int) -> list[int]:
    shown = set(known)
    wanted = lead.newest(len(known) + offset + limit)
    return [id_ for id_ in wanted if id_ not in shown][offset : offset + limit]


def _ranked(base: Base, asked: leading.Asked, pool: Sequence[int]) -> list[int]:
    if not pool:
        return []
    columns = ", ".join(("document_id", *holding.FOLDED, *(("marked",) if asked.exact else ())))
    rows = base.rows(f"SELECT {columns} FROM texts WHERE document_id IN ({', '.join('?' * len(pool))})", *pool)  # noqa: S608
    words = [term.folded for term in asked.terms]
    scores = {row["document_id"]: (holding.as_typed(row, asked.terms), _score(words, row), row["document_id"]) for row in rows}
    return sorted(scores, key=lambda id_: scores[id_], reverse=True)


def _score(words: Sequence[str], row: dict[str, Any]) -> float:
    """Where the words stand, how often in the text, and how often side by side; a long text counts less for each."""
    heads = [(weight, row[name]) for name, weight in WEIGHTS.items()]
    body = row["body"]
    length = 1 + len(body) / 4000
    total = 0.0
    for word in words:
        total += sum(weight for weight, text in heads if holding.stands(text, word))
        total += math.log1p(body.count(f" {word} ") / length)
    for one, two in pairwise(words):
        pair = f"{one} {two}"
        total += _BESIDE * (math.log1p(body.count(pair) / length) + sum(weight for weight, text in heads if holding.stands(text, pair)) / 3)
    return total
