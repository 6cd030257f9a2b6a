"""Bố cục: where a line stands on its page, as fractions of the page, and which lines are no text of the document."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from extractors._patterns import BULLET, letters
from models.document import Box, Document, Line, Page, Word
from models.text import fold


class Placed(NamedTuple):
    """A line with its page."""

    page: Page
    line: Line

    @property
    def text(self) -> str:
        """The line's text."""
        return self.line.text

    @property
    def left(self) -> float:
        """Left edge, fraction of the page's width."""
        return self.line.box.left / max(self.page.width, 1)

    @property
    def right(self) -> float:
        """Right edge, fraction of the page's width."""
        return self.line.box.right / max(self.page.width, 1)

    @property
    def middle(self) -> float:
        """Centre across, fraction of the page's width."""
        return (self.left + self.right) / 2

    @property
    def top(self) -> float:
        """Upper edge, fraction of the page's height."""
        return self.line.box.top / max(self.page.height, 1)

    @property
    def order(self) -> tuple[int, int, int]:
        """Reading order: page, upper edge, left edge."""
        return self.page.number, self.line.box.top, self.line.box.left

    @property
    def confidence(self) -> float:
        """Mean of the words' confidences, by length."""
        total = sum(len(w.text) for w in self.line.words)
        return sum(w.confidence * len(w.text) for w in self.line.words) / total if total else 0.0


class Margins(NamedTuple):
    """Edges of the text area of a page, fractions of its width."""

    left: float
    right: float

    def centred(self, line: Placed, slack: float = 0.025) -> bool:
        """True where the line stands in the middle and begins well inside the margin."""
        return abs(line.middle - (self.left + self.right) / 2) <= slack and line.left > self.left + 0.02


USUAL = Margins(0.143, 0.929)  # 30 mm and 15 mm of A4 (Decree 30/2020, Annex I)

_FOLIO = re.compile(r"^[-–—.\s]*(?:trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?[-–—.\s]*$", re.IGNORECASE)


VOUCHED = 0.5  # what is read with less is as often dirt as print
_SIGNED = re.compile(r"^\W*(nguoi ky|email|co quan|thoi gian ky|ky boi|ky ngay|ngay ky|digitally signed|signed by|date)\b\s*:?")
_MARK_OF_ITS_OWN = 0.6  # a mark without letters that was read with less is a speck


def placed(document: Document) -> tuple[Placed, ...]:
    """All lines of the document's text; page numbers, and specks read as marks, left out."""
    lines = (_without_specks(Placed(page, line)) for page, line in document.lines())
    first = document.pages[0].number if document.pages else 1  # a document of a stack begins anywhere in its file
    return tuple(p for p in lines if letters(p.text) and not (_folio(p) or _scrawl(p) or _banner(p, first)))


def _scrawl(line: Placed) -> bool:
    """A few letters that nothing vouches for: seal, signature, dirt."""
    return line.page.source == "ocr" and line.line.table is None and len(line.text) < 9 and line.confidence < VOUCHED


def _banner(line: Placed, first: int) -> bool:
    """A line of the digital signature's banner over the page (Decree 30/2020, Annex I, box 14)."""
    return line.page.number == first and line.top < 0.07 and bool(_SIGNED.match(fold(line.text)))


def _without_specks(line: Placed) -> Placed:
    words = line.line.words
    if line.line.table is not None or line.page.source != "ocr":
        return line
    first, last = 0, len(words)
    while first < last and _speck(words[first]) and not BULLET.match(words[first].text):
        first += 1
    while last > first and _speck(words[last - 1]):
        last -= 1
    return line if last - first in (0, len(words)) else part(line, first, last)


def _speck(word: Word) -> bool:
    return not letters(word.text) and word.confidence < _MARK_OF_ITS_OWN


def _folio(line: Placed) -> bool:
    return line.line.table is None and not line.line.whole and (line.top < 0.085 or line.top > 0.92) and bool(_FOLIO.match(line.text))


def margins(lines: Sequence[Placed]) -> Margins:
    """Text area of the page that `lines` stand on, by its long lines; the usual one where there are none."""
    wide = [p for p in lines if p.right - p.left > 0.55 and p.line.table is None]
    if len(wide) < 2:
        return USUAL
    lefts, rights = sorted(p.left for p in wide), sorted(p.right for p in wide)
    return Margins(lefts[len(lefts) // 10], rights[-1 - len(rights) // 10])


def part(line: Placed, first: int, last: int) -> Placed:
    """Words `first` to `last` (exclusive) of a line as a line of its own, offsets kept."""
    words = line.line.words[first:last]
    return Placed(
        line.page,
        replace(
            line.line, words=words, box=Box.around([w.box for w in words]), table=None, cells=(), start=words[0].start, end=words[-1].end
        ),
    )


def cut_columns(lines: Iterable[Placed], split: float) -> list[Placed]:
    """The two columns of a header or foot parted where recognition has joined them; cells of a layout table become lines."""
    out: list[Placed] = []
    for line in lines:
        if line.line.table is not None:
            out += [part(line, i, j) for i, j in line.line.cells if j > i]
        elif at := _seam(line, split):
            out += [part(line, 0, at), part(line, at, len(line.line.words))]
        else:
            out.append(line)
    return out


def _seam(line: Placed, split: float) -> int | None:
    """Index of the word that opens the right column, where a gap near the middle is wider than any other."""
    words, width = line.line.words, max(line.page.width, 1)
    if len(words) < 2 or line.left > split - 0.08 or line.right < split + 0.08:
        return None
    gaps = [(b.box.left - a.box.right, i + 1) for i, (a, b) in enumerate(pairwise(words))]
    near = [(gap, i) for gap, i in gaps if abs((words[i - 1].box.right + words[i].box.left) / 2 / width - split) < 0.1]
    if not near:
        return None
    gap, index = max(near)
    usual = sorted(g for g, _ in gaps)[len(gaps) // 2]
    return index if gap > max(0.012 * width, 1.8 * usual) else None


def rejoined(column: Sequence[Placed]) -> list[Placed]:
    """Pieces of one row in a column made one line: `Số:` and `/TB-UBND` with room between them for the number."""
    out: list[Placed] = []
    for line in column:
        before = out[-1] if out else None
        if (
            before
            and line.line.start == before.line.end + 1
            and abs(line.line.box.middle[1] - before.line.box.middle[1]) < 0.4 * line.line.box.height
        ):
            words = (*before.line.words, *line.line.words)
            box = Box.around([before.line.box, line.line.box])
            out[-1] = Placed(line.page, replace(line.line, words=words, box=box, start=before.line.start))
        else:
            out.append(line)
    return out
