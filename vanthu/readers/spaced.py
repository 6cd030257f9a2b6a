"""Chữ giãn cách: text layers that give `N h ư  t r ê n` for `Như trên`, by wide spacing or by blanks between all letters."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from models.document import Box, Word

_SHORT, _LEAST = 2.2, 5
"""Letters a word up to which a line of so many words is taken for spaced: Vietnamese has over three."""

_APART, _WIDER = 0.12, 1.5
"""How much wider gaps between words are than those between letters: in heights of the line at least, and as a factor."""

_MOST_LETTERS, _MOST = 30, 0.2
"""Letters, and share of a page's, in lines whose words cannot be told, up to which its text layer is still read."""


def joined(words: Sequence[Word]) -> list[Word]:
    """The words in their order, the letters of spaced lines put together where their gaps tell which belong together."""
    done: list[Word] = []
    for line in _lines(words):
        limit = _limit(line) if _is_spaced(line) else None
        done += line if limit is None else _words(line, limit)
    return done


def remain(words: Sequence[Word]) -> bool:
    """True where much of a page consists of letters that stand apart and could not be joined."""
    letters = sum(len(w.text) for w in words)
    apart = sum(len(w.text) for line in _lines(words) if _is_spaced(line) for w in line)
    return apart > max(_MOST_LETTERS, _MOST * letters)


def _lines(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Words that follow each other to the right at one height."""
    line: list[Word] = []
    for word in words:
        if line and not _goes_on(line[-1].box, word.box):
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def _goes_on(before: Box, box: Box) -> bool:
    high = max(before.height, box.height)
    return abs(before.middle[1] - box.middle[1]) < 0.3 * high and -0.5 * high < box.left - before.right < 3 * high


def _is_spaced(line: Sequence[Word]) -> bool:
    text = "".join(w.text for w in line)
    return len(line) >= _LEAST and len(text) < _SHORT * len(line) and sum(c.isalpha() for c in text) > len(text) / 2


def _limit(line: Sequence[Word]) -> float | None:
    """The gap from which two letters belong to two words: between the two sizes of gaps; None where there is but one size."""
    gaps = sorted(b.box.left - a.box.right for a, b in pairwise(line))
    best, limit, means = -1.0, 0.0, (0.0, 0.0)
    for n in range(1, len(gaps)):
        small, large = sum(gaps[:n]) / n, sum(gaps[n:]) / (len(gaps) - n)
        parted = n * (len(gaps) - n) * (large - small) ** 2  # Otsu's: the variance between the two
        if parted > best:
            best, limit, means = parted, (gaps[n - 1] + gaps[n]) / 2, (small, large)
    high = max(w.box.height for w in line)
    return limit if means[1] - means[0] > _APART * high and means[1] > _WIDER * means[0] else None


def _words(line: Sequence[Word], limit: float) -> Iterator[Word]:
    word = [line[0]]
    for before, piece in pairwise(line):
        if piece.box.left - before.box.right > limit:
            yield _one(word)
            word = []
        word.append(piece)
    yield _one(word)


def _one(pieces: Sequence[Word]) -> Word:
    return replace(pieces[0], text="".join(p.text for p in pieces), box=Box.around([p.box for p in pieces]))
