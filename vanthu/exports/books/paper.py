"""Sổ as a PDF to print, sign and bind: A4 landscape, the head on every page, a left margin for the binding, `Trang 2/9`."""

import io
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Table, TableStyle

from vanthu.exports import fonts
from vanthu.exports.books import Book, Column
from vanthu.messages import say

_WIDTH, _HEIGHT = landscape(A4)
_LEFT, _RIGHT, _TOP, _BOTTOM = 14 * mm, 6 * mm, 12 * mm, 14 * mm
_LEAST = 9 * mm
"""Height of a line that a person can still sign in."""

_PADDING = 2.5
_GREY = colors.HexColor("#5B6470")

Cells = list[Paragraph]


def pdf(book: Book) -> bytes:
    """The whole book, cover first."""
    fonts.ready()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(_WIDTH, _HEIGHT), invariant=1)
    canvas.setTitle(book.title)
    _cover(canvas, book)
    widths = _widths(book)
    head = _head(book)
    pages = list(_pages(book, widths, head)) or [([], [])]
    for number, (rows, heights) in enumerate(pages, 1):
        _page(canvas, widths, head, rows, heights)
        _footer(canvas, book, number, len(pages))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _style(size: float = 9.5, **more: Any) -> ParagraphStyle:
    return ParagraphStyle("cell", **{"fontName": fonts.SERIF, "fontSize": size, "leading": size * 1.15, "splitLongWords": True} | more)


def _cover(canvas: Canvas, book: Book) -> None:
    faces = (fonts.SERIF, fonts.BOLD, fonts.BOLD, fonts.BOLD, fonts.SERIF, fonts.SERIF, fonts.SERIF)
    places = ((172, 13), (164, 14), (112, 30), (98, 18), (72, 14), (62, 14), (42, 14))
    for text, face, (height, size) in zip(book.cover, faces, places, strict=True):
        canvas.setFont(face, size)
        canvas.drawCentredString(_WIDTH / 2, height * mm, text)
    canvas.rect(12 * mm, 12 * mm, _WIDTH - 24 * mm, _HEIGHT - 24 * mm)
    canvas.showPage()


def _widths(book: Book) -> list[float]:
    """The columns' widths, stretched over the page."""
    whole = sum(column.width for column in book.columns)
    return [column.width / whole * (_WIDTH - _LEFT - _RIGHT) for column in book.columns]


def _head(book: Book) -> list[Cells]:
    heading, number = _style(fontName=fonts.BOLD, alignment=TA_CENTER), _style(8, fontName=fonts.ITALIC, alignment=TA_CENTER)
    return [
        [Paragraph(escape(column.heading), heading) for column in book.columns],
        [Paragraph(f"({n})", number) for n in range(1, len(book.columns) + 1)],
    ]


def _pages(book: Book, widths: Sequence[float], head: list[Cells]) -> Iterator[tuple[list[Cells], list[float]]]:
    """Rows with their heights, as many as a page holds: the time grows with the lines, not with their square."""
    room = _HEIGHT - _TOP - _BOTTOM - sum(_height(row, widths) for row in head)
    rows: list[Cells] = []
    heights: list[float] = []
    for line in book.lines:
        row = _row(book, line, widths, room)
        height = max(_LEAST, _height(row, widths))
        if rows and sum(heights) + height > room:
            yield rows, heights
            rows, heights = [], []
        rows.append(row)
        heights.append(height)
    if rows:
        yield rows, heights


def _row(book: Book, line: dict[str, Any], widths: Sequence[float], room: float) -> Cells:
    colour = colors.black if line["state"] == "registered" else _GREY
    return [_cell(column, value, width, room, colour) for column, value, width in zip(book.columns, book.cells(line), widths, strict=True)]


def _cell(column: Column, value: Any, width: float, room: float, colour: Any) -> Paragraph:
    style = _style(textColor=colour, **({} if column.kind == "text" else {"alignment": TA_CENTER}))
    text = "" if value is None else value.strftime("%d/%m/%Y") if isinstance(value, date) else str(value)
    made = Paragraph(escape(text).replace("\n", "<br/>"), style)
    while made.wrap(width - 2 * _PADDING, room)[1] > room - 2 * _PADDING:  # longer than a page: the document has the rest
        text = text[: len(text) * 4 // 5].rstrip() + "…"
        made = Paragraph(escape(text).replace("\n", "<br/>"), style)
    return made


def _height(row: Cells, widths: Sequence[float]) -> float:
    return float(max(cell.wrap(width - 2 * _PADDING, _HEIGHT)[1] for cell, width in zip(row, widths, strict=True))) + 2 * _PADDING + 1


def _page(canvas: Canvas, widths: Sequence[float], head: list[Cells], rows: list[Cells], heights: list[float]) -> None:
    table = Table(
        [*head, *rows],
        colWidths=[*widths],
        rowHeights=[*(_height(row, widths) for row in head), *heights],
        style=TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("VALIGN", (0, 0), (-1, 1), "MIDDLE"),
                ("LEFTPADDING", (0, 0), (-1, -1), _PADDING),
                ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
                ("TOPPADDING", (0, 0), (-1, -1), _PADDING - 1),
                ("BOTTOMPADDING", (0, 0), (-1, -1), _PADDING),
            ]
        ),
    )
    _, height = table.wrapOn(canvas, _WIDTH, _HEIGHT)
    table.drawOn(canvas, _LEFT, _HEIGHT - _TOP - height)


def _footer(canvas: Canvas, book: Book, number: int, count: int) -> None:
    canvas.setFont(fonts.SERIF, 9)
    canvas.drawString(_LEFT, 7 * mm, f"{book.title} · {book.cover[3]}")
    canvas.drawRightString(_WIDTH - _RIGHT, 7 * mm, say("book.page", number=number, count=count))
