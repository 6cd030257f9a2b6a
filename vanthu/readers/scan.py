"""Trang quét: a picture of a page → Page."""

from dataclasses import replace

import numpy as np

from models.document import Mark, Page
from vanthu.ocr import column_numbers, correct, office_style, order_numbers, titles
from vanthu.ocr.gutter import gutter
from vanthu.ocr.page import Picture
from vanthu.ocr.upright import recognise_upright
from vanthu.readers import banner, margins, spread
from vanthu.readers.layout import lines
from vanthu.readers.numbering import Read


def read(
    picture: Picture, dpi: int, number: int, notes: tuple[str, ...] = (), marks: tuple[Mark, ...] = (), turned: int | None = None
) -> Read:
    """Page `number` from its picture (RGB) of `dpi` pixels an inch; what stands in the place of `marks` is no text.

    A picture of an open book is one page, whichever way it lies. `turned`: degrees clockwise by which a person turned it; None: its
    way up is found out.
    """
    one = _found_upright(picture, dpi, number, marks) if turned is None else _as_turned(picture, dpi, number, marks, turned)
    return replace(one, page=replace(one.page, notes=notes))


def _found_upright(picture: Picture, dpi: int, number: int, marks: tuple[Mark, ...]) -> Read:
    one = _spread(picture, dpi, number)
    if one is None:
        one = _page(picture, dpi, number, marks)
        if one.page.rotation % 180:
            turned = _spread(_rotated(picture, one.page.rotation), dpi, number)
            one = one if turned is None else replace(turned, page=replace(turned.page, rotation=one.page.rotation))
    return one


def _as_turned(picture: Picture, dpi: int, number: int, marks: tuple[Mark, ...], turned: int) -> Read:
    one = _spread(_rotated(picture, turned), dpi, number)
    return _page(picture, dpi, number, marks, turned) if one is None else replace(one, page=replace(one.page, rotation=turned))


def _rotated(picture: Picture, turned: int) -> Picture:
    return np.ascontiguousarray(np.rot90(picture, -(turned // 90)))


def _spread(picture: Picture, dpi: int, number: int) -> Read | None:
    """Both pages of an open book; None where there is but one, or where they stand in two ways."""
    at = gutter(picture)
    if at is None:
        return None
    left, right = (_page(np.ascontiguousarray(half), dpi, number, ()) for half in (picture[:, :at], picture[:, at:]))
    return None if left.page.rotation or right.page.rotation else spread.joined(left, right)


def _page(picture: Picture, dpi: int, number: int, marks: tuple[Mark, ...], turned: int | None = None) -> Read:
    seen = recognise_upright(picture, dpi, turned)
    found = lines(banner.without(seen.printed, marks), seen.width, seen.grids)
    found, banners = banner.parted(found, seen.width)
    found = titles.mended(margins.without_page_number(found, seen.height), seen.width)
    found = correct.lines(order_numbers.mended(column_numbers.mended(office_style.lines(found))))
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
    )
    return Read(page, tuple(grid.edges for grid in seen.grids))
