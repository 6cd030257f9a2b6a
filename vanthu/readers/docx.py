"""DOCX: paragraphs and tables as they stand, without OCR."""

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from models.document import Box, Line, Page, Word
from models.text import clean, fold
from vanthu.errors import Broken
from vanthu.readers import unzip

_BROKEN = (
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
    EOFError,
    NotImplementedError,
    zipfile.BadZipFile,
    SyntaxError,
    zlib.error,
)
_WIDTH, _HEIGHT, _DPI, _STEP = 2480, 3508, 300, 60
_LEFT, _RIGHT = (350, 1180), (1240, 2300)
_WHOLE = (350, 2300)


def read(path: Path, progress: Any) -> list[Page]:
    """One page, its lines whole paragraphs and table rows, set one under another on an A4 sheet; raises Broken."""
    import docx

    unzip.check_document(path)
    try:
        document = docx.Document(str(path))
    except _BROKEN as error:
        raise Broken(str(error)) from error
    lines: list[Line] = []
    tables = 0
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            found, is_table = _table(block, tables, len(lines))
            lines += found
            tables += is_table
        else:
            lines += _paragraphs([block], _WHOLE, len(lines))
    if progress:
        progress(1, 1)
    return [Page(1, _WIDTH, max(_HEIGHT, (len(lines) + 3) * _STEP), _DPI, "docx" if lines else "blank", tuple(lines))]


def _paragraphs(paragraphs: Sequence[Any], span: tuple[int, int], at: int) -> list[Line]:
    lines: list[Line] = []
    for paragraph in paragraphs:
        # A manual line break within a heading or an address parts printed lines.
        for runs in _broken(paragraph):
            words = _words(runs, span, at + len(lines))
            if words:
                lines.append(Line(tuple(words), Box.around([w.box for w in words]), whole=True))
    return lines


def _broken(paragraph: Any) -> Iterator[list[tuple[str, bool, bool]]]:
    line: list[tuple[str, bool, bool]] = []
    for run in paragraph.runs:
        for n, part in enumerate(run.text.split("\n")):
            if n:
                yield line
                line = []
            line.append((part, bool(run.bold), bool(run.italic)))
    yield line


def _words(runs: Sequence[tuple[str, bool, bool]], span: tuple[int, int], row: int) -> list[Word]:
    text = clean("".join(part for part, _, _ in runs))
    styles = [(bold, italic) for part, bold, italic in runs for _ in clean(part)]
    left, right = span
    step = (right - left) / max(1, len(text))
    top = (row + 1) * _STEP
    words, at = [], 0
    for token in text.split():
        start = text.index(token, at)
        at = start + len(token)
        bold, italic = styles[min(start, len(styles) - 1)]
        box = Box(round(left + start * step), top, max(round(left + start * step) + 1, round(left + at * step)), top + 50)
        words.append(Word(token, box, 1.0, bold=bold, italic=italic))
    return words


def _table(table: Any, number: int, at: int) -> tuple[list[Line], bool]:
    """Rows of a table; the cells of a header or a signature block, set as a table without rules, as two columns."""
    rows = [_cells(row) for row in table.rows]
    texts = [fold(" ".join(p.text for cell in row for p in cell.paragraphs)) for row in rows]
    if any(mark in text for text in texts for mark in ("doc lap", "dang cong san", "noi nhan")):
        lines: list[Line] = []
        for column, span in ((0, _LEFT), (-1, _RIGHT)):
            for row in rows:
                lines += _paragraphs(row[column].paragraphs if len(row) > 1 or not column else [], span, at + len(lines))
        return lines, False
    found = [_row(row, number, at + n) for n, row in enumerate(rows)]
    return [line for line in found if line.words], True


def _cells(row: Any) -> list[Any]:
    """The cells of a row, one that spans several columns once."""
    cells: list[Any] = []
    for cell in row.cells:
        if not cells or cell._tc is not cells[-1]._tc:
            cells.append(cell)
    return cells


def _row(cells: Sequence[Any], number: int, row: int) -> Line:
    words: list[Word] = []
    ranges = []
    width = (_WHOLE[1] - _WHOLE[0]) // max(1, len(cells))
    for n, cell in enumerate(cells):
        start = len(words)
        span = (_WHOLE[0] + n * width, _WHOLE[0] + (n + 1) * width - 10)
        for line in _paragraphs(cell.paragraphs, span, row):
            words += [*line.words]
        ranges.append((start, len(words)))
    top = (row + 1) * _STEP
    return Line(tuple(words), Box(_WHOLE[0], top, _WHOLE[1], top + 50), table=number, cells=tuple(ranges))
