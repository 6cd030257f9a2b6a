"""Xếp hạng: which of the entries that have all the words come first, in a time that does not grow with the register.

Where the words are rare, SQLite's own bm25 ranks them all. It counts for each word every entry that has it, though, a fifth of a second
for a hundred thousand, and Vietnamese is written in syllables of which many stand everywhere. Past a bound, the newest entries, and those
of late that have the words in subject or code or with the very tone marks, are ranked here by the same ideas; what is beyond them follows
by its age.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from vanthu.register.connection import Base
from vanthu.register.query import Term

WEIGHTS = {"code": 12.0, "subject": 6.0, "issuer": 3.0, "names": 1.5, "body": 1.0, "marked": 0.0}
"""How much a word counts by where it stands, in the order of the index's columns."""

RARE = 3000
"""Entries with a word up to which bm25 may count them."""
FEW = 3000
"""Entries that a condition leaves, up to which they are named one by one."""
POOL = 400
"""Newest entries that are ranked where words are common."""
_FAVOURED = 100
_OF_LATE = 100_000
"""Favoured ones (words in subject, code; tone marks) are looked for among so many newest entries."""
_BESIDE = 3.0
_HEADS = ("code", "subject", "issuer", "names")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for, in the index's language: all terms, the same to rank by bm25, with tone marks (""), in subject or code; a
    condition on `documents d` (None: no other) and its values; `joined` False: it asks the index alone."""

    everything: str
    ranked: str
    exact: str
    in_head: str
    terms: tuple[Term, ...]
    condition: str | None
    given: tuple[Any, ...]
    joined: bool = True


def narrowed(base: Base, asked: Asked) -> Asked | None:
    """The same with the few entries that the condition leaves named by their ids, so that the words of all others need not be looked at;
    None where it leaves none."""
    if asked.condition is None or "EXISTS" in asked.condition:  # items of each entry: only those with the words are worth asking
        return asked
    few = [row["id"] for row in base.rows(f"SELECT d.id FROM documents d WHERE {asked.condition} LIMIT ?", *asked.given, FEW + 1)]  # noqa: S608
    if len(few) > FEW:
        return asked
    named = "texts_fts.rowid BETWEEN ? AND ? AND +texts_fts.rowid IN (SELECT value FROM json_each(?))"  # +: one walk, not one for each id
    return replace(asked, condition=named, given=(min(few), max(few), json.dumps(few)), joined=False) if few else None


def ids(base: Base, asked: Asked, limit: int, offset: int) -> list[int]:
    """Ids of a page of entries, best first."""
    narrow = narrowed(base, asked)
    if narrow is None:
        return []
    asked = narrow
    if all(_is_rare(base, term) for term in asked.terms):
        return _by_bm25(base, asked, limit, offset)
    pool = _matches(base, asked, asked.everything, POOL)
    best = _ranked(base, asked, _favoured(base, asked, pool) if len(pool) == POOL else pool)
    page = best[offset : offset + limit]
    if len(page) < limit and len(pool) == POOL:
        page += _older(base, asked, best, limit - len(page), max(0, offset - len(best)))
    return page


def count(base: Base, asked: Asked) -> int:
    """How many entries there are in all."""
    narrow = narrowed(base, asked)
    return int(base.value(f"SELECT count(*) {_from(narrow)}", narrow.everything, *narrow.given)) if narrow else 0


def _is_rare(base: Base, term: Term) -> bool:
    words = f'"{term.folded}"' if not term.prefix else f'"{term.folded}" *'
    sql = "SELECT count(*) FROM (SELECT 1 FROM texts_fts WHERE texts_fts MATCH ? LIMIT ?)"
    return int(base.value(sql, words.replace("_", " "), RARE)) < RARE


def _from(asked: Asked) -> str:
    join = " JOIN documents d ON d.id=texts_fts.rowid" if asked.condition and asked.joined else ""
    return f"FROM texts_fts{join} WHERE texts_fts MATCH ? AND {asked.condition or '1'}"


def _by_bm25(base: Base, asked: Asked, limit: int, offset: int) -> list[int]:
    weights = ", ".join(map(str, WEIGHTS.values()))
    exact = "texts_fts.rowid IN (SELECT rowid FROM texts_fts WHERE texts_fts MATCH ?)" if asked.exact else "? IS NULL"
    rows = base.rows(
        f"""SELECT texts_fts.rowid AS id, {exact} AS exact, bm25(texts_fts, {weights}) AS score {_from(asked)}
            ORDER BY exact DESC, score, texts_fts.rowid DESC LIMIT ? OFFSET ?""",
        asked.exact or None,
        asked.ranked,
        *asked.given,
        limit,
        offset,
    )
    return [row["id"] for row in rows]


def _matches(base: Base, asked: Asked, words: str, most: int, after: int = 0) -> list[int]:
    """Newest first."""
    sql = f"SELECT texts_fts.rowid AS id {_from(asked)} AND texts_fts.rowid>? ORDER BY texts_fts.rowid DESC LIMIT ?"
    return [row["id"] for row in base.rows(sql, words, *asked.given, after, most)]


def _favoured(base: Base, asked: Asked, pool: list[int]) -> list[int]:
    after = max(0, pool[0] - _OF_LATE)
    more = [*_matches(base, asked, asked.in_head, _FAVOURED, after)]
    if asked.exact:
        more += _matches(base, asked, f"{asked.exact} AND {asked.everything}", _FAVOURED, after)
    return list(dict.fromkeys([*pool, *more]))


def _older(base: Base, asked: Asked, known: Sequence[int], limit: int, offset: int) -> list[int]:
    shown = set(known)
    wanted = _matches(base, asked, asked.everything, len(known) + offset + limit)
    return [id_ for id_ in wanted if id_ not in shown][offset : offset + limit]


def _ranked(base: Base, asked: Asked, pool: Sequence[int]) -> list[int]:
    if not pool:
        return []
    columns = ", ".join(("document_id", *_HEADS, "body"))
    rows = base.rows(f"SELECT {columns} FROM texts WHERE document_id IN ({', '.join('?' * len(pool))})", *pool)  # noqa: S608
    exact = set(_within(base, asked, min(pool), max(pool))) if asked.exact else set()
    words = [term.folded for term in asked.terms]
    scores = {row["document_id"]: (row["document_id"] in exact, _score(words, row), row["document_id"]) for row in rows}
    return sorted(scores, key=lambda id_: scores[id_], reverse=True)


def _within(base: Base, asked: Asked, low: int, high: int) -> list[int]:
    rows = base.rows("SELECT rowid FROM texts_fts WHERE texts_fts MATCH ? AND rowid BETWEEN ? AND ?", asked.exact, low, high)
    return [row["rowid"] for row in rows]


def _score(words: Sequence[str], row: dict[str, Any]) -> float:
    """Where the words stand, how often in the text, and how often side by side; a long text counts less for each."""
    heads = [(WEIGHTS[name], f" {row[name]} ".replace("\n", " ").replace(",", " ")) for name in _HEADS]
    body = row["body"]
    length = 1 + len(body) / 4000
    total = 0.0
    for plain in words:
        word = f" {plain} "
        total += sum(weight for weight, text in heads if word in text)
        total += math.log1p(body.count(word) / length)
    for one, two in pairwise(words):
        pair = f"{one} {two}"
        total += _BESIDE * (math.log1p(body.count(pair) / length) + sum(weight for weight, text in heads if f" {pair} " in text) / 3)
    return total
