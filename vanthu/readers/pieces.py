"""Dòng in: words that stand side by side, cut into pieces where a gap parts columns."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from models.document import Box, Line, Word
from models.text import fold

GAP = 0.04
"""A gap wider than this share of the page width parts columns."""

_RIGHT_HEADER = (("cong", "hoa"), ("dang", "cong"), ("doc", "lap"))


@dataclass(frozen=True, slots=True)
class Piece:
    """A printed line or the part of it that stands in one column; or a table with its `rows`."""

    words: tuple[Word, ...]
    box: Box
    rows: tuple[Line, ...] = field(default=())

    @property
    def folded(self) -> str:
        """Its text without tone marks."""
        return fold(" ".join(w.text for w in self.words))


def printed_lines(words: Sequence[Word]) -> list[list[Word]]:
    """Words that stand side by side, from left to right, the highest line first."""
    found: list[tuple[Box, list[Word]]] = []
    for word in sorted(words, key=lambda w: (w.box.middle[1], w.box.left)):
        best, share = None, 0.0
        for n in range(max(0, len(found) - 12), len(found)):
            overlap = _shared(_near(found[n][1], word), word.box)
            if overlap > max(0.5, share) and not _covers(found[n][1], word):
                best, share = n, overlap
        if best is None:
            found.append((word.box, [word]))
        else:
            found[best] = (Box.around([found[best][0], word.box]), [*found[best][1], word])
    found.sort(key=lambda line: line[0].middle[1])
    return [sorted(line, key=lambda w: w.box.left) for _, line in found]


def _near(line: list[Word], word: Word) -> Box:
    """The box of the word of the line that stands nearest: lines may run a little uphill."""
    return min((w.box for w in line), key=lambda b: min(abs(b.right - word.box.left), abs(word.box.right - b.left)))


def _covers(line: list[Word], word: Word) -> bool:
    return any(min(w.box.right, word.box.right) - max(w.box.left, word.box.left) > 0.5 * min(w.box.width, word.box.width) for w in line)


def _shared(a: Box, b: Box) -> float:
    overlap = min(a.bottom, b.bottom) - max(a.top, b.top)
    return overlap / max(1, min(a.height, b.height))


def cut(line: Sequence[Word], width: int) -> list[Piece]:
    """A printed line cut where a gap parts columns, and before the national motto."""
    pieces: list[list[Word]] = [[]]
    for n, word in enumerate(line):
        if pieces[-1]:
            gap = word.box.left - pieces[-1][-1].box.right
            if gap > GAP * width or (gap > 0.9 * word.box.height and _begins_motto(line[n : n + 2])):
                pieces.append([])
        pieces[-1].append(word)
    return [Piece(tuple(p), Box.around([w.box for w in p])) for p in pieces if p]


def _begins_motto(pair: Sequence[Word]) -> bool:
    return tuple(fold(w.text) for w in pair) in _RIGHT_HEADER
