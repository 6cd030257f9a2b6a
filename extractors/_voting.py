"""Các lần đọc: a name that stands several times in a document, or in the lexicon, is read better than one that stands once."""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from extractors._layout import Placed
from extractors._lexicon import table
from models.document import Document
from models.text import fold, one_line

_SURE = 0.93
_TAIL = re.compile(r"(?<= )[^\W\d_a-zà-ỹđ][^\W\d_]*(?: [^\W\d_a-zà-ỹđ][^\W\d_]*){1,3}$")


@cache
def _places() -> dict[str, str]:
    return {fold(row["name"]): row["name"] for row in table("places")}


def settle(document: Document, name: str, sure: float) -> tuple[str, float]:
    """The name as most of its readings in the document have it, and how sure that is.

    A name read for certain stays; one in the list of provinces and towns takes its spelling from there.
    """
    if sure >= _SURE:
        return name, sure
    known = _places().get(re.sub(r"\s*-\s*", " - ", fold(name)))
    if known:
        return known, max(sure, 0.9)
    votes: dict[str, float] = defaultdict(float)
    for match in re.finditer(rf"(?<!\w){re.escape(fold(name))}(?!\w)", fold(document.text)):
        reading = one_line(document.text[match.start() : match.end()])
        words = document.words_between(match.start(), match.end())
        if reading[:1].isupper() and not reading.isupper():
            votes[reading] += sum(w.confidence for _, w in words) / max(len(words), 1)
    if not votes:
        return name, sure
    best = max(votes, key=lambda r: votes[r])
    return best, max(sure, min(0.95, votes[best] / sum(votes.values())) if votes[best] > 1.2 else sure)


def settle_tail(document: Document, name: str, lines: Sequence[Placed]) -> str:
    """A body's name with the place at its end as most of the document's readings have it."""
    tail = _TAIL.search(name)
    if tail is None:
        return name
    sure = min((w.confidence for w in lines[-1].line.words), default=1.0)
    return name[: tail.start()] + settle(document, tail[0], sure)[0]
