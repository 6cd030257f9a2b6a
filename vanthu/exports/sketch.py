"""Trang vẽ bằng chữ: a document drawn with characters, as the cases of `tests/cases` have their pages (`tests/sketch.py` reads them)."""

from collections.abc import Iterable, Iterator, Sequence

from extractors._layout import Margins, Placed, margins
from extractors._zones import Zones, find
from models.document import Document, Word

Row = tuple[int, str]
"""Page number and line of the drawing."""

_INDENT = 0.02
_SURE = 0.995
_NEIGHBOURS = 3
"""Lines of the body drawn beside a header or a foot: its margins are measured on them."""


def draw(document: Document, part: str = "whole") -> str:
    """The pages; `part` "head" or "foot": only what stands there and a few lines of the body."""
    zones = find(document=document)
    edges = {page.number: margins([Placed(page, line) for line in page.lines]) for page in document.pages}
    rows = [*_columns([*zones.header_left], [*zones.header_right, *zones.stamp])]
    rows += [(line.page.number, f"^ {_text(line.line.words)}") for line in zones.title]
    rows += _lines(_text_lines(zones, part), edges)
    if part != "head":
        rows += _columns(zones.recipients, zones.signature)
    if part == "whole":
        rows += _lines(zones.annex, edges)
    return "\n".join(_pages(rows)) + "\n"


def _text_lines(zones: Zones, part: str) -> list[Placed]:
    """Addressees and body in the order in which they are read."""
    kept = zones.body[:_NEIGHBOURS] if part == "head" else zones.body[-_NEIGHBOURS:] if part == "foot" else zones.body
    return sorted([*zones.addressees, *kept], key=lambda p: p.line.start)


def _pages(rows: Iterable[Row]) -> Iterator[str]:
    before: int | None = None
    for page, row in rows:
        if before is not None and page > before:
            yield "==="
        before = max(page, before or page)
        yield row


def _columns(left: Sequence[Placed], right: Sequence[Placed]) -> Iterator[Row]:
    """Two columns, lines at one height in one row."""
    rest = sorted(right, key=lambda p: p.order)
    for line in sorted(left, key=lambda p: p.order):
        while rest and rest[0].order < line.order and not _level(line, rest[0]):
            over = rest.pop(0)
            yield over.page.number, f"|| {_text(over.line.words)}"
        beside = rest.pop(0) if rest and _level(line, rest[0]) else None
        yield line.page.number, f"{_text(line.line.words)} || {_text(beside.line.words) if beside else ''}".rstrip()
    for line in rest:
        yield line.page.number, f"|| {_text(line.line.words)}"


def _level(one: Placed, other: Placed) -> bool:
    a, b = one.line.box, other.line.box
    return one.page.number == other.page.number and min(a.bottom, b.bottom) - max(a.top, b.top) > 0.5 * min(a.height, b.height)


def _lines(lines: Iterable[Placed], edges: dict[int, Margins]) -> Iterator[Row]:
    for line in lines:
        edge = edges[line.page.number]
        if line.line.table is not None:
            cells = (_text(line.line.words[i:j]) for i, j in line.line.cells)
            yield line.page.number, f"| {' | '.join(cells)} |"
        else:
            mark = "> " if line.line.whole else "^ " if _centred(line, edge) else "> " if line.left > edge.left + _INDENT else ""
            yield line.page.number, mark + _text(line.line.words)


def _centred(line: Placed, edge: Margins) -> bool:
    return edge.centred(line) and line.right < edge.right - _INDENT


def _text(words: Iterable[Word]) -> str:
    return " ".join(word.text.replace("|", "¦") + (f"~{word.confidence:.2f}" if word.confidence < _SURE else "") for word in words)
