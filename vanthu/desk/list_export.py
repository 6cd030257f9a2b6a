"""Xuất danh sách: the lines that a list shows, all of them, as a workbook or as CSV."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from vanthu.desk.asked import Asked, asked, column_names
from vanthu.desk.page import place_of
from vanthu.said import day

_AT_ONCE = 1000
_MOST = 200_000
_DATES = ("received_on", "issued_on")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _cell(line: dict[str, Any], name: str) -> str:
    if name == "subject":
        return " ".join(filter(None, (line["doc_type"], line["subject"])))
    if name == "items":
        return str(line["open_items"] or "")
    return day(line[name]) if name in _DATES else str(line[name] if line[name] is not None else "")


def _rows(request: Request, what: Asked) -> Iterator[list[str]]:
    names = column_names()
    yield [names[name] for name in what.columns]
    with place_of(request) as place:
        for offset in range(0, _MOST, _AT_ONCE):
            lines = place.register.lines(what.query, offset=offset, limit=_AT_ONCE, order=what.order, **what.filters)
            yield from ([_cell(line, name) for name in what.columns] for line in lines)
            if len(lines) < _AT_ONCE:
                return


def as_csv(request: Request) -> Response:
    """CSV with a mark that Excel knows UTF-8 by; a cell that a spreadsheet would run as a formula gets a quote before it."""

    def parts() -> Iterator[str]:
        yield "\ufeff"
        for row in _rows(request, asked(request)):
            out = io.StringIO()
            csv.writer(out).writerow(f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row)
            yield out.getvalue()

    return StreamingResponse(parts(), media_type="text/csv; charset=utf-8", headers=_named("so.csv"))


def as_workbook(request: Request) -> Response:
    """XLSX: a frozen heading with a filter; every cell is text, so that nothing is taken for a number or a formula."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, bold, wrapped = (
        book.add_worksheet(),
        book.add_format({"bold": True, "bottom": 1}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    what, last = asked(request), 0
    for n, name in enumerate(what.columns):
        sheet.set_column(n, n, {"subject": 60, "issuer": 32}.get(name, 16))
    for last, row in enumerate(_rows(request, what)):
        for n, cell in enumerate(row):
            sheet.write_string(last, n, cell, wrapped if last else bold)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(what.columns) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    book.close()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return Response(out.getvalue(), media_type=kind, headers=_named("so.xlsx"))


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
