"""Thống kê as an Excel workbook: a sheet a dimension, its table and a chart that Excel draws from it."""

import io
from typing import Any

import xlsxwriter

from vanthu.exports.charts import COLOURS, label
from vanthu.messages import say
from vanthu.register.tallies import DIMENSIONS, STANDINGS
from vanthu.said import day

_COLUMNS = ("documents", "items", *STANDINGS, "rate")
_HEAD = 3
_MOST = 15
"""Names that a chart still shows legibly; the table has all."""

_FONT = {"font_name": "Times New Roman", "font_size": 12}


def xlsx(stats: dict[str, Any]) -> bytes:
    """The workbook of `tallies.tallies`."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        looks = {
            "title": workbook.add_format(_FONT | {"bold": True, "font_size": 14}),
            "head": workbook.add_format(_FONT | {"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"}),
            "text": workbook.add_format(_FONT | {"border": 1, "num_format": "@", "text_wrap": True}),
            "number": workbook.add_format(_FONT | {"border": 1, "num_format": "0"}),
            "rate": workbook.add_format(_FONT | {"border": 1, "num_format": "0.0%"}),
            "note": workbook.add_format(_FONT | {"italic": True, "font_size": 11}),
        }
        for dimension in DIMENSIONS:
            _sheet(workbook, looks, stats, dimension)
    return out.getvalue()


def _sheet(workbook: Any, looks: dict[str, Any], stats: dict[str, Any], dimension: str) -> None:
    rows = stats["by"][dimension]
    sheet = workbook.add_worksheet(say(f"stats.sheet_{dimension}"))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD - 1)
    sheet.set_footer(f"&R{say('book.page_number')}")
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, len(_COLUMNS), 12)
    sheet.write_string(0, 0, say(f"stats.by_{dimension}"), looks["title"])
    sheet.write_string(1, 0, span(stats), looks["note"])
    for column, key in enumerate(("name", *_COLUMNS)):
        sheet.write_string(_HEAD - 1, column, say(f"stats.{key}"), looks["head"])
    for line, row in enumerate(rows, _HEAD):
        _line(sheet, looks, line, row, label(row["name"], dimension))
    _line(sheet, looks, _HEAD + len(rows), stats["total"], say("stats.total"))
    if dimension == "unit":
        sheet.write_string(_HEAD + len(rows) + 1, 0, say("stats.note_unit"), looks["note"])
    if rows:
        _chart(workbook, sheet, dimension, min(len(rows), _MOST), _HEAD + len(rows) + 3)


def _line(sheet: Any, looks: dict[str, Any], line: int, row: dict[str, Any], name: str) -> None:
    sheet.write_string(line, 0, name, looks["text"])
    for column, key in enumerate(_COLUMNS, 1):
        if row[key] is None:
            sheet.write_blank(line, column, None, looks["rate"])
        else:
            sheet.write_number(line, column, row[key], looks["rate" if key == "rate" else "number"])


def _chart(workbook: Any, sheet: Any, dimension: str, count: int, below: int) -> None:
    upright = dimension == "month"
    chart = workbook.add_chart({"type": "column" if upright else "bar", "subtype": "stacked"})
    name = sheet.get_name()
    for column, standing in enumerate(STANDINGS, 1 + _COLUMNS.index("in_time")):
        chart.add_series(
            {
                "name": [name, _HEAD - 1, column],
                "categories": [name, _HEAD, 0, _HEAD + count - 1, 0],
                "values": [name, _HEAD, column, _HEAD + count - 1, column],
                "fill": {"color": COLOURS[standing]},
            }
        )
    chart.set_title({"name": say(f"stats.by_{dimension}"), "name_font": {"size": 13}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 960, "height": 380 if upright else 160 + 28 * count})
    if not upright:
        chart.set_y_axis({"reverse": True})
        chart.set_x_axis({"num_format": "0", "label_position": "low"})
    sheet.insert_chart(below, 0, chart)


def span(stats: dict[str, Any]) -> str:
    """The days that the statistics are of, and the day on which they were made."""
    if not stats["from"] and not stats["to"]:
        return say("stats.all", today=day(stats["today"]))
    blank = say("book.blank")
    return say("stats.span", first=day(stats["from"]) or blank, last=day(stats["to"]) or blank, today=day(stats["today"]))
