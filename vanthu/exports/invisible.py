"""Chữ ẩn: a font whose glyphs are empty, and where a point of a read page lies in the PDF's own space.

As Tesseract and OCRmyPDF do it: each UTF-16 unit is its own code, a ToUnicode map says so to viewers.
"""

from pathlib import Path

import pikepdf

from models.document import Page

_EM = 0.5
"""Width of every glyph in em."""

_GLYPHLESS = Path("/usr/share/tesseract-ocr/5/tessdata/pdf.ttf")
"""Tesseract's font of empty glyphs, part of its Debian package."""

_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identify-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
1 beginbfrange
<0000> <FFFF> <0000>
endbfrange
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """The font, as an object of `pdf`."""
    name = pikepdf.Name.GlyphLessFont
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor, FontName=name, Flags=5, FontBBox=[0, 0, int(_EM * 1000), 1000],
        Ascent=1000, Descent=-1, CapHeight=1000, ItalicAngle=0, StemV=80,
    )  # fmt: skip
    if _GLYPHLESS.is_file():
        data = _GLYPHLESS.read_bytes()
        descriptor.FontFile2 = pdf.make_stream(data, Length1=len(data))
    characters = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType2, BaseFont=name, DW=int(_EM * 1000),
        CIDSystemInfo=pikepdf.Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor), CIDToGIDMap=pdf.make_stream(b"\x00\x01" * 65536),
    )  # fmt: skip
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=name, Encoding=pikepdf.Name("/Identity-H"),
            DescendantFonts=[pdf.make_indirect(characters)], ToUnicode=pdf.make_stream(_TO_UNICODE),
        )
    )  # fmt: skip


def encoded(text: str) -> str:
    """The codes of `text` in hexadecimal."""
    return text.encode("utf-16-be").hex()


def width(text: str) -> float:
    """Width of `text` in em."""
    return max(1, len(text.encode("utf-16-be")) // 2) * _EM


def place(page: Page, target: pikepdf.Page, x: float, y: float) -> tuple[float, float]:
    """The point (x, y) in pixels of the upright page → points in the space in which `target` draws."""
    across, down = _displayed(page.rotation, x / page.width, y / page.height)
    # A viewer turns the page clockwise by /Rotate, as we do by `Page.rotation`: undoing either is the same.
    across, down = _displayed(int(target.obj.get("/Rotate", 0)) % 360, across, down)
    left, bottom, right, top = (float(v) for v in target.cropbox)
    return left + across * (right - left), top - down * (top - bottom)


def _displayed(rotation: int, u: float, v: float) -> tuple[float, float]:
    """Undo the turn that made the page upright: shares of width and height as the file displays it."""
    return {0: (u, v), 90: (v, 1 - u), 180: (1 - u, 1 - v), 270: (1 - v, u)}[rotation % 360]
