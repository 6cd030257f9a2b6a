"""Thể thức văn bản hành chính: the fixed parts of a letter as Decree 30/2020, Annex I prescribes them, in a Word document."""

import re
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt

FONT = "Times New Roman"
LEFT, CENTRE, RIGHT, JUSTIFIED = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"

_LEFT_COLUMN, _RIGHT_COLUMN = 6.6, 9.6
"""Centimetres; together the 160 mm between the margins and a little of the right one."""

_PLACE = re.compile(r" (?=(?:thành phố|tỉnh|huyện|quận|thị xã|thị trấn|phường|xã|đặc khu) )", re.IGNORECASE)
_SHORT = 24
"""Letters of a name that still fit on one line of the left column."""


def new_letter() -> Any:
    """An empty A4 page: margins 20, 20, 30, 20 mm, Times New Roman 14, page number in the top margin from page 2 (Annex I, part I)."""
    letter = Document()
    section = letter.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(20), Mm(20), Mm(30), Mm(20)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    _page_number(section.header.paragraphs[0])
    normal = letter.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(14)
    fonts = normal.element.rPr.rFonts
    for script in ("w:eastAsia", "w:cs", "w:hAnsi"):
        fonts.set(qn(script), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    normal.element.rPr.append(language)
    normal.paragraph_format.space_after = Pt(0)
    return letter


def _page_number(paragraph: Any) -> None:
    paragraph.alignment = CENTRE
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def put(paragraph: Any, text: str, size: float = 14, *, bold: bool = False, italic: bool = False) -> Any:
    """Text at the end of a paragraph."""
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    return paragraph


def line(
    holder: Any, text: str, size: float = 14, *, align: Any = CENTRE, bold: bool = False, italic: bool = False, before: float = 0
) -> Any:
    """One paragraph in a letter or in a cell; a cell's first, empty one is used up."""
    first = holder.paragraphs[0] if hasattr(holder, "_tc") and not holder.paragraphs[0].runs and len(holder.paragraphs) == 1 else None
    paragraph = first if first is not None else holder.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = Pt(before)
    return put(paragraph, text, size, bold=bold, italic=italic)


def body(letter: Any, text: str) -> Any:
    """Đoạn văn: justified, first line set in by 1,27 cm, 6 pt between paragraphs."""
    paragraph = line(letter, text, align=JUSTIFIED, before=6)
    paragraph.paragraph_format.first_line_indent = Cm(1.27)
    return paragraph


def rule(cell: Any, width: float, column: float) -> None:
    """Đường kẻ: a centred rule so many centimetres wide, in a column so many wide."""
    paragraph = cell.add_paragraph()
    side = Cm(max(0.0, (column - 0.4 - width) / 2))
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = side
    form.space_before, form.line_spacing = Pt(2), Pt(3)
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc")


def columns(letter: Any, widths: Sequence[float] = (_LEFT_COLUMN, _RIGHT_COLUMN)) -> list[Any]:
    """The cells of a table of one row without rules, so wide in centimetres."""
    table = letter.add_table(rows=1, cols=len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    fit(table, widths)
    return list(table.rows[0].cells)


def fit(table: Any, widths: Sequence[float]) -> None:
    """Give the columns of a table their widths in centimetres."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def head(letter: Any, *, parent: str, issuer: str, number: str, subject: str, place_and_day: str) -> None:
    """Ô số 1–5b: Quốc hiệu, the issuing body under its superior, number and symbol, place and day, trích yếu."""
    left, right = columns(letter)
    if parent:
        line(left, parent.upper(), 12)
    line(left, "\n".join(in_lines(issuer)).upper(), 12, bold=True)
    rule(left, 2.6, _LEFT_COLUMN)
    line(left, number, 13, before=4)
    line(left, subject, 12, before=6)
    line(right, NATION, 12, bold=True)
    line(right, MOTTO, 13, bold=True)
    rule(right, 5.9, _RIGHT_COLUMN)
    line(right, place_and_day, 13, italic=True, before=4 + (14 if parent else 0))


def in_lines(name: str) -> list[str]:
    """A body's name as it is set in a narrow column: a long one goes on with its place on a line of its own."""
    place = _PLACE.search(name) if len(name) > _SHORT else None
    return [name[: place.start()], name[place.start() + 1 :]] if place else [name]


def addressed(letter: Any, names: Sequence[str]) -> None:
    """Kính gửi: one on the same line, several as a list with `;` and a last `.`."""
    if len(names) == 1:
        line(letter, f"Kính gửi: {names[0]}.", before=18)
        return
    first = line(letter, "Kính gửi:", align=LEFT, before=18)
    first.paragraph_format.left_indent = Cm(3.5)
    for number, name in enumerate(names, 1):
        one = line(letter, f"- {name}{'.' if number == len(names) else ';'}", align=LEFT)
        one.paragraph_format.left_indent = Cm(5.2)


def foot(letter: Any, *, recipients: Sequence[str], authority: Sequence[str], position: str, signer: str) -> None:
    """Ô số 7 and 9b: Nơi nhận on the left, who signs on the right; they stay together, and with the end of the text."""
    last, gap = letter.paragraphs[-1], line(letter, "", 6)
    last.paragraph_format.keep_together = True
    for paragraph in (last, gap):
        paragraph.paragraph_format.keep_with_next = True
    left, right = columns(letter, (7.6, 8.6))
    line(left, "Nơi nhận:", 12, align=LEFT, bold=True, italic=True)
    for number, name in enumerate(recipients, 1):
        line(left, f"- {name}{'.' if number == len(recipients) else ';'}", 11, align=LEFT)
    for text in (*authority, position):
        line(right, text.upper(), 14, bold=True)
    for _ in range(4):
        line(right, "")
    line(right, signer, 14, bold=True)
    for paragraph in right.paragraphs:
        paragraph.paragraph_format.keep_with_next = True


def table(letter: Any, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float], centred: Sequence[int] = ()) -> None:
    """A ruled table, its head repeated on each page, no row broken by a page's end."""
    made = letter.add_table(rows=1, cols=len(heads))
    made.style, made.alignment, made.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    _mark(made.rows[0], "w:tblHeader")
    for cell, text in zip(made.rows[0].cells, heads, strict=True):
        line(cell, text, 12, bold=True)
    for row in rows:
        added = made.add_row()
        _mark(added, "w:cantSplit")
        for number, (cell, text) in enumerate(zip(added.cells, row, strict=True)):
            line(cell, text, 12, align=CENTRE if number in centred else LEFT)
    fit(made, widths)


def _mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))
