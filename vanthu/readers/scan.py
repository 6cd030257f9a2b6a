"""Trang quét: a picture of a page → Page."""

from models.document import Page
from vanthu.ocr.page import Picture
from vanthu.ocr.upright import recognise_upright
from vanthu.readers.layout import lines
from vanthu.readers.numbering import Read


def read(picture: Picture, dpi: int, number: int, notes: tuple[str, ...] = ()) -> Read:
    """Page `number` from its picture (RGB) of `dpi` pixels an inch."""
    seen = recognise_upright(picture, dpi)
    found = lines(seen.printed, seen.width, seen.grids)
    page = Page(
        number,
        seen.width,
        seen.height,
        dpi,
        "ocr" if found else "blank",
        found,
        tuple(seen.marks),
        rotation=seen.rotation,
        skew=seen.skew,
        warp=seen.warp,
        notes=notes,
    )
    return Read(page, tuple(grid.edges for grid in seen.grids))
