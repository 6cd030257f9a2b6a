"""Hai trang trên một ảnh: the two pages of an open book, each read on its own, as one Page with the left one's lines first."""

from dataclasses import replace

from models.document import Box, Line, Mark, Page
from vanthu.readers.numbering import Read


def joined(left: Read, right: Read) -> Read:
    """One page of the size of both; boxes are those on the picture, as each half was straightened in its own way."""
    one, other = left.page, right.page
    tables = len(left.edges)
    lines = (*_lines(one, 0, 0), *_lines(other, one.width, tables))
    marks = (*_marks(one, 0), *_marks(other, one.width))
    page = Page(one.number, one.width + other.width, one.height, one.dpi, "ocr" if lines else "blank", lines, marks)
    return Read(page, left.edges + right.edges)


def _lines(page: Page, shift: int, tables: int) -> tuple[Line, ...]:
    done = []
    for line in page.lines:
        words = tuple(replace(word, box=_placed(page, word.box, shift)) for word in line.words)
        box = Box.around([word.box for word in words])
        done.append(replace(line, words=words, box=box, table=None if line.table is None else line.table + tables))
    return tuple(done)


def _marks(page: Page, shift: int) -> tuple[Mark, ...]:
    return tuple(replace(mark, box=_placed(page, mark.box, shift)) for mark in page.marks)


def _placed(page: Page, box: Box, shift: int) -> Box:
    on = page.on_scan(box)
    return Box(on.left + shift, on.top, on.right + shift, on.bottom)
