"""Pages drawn with characters, as documents that extractors can read.

A line `LEFT || RIGHT` stands in two columns, `^ text` in the middle, `> text` begins an indented paragraph, `| a | b |` is a table row,
`===` parts pages; any other line begins at the left margin. `word~0.4` is a word read with that confidence. `[b]` before a text
says that it is bold, `[n]` that it is not.
"""

import re
from collections.abc import Iterator

from models.document import Box, Document, Line, Mark, Page, Source, Word

WIDTH, HEIGHT, STEP, LETTER = 1654, 2339, 32, 15.5  # A4 at 200 dpi
_MARGIN, _INDENT, _RIGHT = 236, 315, 1537
_COLUMNS = (512, 1164)  # centres of the header's columns


def document(page: str, source: Source = "text", marks: tuple[Mark, ...] = ()) -> Document:
    """The pages of a sketch."""
    pages = [
        Page(n, WIDTH, HEIGHT, 200, source, tuple(_lines(text.splitlines())), marks if n == 1 else ())
        for n, text in enumerate(re.split(r"(?m)^===\n", page), 1)
    ]
    return Document.assemble(pages, "sketch.pdf")


def _lines(rows: list[str]) -> Iterator[Line]:
    """Lines in reading order: of neighbouring two-column rows the left column first."""
    right: list[Line] = []
    for at, row in enumerate(rows):
        top = 150 + at * STEP
        if "||" in row:
            first, second = (part.strip() for part in row.split("||"))
            if first:
                yield _centred(first, _COLUMNS[0], top)
            if second:
                right.append(_centred(second, _COLUMNS[1], top))
            continue
        yield from right
        right = []
        if row.strip():
            yield _single(row, top)
    yield from right


def _single(row: str, top: int) -> Line:
    if row.startswith("^ "):
        return _centred(row[2:], (_MARGIN + _RIGHT) // 2, top)
    if row.startswith("| "):
        return _table(row, top)
    return _at(row[2:], _INDENT, top) if row.startswith("> ") else _at(row, _MARGIN, top)


def _centred(text: str, centre: int, top: int) -> Line:
    return _at(text, int(centre - LETTER * len(re.sub(r"~[\d.]+", "", text)) / 2), top)


def _at(text: str, left: int, top: int) -> Line:
    words = []
    x = float(left)
    bold = {"[b]": True, "[n]": False}.get(text[:3])
    for token in (text if bold is None else text[3:]).split():
        printed, _, sure = token.partition("~") if re.search(r"~[\d.]+$", token) else (token, "", "")
        words.append(Word(printed, Box(int(x), top, int(x + LETTER * len(printed)), top + 26), float(sure or 1), bold=bold))
        x += LETTER * (len(printed) + 1)
    return Line(tuple(words), Box.around([w.box for w in words]))


def _table(row: str, top: int) -> Line:
    cells = [cell.strip() for cell in row.strip().strip("|").split("|")]
    words: list[Word] = []
    ranges = []
    wide = (_RIGHT - _MARGIN) // len(cells)
    for n, cell in enumerate(cells):
        held = _at(cell, _MARGIN + n * wide, top).words if cell else ()
        ranges.append((len(words), len(words) + len(held)))
        words += held
    return Line(tuple(words), Box(_MARGIN, top, _RIGHT, top + 26), 0, tuple(ranges))
