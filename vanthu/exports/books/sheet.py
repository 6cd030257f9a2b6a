"""Sổ as an Excel workbook: the cover, and the lines with a head that repeats on every printed page."""

import io
from datetime import date
from typing import Any

import xlsxwriter
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit

from models.text import fold
from vanthu.exports.books import Book, Column
from vanthu.messages import say

_MM_PER_CHARACTER = 2.05
"""A column's width in Excel is counted in characters of the base font."""

_FONT = {"font_name": "Times New Roman", "font_size": 11, "valign": "top", "text_wrap": True, "border": 1}
_LEAST = 24.0
"""Height in points of a line that a person can still sign in."""

_HEAD = 4
"""Rows above the lines: title, scope, headings, numbers of the columns."""


def xlsx(book: Book) -> bytes:
    """The workbook. Every text is written as text, so that nothing in a document becomes a formula or a link."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        workbook.set_properties({"title": book.title})
        workbook.set_size(2400, 1600)
        _cover(workbook, book)
        sheet = workbook.add_worksheet(say("book.sheet"))
        _page(sheet, book)
        _head(workbook, sheet, book)
        _lines(workbook, sheet, book)
        sheet.activate()
        sheet.set_first_sheet()
    return out.getvalue()


def _cover(workbook: Any, book: Book) -> None:
    sheet = workbook.add_worksheet(say("book.cover"))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.center_horizontally()
    sheet.center_vertically()
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 110)
    sizes = (13, 14, 26, 16, 14, 14, 14)
    for row, (text, size) in enumerate(zip(book.cover, sizes, strict=True)):
        look = {"font_name": "Times New Roman", "font_size": size, "align": "center", "valign": "vcenter", "bold": 1 <= row <= 3}
        sheet.set_row(row, 90 if row == 2 else 30)
        sheet.write_string(row, 0, text, workbook.add_format(look))


def _page(sheet: Any, book: Book) -> None:
    last = len(book.columns) - 1
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.6, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD - 2, _HEAD - 1)
    sheet.print_area(0, 0, _HEAD + max(len(book.lines), 1) - 1, last)
    sheet.set_footer(f'&L&"Times New Roman"&10{book.title.replace("&", "&&")}&R&"Times New Roman"&10{say("book.page_number")}')
    sheet.set_start_page(1)
    sheet.freeze_panes(_HEAD, 0)
    for number, column in enumerate(book.columns):
        sheet.set_column(number, number, column.width / _MM_PER_CHARACTER)


def _head(workbook: Any, sheet: Any, book: Book) -> None:
    last = len(book.columns) - 1
    plain = {"font_name": "Times New Roman", "align": "center", "valign": "vcenter"}
    sheet.merge_range(0, 0, 0, last, book.title.upper(), workbook.add_format(plain | {"font_size": 16, "bold": True}))
    sheet.merge_range(1, 0, 1, last, " · ".join(book.cover[3:6]), workbook.add_format(plain | {"font_size": 11, "italic": True}))
    sheet.set_row(0, 26)
    heading = workbook.add_format(_FONT | {"bold": True, "align": "center", "valign": "vcenter", "bg_color": "#EDEFF2"})
    numbered = workbook.add_format(_FONT | {"italic": True, "align": "center", "font_size": 9})
    for number, column in enumerate(book.columns):
        sheet.write_string(_HEAD - 2, number, column.heading, heading)
    sheet.set_row(_HEAD - 2, max(_height(column, f"{column.heading}   ") for column in book.columns) + 3)
    for number in range(last + 1):
        sheet.write_string(_HEAD - 1, number, f"({number + 1})", numbered)


def _lines(workbook: Any, sheet: Any, book: Book) -> None:
    looks = {void: _looks(workbook, void) for void in (False, True)}
    for row, line in enumerate(book.lines, _HEAD):
        kinds = looks[line["state"] != "registered"]
        cells = book.cells(line)
        sheet.set_row(row, max(_height(column, value) for column, value in zip(book.columns, cells, strict=True)))
        for number, (column, value) in enumerate(zip(book.columns, cells, strict=True)):
            _write(sheet, row, number, value, kinds[column.kind])


def _height(column: Column, value: Any) -> float:
    """Points that a cell needs: not every program fits rows to their text when it opens a workbook."""
    if not isinstance(value, str):
        return _LEAST
    wrapped = [simpleSplit(fold(line), "Times-Roman", _FONT["font_size"], column.width * mm * 0.97) or [""] for line in value.split("\n")]
    return max(_LEAST, min(409.0, 15.0 * sum(map(len, wrapped)) + 3))


def _looks(workbook: Any, void: bool) -> dict[str, Any]:
    grey = {"font_color": "#6B7280", "italic": True} if void else {}
    kinds = {
        "day": {"num_format": "dd/mm/yyyy", "align": "center"},
        "number": {"num_format": "0", "align": "center"},
        "centred": {"num_format": "@", "align": "center"},
        "text": {"num_format": "@"},
    }
    return {name: workbook.add_format(_FONT | grey | look) for name, look in kinds.items()}


def _write(sheet: Any, row: int, column: int, value: Any, look: Any) -> None:
    if value in (None, ""):
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, look)
    elif isinstance(value, int):
        sheet.write_number(row, column, value, look)
    else:
        sheet.write_string(row, column, str(value), look)
