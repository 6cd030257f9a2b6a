"""XLSX: a sheet a page, a row a line; annexes come as spreadsheets, letters never do."""

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from models.document import Box, Line, Page, Word
from models.text import clean
from vanthu.errors import Broken
from vanthu.readers import unzip

_WIDTH, _HEIGHT, _DPI, _STEP, _MARGIN = 2480, 3508, 300, 60, 100
_MOST_ROWS, _MOST_LINES, _MOST_COLUMNS = 100_000, 10_000, 200
"""Some programs say that a sheet has a million rows where it has ten: rows looked at, rows kept, cells of a row."""


def read(path: Path, progress: Any) -> list[Page]:
    """The sheets that hold anything; raises Broken or TooLarge. Formulas count with the value last seen."""
    from openpyxl import load_workbook

    unzip.check_document(path)
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        try:
            sheets = [list(_rows(sheet)) for sheet in book.worksheets]
        finally:
            book.close()
    except (KeyError, ValueError, TypeError, AttributeError, OSError, zipfile.BadZipFile, SyntaxError, EOFError, zlib.error) as error:
        raise Broken(str(error)) from error
    pages = [_page(n, rows) for n, rows in enumerate(sheets, 1)]
    if progress:
        progress(1, 1)
    return pages


def _rows(sheet: Any) -> Iterator[list[str]]:
    kept = 0
    for row in sheet.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS, values_only=True):
        cells = [_text(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield cells
            kept += 1
        if kept > _MOST_LINES:
            return


def _text(value: Any) -> str:
    """A cell as people see it: dates as day/month/year, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime) and (value.hour or value.minute):
        return value.strftime("%d/%m/%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(clean(str(value)).split())


def _page(number: int, rows: Sequence[Sequence[str]]) -> Page:
    kept = rows[:_MOST_LINES]
    lines = tuple(_line(row, number - 1, at) for at, row in enumerate(kept))
    notes = ("sheet_cut_short",) if len(rows) > len(kept) else ()
    height = max(_HEIGHT, (len(lines) + 3) * _STEP)
    return Page(number, _WIDTH, height, _DPI, "xlsx" if lines else "blank", lines, notes=notes)


def _line(row: Sequence[str], table: int, at: int) -> Line:
    words: list[Word] = []
    cells = []
    top = (at + 1) * _STEP
    width = (_WIDTH - 2 * _MARGIN) // len(row)
    for n, text in enumerate(row):
        start = len(words)
        left = _MARGIN + n * width
        words += [Word(word, Box(left, top, left + max(1, width - 10), top + 50)) for word in text.split()]
        cells.append((start, len(words)))
    return Line(tuple(words), Box(_MARGIN, top, _WIDTH - _MARGIN, top + 50), table=table, cells=tuple(cells))
