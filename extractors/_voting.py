"""Các lần đọc: a name that stands several times in a document, or in the lexicon, is read better than one that stands once."""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from extractors._layout import Placed
from extractors._lexicon import table
from extractors._patterns import letters
from models.document import Document, Word
from models.text import fold, one_line

_SURE = 0.93
_TAIL = re.compile(r"(?<= )[^\W\d_a-zà-ỹđ][^\W\d_]*(?: [^\W\d_a-zà-ỹđ][^\W\d_]*){1,3}$")


@cache
def _places() -> dict[str, str]:
    return {letters(row["name"]): row["name"] for row in table("places")}


def settle(document: Document, name: str, sure: float) -> tuple[str, float]:
    """The name as most of its readings in the document have it, and how sure that is.

    A name read for certain stays; one in the list of provinces and towns takes its spelling from there.
    """
    if sure >= _SURE:
        return name, sure
    known = _places().get(letters(name))
    if known:
        return known, max(sure, 0.9)
    best, share = _best_reading(document, name)
    return (best, max(sure, share)) if best else (name, sure)


def _best_reading(document: Document, name: str) -> tuple[str | None, float]:
    """The spelling of a name that most of its readings in mixed case have, and how sure it is; None where it stands nowhere."""
    votes: dict[str, float] = defaultdict(float)
    for match in re.finditer(rf"(?<!\w){re.escape(fold(name))}(?!\w)", fold(document.text)):
        reading = one_line(document.text[match.start() : match.end()])
        words = document.words_between(match.start(), match.end())
        if reading[:1].isupper() and not reading.isupper():
            votes[reading] += sum(w.confidence for _, w in words) / max(len(words), 1)
    if not votes:
        return None, 0.0
    best = max(votes, key=lambda r: votes[r])
    return best, min(0.95, votes[best] / sum(votes.values())) if votes[best] > 1.2 else 0.0


def settle_tail(document: Document, name: str, lines: Sequence[Placed]) -> str:
    """A body's name with the place at its end as most of the document's readings have it."""
    sure = min((w.confidence for line in lines for w in line.line.words), default=1.0)
    words = [w for line in lines for w in line.line.words]
    if sure < _SURE and len(words) != len(name.split()):
        whole, share = _best_reading(document, name)
        if whole and share:
            return name[:1] + whole[1:]
    tail = _TAIL.search(name)
    if tail is None or sure >= _SURE:
        return name
    known = _places().get(letters(tail[0]))
    if known:
        return name[: tail.start()] + known
    return _word_by_word(document, name, words)


def _word_by_word(document: Document, name: str, words: Sequence[Word]) -> str:
    """The name with each doubtful word as most of its readings have it, its own among them, each by how sure it is."""
    parts = name.split()
    if len(parts) != len(words):
        return name
    settled = parts[:1]
    for before, part, word in zip(parts, parts[1:], words[1:], strict=False):
        votes = readings(document, before, part) if word.confidence < _SURE else {}
        votes[part.lower()] = votes.get(part.lower(), 0.0) + word.confidence
        best = max(votes, key=lambda reading: votes[reading])
        settled.append(part if best == part.lower() else best[:1].upper() + best[1:] if part[:1].isupper() else best)
    return " ".join(settled)


def readings(document: Document, before: str, part: str) -> dict[str, float]:
    """Spellings of a word after another in the document's mixed-case text, each with the sum of its readings' confidences."""
    found: dict[str, float] = {}
    for match in re.finditer(rf"(?<!\w){re.escape(fold(before))}\s+({re.escape(fold(part))})(?!\w)", fold(document.text)):
        reading = document.text[match.start(1) : match.end(1)]
        if not document.text[match.start() : match.end()].isupper():
            sure = (word.confidence for _, word in document.words_between(match.start(1), match.end(1)))
            found[reading.lower()] = found.get(reading.lower(), 0.0) + max(sure, default=0.0)
    return found
