"""Bảng: the rows of an Excel or CSV file as they stand, with the number of each."""

import csv
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.text import clean, one_line
from vanthu.errors import WrongUse

Cells = tuple[Any, ...]
"""Text in its normal form, numbers and dates as Excel holds them; None where empty."""

_MOST_COLUMNS = 60
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: `rows` are (number from 1, cells); `epoch_1904` for old Macintosh files."""

    name: str
    rows: tuple[tuple[int, Cells], ...]
    epoch_1904: bool = False


def read(path: Path) -> list[Table]:
    """The sheets of a file; WrongUse where it is neither Excel (.xlsx) nor CSV, or damaged."""
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(b"PK"):
        return _workbook(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise WrongUse("import.old_excel", path=path.name)
    return [_csv(path)]


def _workbook(path: Path) -> list[Table]:
    import openpyxl
    from openpyxl.utils.datetime import CALENDAR_MAC_1904
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(path, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError) as error:
        raise WrongUse("import.unreadable", path=path.name, error=error) from error
    return [Table(sheet.title, tuple(_sheet(sheet)), book.epoch == CALENDAR_MAC_1904) for sheet in book.worksheets]


def _sheet(sheet: Any) -> Iterator[tuple[int, Cells]]:
    """Rows with something in them; a merged cell says the same in all the rows that it covers, but only in its first column."""
    down = {}
    for merged in sheet.merged_cells.ranges:
        for row in range(merged.min_row + 1, merged.max_row + 1):
            down[row, merged.min_col] = sheet.cell(merged.min_row, merged.min_col).value
    width = min(sheet.max_column or 0, _MOST_COLUMNS)
    for number, values in enumerate(sheet.iter_rows(max_col=width, values_only=True), 1):
        cells = tuple(_cell(down.get((number, column), value)) for column, value in enumerate(values, 1))
        if any(cell is not None for cell in cells):
            yield number, cells


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return one_line(clean(value)) or None
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _csv(path: Path) -> Table:
    text = _text(path)
    sample = "\n".join(text.splitlines()[:50])
    delimiter = max(";\t,", key=lambda mark: sum(mark in line for line in sample.splitlines()) * 1000 + sample.count(mark))
    try:
        lines = list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter))
    except csv.Error as error:
        raise WrongUse("import.unreadable", path=path.name, error=error) from error
    rows = ((number, tuple(_cell(value) for value in line[:_MOST_COLUMNS])) for number, line in enumerate(lines, 1))
    return Table(path.name, tuple(row for row in rows if any(cell is not None for cell in row[1])))


def _text(path: Path) -> str:
    """UTF-8 with or without its mark, UTF-16 with its mark, as Excel writes "Unicode text"; anything else cannot be Vietnamese for sure."""
    data = path.read_bytes()
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise WrongUse("import.encoding", path=path.name) from error
    if "\0" in text:
        raise WrongUse("import.unreadable", path=path.name, error="NUL")
    return text
