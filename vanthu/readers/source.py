"""Nguồn của trang: for each page of a PDF, whether its text layer is read or its picture, and how that is to be rendered."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from vanthu.ocr.render import USUAL, fitting_dpi
from vanthu.readers import textlayer

_SCAN = 0.5
"""Pictures over this share of the page are a scan of it, unless they are pale: a letterhead or a watermark under the text."""

_PART, _WHOLE = 0.05, 0.97
"""Shares of the page from which a picture tells its resolution, and from which it is all of the page."""

_MOST_SQUARE_INCHES = 300_000
"""Larger paper exists only in broken files, and cannot be rendered with letters on it."""

_NEARLY = 0.95
_DARK, _LEAST_DARK, _LETTERS = 110, 0.003, 200


class TooLarge(Exception):
    """The page is too large to be rendered."""


@dataclass(frozen=True, slots=True)
class Scan:
    """How to render a page: its resolution, its own pixels where they are known, and what to tell people about it."""

    dpi: int
    size: tuple[int, int] | None = None
    notes: tuple[str, ...] = ()


def of(page: Any, layer: textlayer.Layer) -> Scan | None:
    """How to render a pypdfium2 page, None where its text layer is to be read; raises TooLarge."""
    width, height = page.get_size()
    pictures = list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]))
    shares = [_share(picture, width * height) for picture in pictures]
    scanned = sum(shares) >= _SCAN and not _under_text(pictures, layer)
    if layer.words and not scanned and textlayer.is_good(layer.words):
        return None
    if width * height > _MOST_SQUARE_INCHES * 72 * 72:
        raise TooLarge
    dpi, size = 0.0, None
    for picture, share in zip(pictures, shares, strict=True):
        left, bottom, right, top = picture.get_bounds()
        across, down = picture.get_px_size()
        if share > _PART and scanned:
            dpi = max(dpi, min(across / (right - left), down / (top - bottom)) * 72)
        if share > _WHOLE:
            size = (across, down) if page.get_rotation() in (0, 180) else (down, across)
    bilevel = scanned and all(
        picture.get_metadata().bits_per_pixel == 1 for picture, share in zip(pictures, shares, strict=True) if share > _PART
    )
    fitting = fitting_dpi(dpi, (width / 72, height / 72), bilevel=bilevel)
    exact = size if abs(fitting - dpi) < 1 else None
    return Scan(fitting, exact, ("scaled_down",) if fitting < min(dpi, USUAL) * _NEARLY else ())


def _share(picture: Any, page: float) -> float:
    left, bottom, right, top = picture.get_bounds()
    return float(max(0.0, right - left) * max(0.0, top - bottom) / page)


def _under_text(pictures: list[Any], layer: textlayer.Layer) -> bool:
    """True where the text is the page's own and the pictures are pale: those of a scan hold the ink themselves."""
    if sum(len(w.text) for w in layer.words) < _LETTERS:
        return False
    return all(float((np.asarray(p.get_bitmap().to_numpy()) < _DARK).mean()) < _LEAST_DARK for p in pictures)
