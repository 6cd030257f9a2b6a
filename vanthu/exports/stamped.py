"""Bản đóng dấu ĐẾN: a copy of a document as PDF with the stamp of the receiving office on its first page; the original is never touched."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from models.document import Box, Page
from vanthu.exports import fonts, invisible
from vanthu.exports.searchable_pdf import open_as_pdf

_RED = HexColor("#C0161D")
_LINES = 4
WIDE, HIGH = 0.27, 0.085
"""Parts of the page's width and height (A4: 57 × 25 mm); Decree 30/2020 asks for about 30 × 50 mm."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the stamp says: name of the office, số đến, ngày đến, whom it goes to; what is None is left open to be written by hand."""

    office: str
    number: str
    day: str
    forwarded: str = ""


def stamped(original: Path, pages: Sequence[Page], stamp: Stamp, taken: Sequence[Box]) -> bytes:
    """The pages as PDF, the stamp on the first; `taken`: what stands there already, in pixels of that page.

    Encrypted, or Unsupported where the original has no pages to look at.
    """
    with open_as_pdf(original, None) as pdf:
        first = pages[0]
        _lay(pdf, pdf.pages[first.number - 1], first, free_place(first, taken), stamp)
        numbers = {page.number for page in pages}
        for number in range(len(pdf.pages), 0, -1):
            if number not in numbers:
                del pdf.pages[number - 1]
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def free_place(page: Page, taken: Sequence[Box]) -> Box:
    """Where the least stands: under number and subject at the left if there is room (Decree 30/2020), else at the right, else on top."""
    wide, high = round(WIDE * page.width), round(HIGH * page.height)
    places = [
        Box(left, top, left + wide, top + high)
        for left in (round(0.05 * page.width), round(0.66 * page.width), round(0.36 * page.width))
        for top in range(round(0.13 * page.height), round(0.4 * page.height), max(1, high // 6))
    ]
    return min([*places, Box(round(0.03 * page.width), 4, round(0.03 * page.width) + wide, 4 + high)], key=lambda box: _covered(box, taken))


def _covered(box: Box, taken: Sequence[Box]) -> int:
    across = [min(box.right, one.right) - max(box.left, one.left) for one in taken]
    down = [min(box.bottom, one.bottom) - max(box.top, one.top) for one in taken]
    return sum(x * y for x, y in zip(across, down, strict=True) if x > 0 and y > 0)


def _lay(pdf: pikepdf.Pdf, target: pikepdf.Page, page: Page, box: Box, stamp: Stamp) -> None:
    left = invisible.place(page, target, box.left, box.bottom)
    right = invisible.place(page, target, box.right, box.bottom)
    top = invisible.place(page, target, box.left, box.top)
    wide = ((right[0] - left[0]) ** 2 + (right[1] - left[1]) ** 2) ** 0.5
    high = ((top[0] - left[0]) ** 2 + (top[1] - left[1]) ** 2) ** 0.5
    with pikepdf.open(io.BytesIO(_drawn(stamp, wide, high))) as drawn:
        form = pdf.copy_foreign(drawn.pages[0].as_form_xobject())
    name = target.add_resource(form, pikepdf.Name.XObject)
    across = ((right[0] - left[0]) / wide, (right[1] - left[1]) / wide)
    up = ((top[0] - left[0]) / high, (top[1] - left[1]) / high)
    matrix = " ".join(f"{number:.5f}" for number in (*across, *up, *left))
    # what the page draws may leave its own state behind: it is closed in before the stamp follows
    target.contents_add(b"q\n", prepend=True)
    target.contents_add(f"\nQ\nq {matrix} cm {name} Do Q\n".encode("ascii"))


def _drawn(stamp: Stamp, wide: float, high: float) -> bytes:
    fonts.ready()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(wide, high), invariant=1)
    canvas.setStrokeColor(_RED)
    canvas.setFillColor(_RED)
    canvas.setLineWidth(1.2)
    canvas.rect(1, 1, wide - 2, high - 2)
    line = (high - 4) / (_LINES + 0.6)
    canvas.line(1, high - 2 - 1.2 * line, wide - 1, high - 2 - 1.2 * line)
    size = min(line * 0.72, 11.0)
    name = stamp.office.upper()
    fitted = min(size, size * (wide - 8) / max(1.0, canvas.stringWidth(name, fonts.BOLD, size)))
    canvas.setFont(fonts.BOLD, fitted)
    canvas.drawCentredString(wide / 2, high - 2 - 0.85 * line, name)
    canvas.setFont(fonts.BOLD, size * 1.15)
    canvas.drawString(5, high - 2 - 2.6 * line, "ĐẾN")
    aside = 5 + canvas.stringWidth("ĐẾN ", fonts.BOLD, size * 1.15)
    canvas.setFont(fonts.SERIF, size)
    for n, text in enumerate((f"Số: {stamp.number}", f"Ngày: {stamp.day}", f"Chuyển: {stamp.forwarded or '…………………'}")):
        canvas.drawString(aside, high - 2 - (2.15 + n) * line, text)
    canvas.save()
    return out.getvalue()
