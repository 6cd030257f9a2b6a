"""Văn bản as it was read: pages, lines, words with boxes; offsets point into `Document.text`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

Source = Literal["text", "ocr", "docx", "xlsx", "blank", "failed"]
MarkKind = Literal["received_stamp", "seal", "handwriting", "signature_banner"]


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """Rectangle in pixels of the page's stated size; right and bottom are exclusive."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Pixels across."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Pixels down."""
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        """Centre (x, y)."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @staticmethod
    def around(boxes: "Sequence[Box]") -> "Box":
        """The smallest box that holds all of `boxes` (at least one)."""
        return Box(min(b.left for b in boxes), min(b.top for b in boxes), max(b.right for b in boxes), max(b.bottom for b in boxes))


@dataclass(frozen=True, slots=True)
class Word:
    """Từ on the page: `confidence` 0–1.

    `bold` and `italic` are None where the source does not say; `raw` is the first reading where a correction changed it.
    """

    text: str
    box: Box
    confidence: float = 1.0
    start: int = -1
    bold: bool | None = None
    italic: bool | None = None
    raw: str | None = None

    @property
    def end(self) -> int:
        """Offset after the last character in `Document.text`."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Line:
    """Dòng: a printed line of one column, a whole paragraph (`whole`, from DOCX), or a table row.

    A table row has `table` (its number in the document) and `cells`: half-open ranges of word indexes, one a cell, in order;
    an empty cell is (i, i).
    """

    words: tuple[Word, ...]
    box: Box
    table: int | None = None
    cells: tuple[tuple[int, int], ...] = ()
    whole: bool = False
    start: int = -1
    end: int = -1

    @property
    def text(self) -> str:
        """Words parted by a blank; the cells of a table row by ` | `."""
        if self.table is None:
            return " ".join(w.text for w in self.words)
        return " | ".join(" ".join(w.text for w in self.words[i:j]) for i, j in self.cells)

    def cell_span(self, index: int) -> tuple[int, int] | None:
        """Offsets of a cell in `Document.text`, None where it is empty."""
        i, j = self.cells[index]
        return (self.words[i].start, self.words[j - 1].end) if j > i else None


@dataclass(frozen=True, slots=True)
class Mark:
    """What is not print: dấu ĐẾN, dấu, chữ viết tay, banner of a digital signature. Not part of `Document.text`."""

    kind: MarkKind
    box: Box
    text: str = ""
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Page:
    """Trang: `width`, `height` in pixels at `dpi`, after turning.

    `rotation`: degrees clockwise it was turned to stand upright; `skew`: degrees taken out; `notes`: message keys for people.
    Boxes are of the straightened page; `warp` (nine numbers, row by row) takes its pixels to those of the upright scan, which
    has the same size; empty where nothing was straightened.
    """

    number: int
    width: int
    height: int
    dpi: int
    source: Source
    lines: tuple[Line, ...] = ()
    marks: tuple[Mark, ...] = ()
    rotation: int = 0
    skew: float = 0.0
    notes: tuple[str, ...] = ()
    warp: tuple[float, ...] = ()

    def on_scan(self, box: Box) -> Box:
        """Where a box of the straightened page stands on the upright scan; its size is kept."""
        return _moved(box, self.warp) if self.warp else box

    def off_scan(self, box: Box) -> Box:
        """Where a box of the upright scan stands on the straightened page: `on_scan` the other way round."""
        if not self.warp:
            return box
        a, b, c, d, e, f, g, h, i = self.warp
        back = (e * i - f * h, c * h - b * i, b * f - c * e, f * g - d * i, a * i - c * g, c * d - a * f)
        return _moved(box, (*back, d * h - e * g, b * g - a * h, a * e - b * d))


def _moved(box: Box, matrix: Sequence[float]) -> Box:
    """A box of the same size, its middle taken along by nine numbers, row by row."""
    x, y = box.middle
    a, b, c, d, e, f, g, h, i = matrix
    scale = g * x + h * y + i
    left = round((a * x + b * y + c) / scale - box.width / 2)
    top = round((d * x + e * y + f) / scale - box.height / 2)
    return Box(left, top, left + box.width, top + box.height)


@dataclass(frozen=True, slots=True)
class Document:
    """Văn bản: `text` is its reading order, a line (or row) a line, pages parted by a form feed."""

    pages: tuple[Page, ...]
    text: str
    name: str = ""
    notes: tuple[str, ...] = field(default=())

    @staticmethod
    def assemble(pages: Sequence[Page], name: str = "", notes: tuple[str, ...] = ()) -> "Document":
        """Set the offsets of all lines and words of `pages`, and the text they point into."""
        parts: list[str] = []
        at = 0
        placed = []
        for number, page in enumerate(pages):
            if number:
                parts.append("\f")
                at += 1
            lines = []
            for line in page.lines:
                lines.append(_place(line, at))
                text = line.text + "\n"
                parts.append(text)
                at += len(text)
            placed.append(replace(page, lines=tuple(lines)))
        return Document(tuple(placed), "".join(parts), name, notes)

    @property
    def numbers(self) -> tuple[int, ...]:
        """Numbers of the pages, in reading order."""
        return tuple(page.number for page in self.pages)

    def lines(self) -> Iterator[tuple[Page, Line]]:
        """All lines in reading order with their pages."""
        for page in self.pages:
            for line in page.lines:
                yield page, line

    def words_between(self, start: int, end: int) -> list[tuple[Page, Word]]:
        """Words that `text[start:end]` touches."""
        return [
            (page, word)
            for page in self.pages
            if page.lines and page.lines[0].start < end and start < page.lines[-1].end
            for line in page.lines
            if line.start < end and start < line.end
            for word in line.words
            if word.start < end and start < word.end
        ]

    def locate(self, start: int, end: int) -> tuple[int, Box] | None:
        """(page number, box) of `text[start:end]`; of its first page where it runs over a page break."""
        found = self.words_between(start, end)
        if not found:
            return None
        page = found[0][0].number
        return page, Box.around([word.box for p, word in found if p.number == page])


def _place(line: Line, at: int) -> Line:
    words = list(line.words)
    ranges = line.cells if line.table is not None else ((0, len(words)),)
    start = at
    for n, (i, j) in enumerate(ranges):
        if n:
            at += 3
        for k in range(i, j):
            words[k] = replace(words[k], start=at)
            at += len(words[k].text) + (k < j - 1)
    return replace(line, words=tuple(words), start=start, end=start + len(line.text))
