"""Trang quét: a picture of a page → Page."""

from models.document import Mark, Page
from vanthu.ocr import column_numbers, correct, office_style, titles
from vanthu.ocr.page import Picture
from vanthu.ocr.upright import recognise_upright
from vanthu.readers import banner, margins
from vanthu.readers.layout import lines
from vanthu.readers.numbering import Read


def read(picture: Picture, dpi: int, number: int, notes: tuple[str, ...] = (), marks: tuple[Mark, ...] = ()) -> Read:
    """Page `number` from its picture (RGB) of `dpi` pixels an inch; what stands in the place of `marks` is no text."""
    seen = recognise_upright(picture, dpi)
    found = lines(banner.without(seen.printed, marks), seen.width, seen.grids)
    found, banners = banner.parted(found, seen.width)
    found = titles.mended(margins.without_page_number(found, seen.height), seen.width)
    found = correct.lines(column_numbers.mended(office_style.lines(found)))
    page = Page(
        number,
        seen.width,
        seen.height,
        seen.dpi,
        "ocr" if found else "blank",
        found,
        (*seen.marks, *marks, *banners),
        rotation=seen.rotation,
        skew=seen.skew,
        warp=seen.warp,
        notes=notes,
    )
    return Read(page, tuple(grid.edges for grid in seen.grids))
