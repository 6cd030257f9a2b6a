"""Dựng hình trang: pages of a PDF as pictures, at the resolution in which they were scanned."""

import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pdf2image import convert_from_path

Picture = NDArray[np.uint8]

LEAST, USUAL, MOST = 150, 300, 400
"""Tesseract reads 300 dpi best; a false low value makes it drop whole blocks of lines."""

MOST_PIXELS = 40_000_000
"""More than A3 at 300 dpi helps no reading and costs memory."""


def fitting_dpi(dpi: float, inches: tuple[float, float]) -> int:
    """The resolution at which to render a page of this size whose picture has `dpi` (0: none)."""
    wanted = USUAL if not dpi else min(MOST, max(LEAST, dpi))
    most = math.sqrt(MOST_PIXELS / max(1e-6, inches[0] * inches[1]))
    return max(10, round(min(wanted, most)))


def page_picture(path: Path, number: int, dpi: int, password: str | None = None) -> Picture:
    """Page `number` (from 1) as a picture: RGB."""
    (image,) = convert_from_path(path, dpi=dpi, first_page=number, last_page=number, userpw=password, thread_count=1)
    return np.asarray(image.convert("RGB"))
