"""Chức danh dưới con dấu: lines of a signature block of which a black seal has taken letters, mended by the form that such blocks have.

Who signs KT. (ký thay) for an officer is that officer's deputy, and says so in the next line of capitals (Decree 30/2020, Annex I): the
rest of a title that stands there tells which. What was read stays as `raw`; where no letter of a line was read, none is made up.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from rapidfuzz import fuzz

from extractors import _lexicon as lexicon
from models.document import Box, Line, Word
from models.text import fold
from vanthu.ocr.widths import advance

_BELOW = 6
"""Heights of a line within which the deputy's title stands under the officer's."""

_LIKE, _LEAST = 66, 4
"""Likeness in percent, or letters in common at the end, from which a line is what is left of a title."""

_CONFIDENCE = 0.8

_RIGHT = 0.34
"""Share of the page's width from which signature blocks begin."""


@cache
def _deputies() -> dict[tuple[str, ...], str]:
    """Titles by their folded words, with the deputy's title."""
    return {tuple(fold(row["title"]).split()): row["deputy"] for row in lexicon.table("titles") if row["deputy"]}


@cache
def _titles() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(fold(row["title"]).split()) for row in lexicon.table("titles"))


def mended(lines: Sequence[Line], width: int) -> tuple[Line, ...]:
    """The lines of a page with such titles whole."""
    done = list(lines)
    for n, line in enumerate(lines):
        at = _title_at(line, width)
        if at is None:
            continue
        deputy = _deputies()[_folded(line)[at:]]
        below = next(_capitals_below(lines, n), None)
        broken = below is not None and _is_rest(lines[below], deputy)
        before = _letters(line.words[at - 1].text)
        # Where nothing is left of KT. it is the deputy's title that says that it stood there.
        if before in ("kt", "t", "k") or (not before and below is not None and (broken or _letters(lines[below].text) == _letters(deputy))):
            done[n] = _by_authority(line, at)
            if below is not None and broken:
                done[below] = _printed(lines[below], deputy, done[n].box)
    return tuple(done)


def _folded(line: Line) -> tuple[str, ...]:
    return tuple(fold(word.text).strip(".,:;") for word in line.words)


def _title_at(line: Line, width: int) -> int | None:
    """The word with which an officer's title begins that ends a line of a signature block; something stands before it."""
    if line.table is not None or line.box.left < _RIGHT * width:
        return None
    words = _folded(line)
    return next((n for n in range(1, len(words)) if words[n:] in _deputies()), None)


def _by_authority(line: Line, at: int) -> Line:
    """The line as `KT. …`, without what stands before that."""
    first = line.words[at - 1]
    if _letters(first.text) != "kt":
        first = replace(first, text="KT.", raw=first.raw or first.text, confidence=min(first.confidence, _CONFIDENCE))
    kept = (first, *line.words[at:])
    return line if kept == line.words else replace(line, words=kept, box=Box.around([word.box for word in kept]))


def _letters(text: str) -> str:
    return "".join(c for c in fold(text) if c.isalpha())


def _capitals_below(lines: Sequence[Line], n: int) -> Iterator[int]:
    """The next lines under a line that hold a word in capitals and stand in its column."""
    own = lines[n].box
    for at in range(n + 1, min(n + 6, len(lines))):
        box, text = lines[at].box, lines[at].text
        if not 0 < box.top - own.top < _BELOW * own.height or box.right < own.left or box.left > own.right:
            continue
        letters = [c for c in text if c.isalpha()]
        if lines[at].table is None and len(letters) >= _LEAST and sum(c.isupper() for c in letters) > 0.8 * len(letters):
            yield at


def _is_rest(line: Line, title: str) -> bool:
    """True for what a seal has left of the title; a line that has it whole, or another title, needs nothing."""
    read, whole = _letters(line.text), _letters(title)
    if whole in read or tuple(fold(line.text).split()) in _titles():
        return False
    tail = next((n for n in range(min(len(read), len(whole)), 0, -1) if read[-n:] == whole[-n:]), 0)
    return tail >= _LEAST or (len(read) <= len(whole) and fuzz.ratio(read, whole) >= _LIKE)


def _printed(line: Line, title: str, above: Box) -> Line:
    """The title as words, set under the middle of the line above as such blocks are."""
    parts = title.split()
    em = line.box.height / 0.9
    width = min(round(advance(title) * em), 2 * above.width)
    left = max(0, round(above.middle[0] - width / 2))
    words, at = [], 0.0
    for part in parts:
        box = Box(left + round(width * at), line.box.top, left + round(width * (at + advance(part) / advance(title))), line.box.bottom)
        words.append(Word(part, box, min(_CONFIDENCE, min(w.confidence for w in line.words)), raw=line.text))
        at += advance(part + " ") / advance(title)
    return replace(line, words=tuple(words), box=Box.around([word.box for word in words]))
