"""Dựng hình trang: pages of a PDF as pictures, at the resolution in which they were scanned."""

import math
import tempfile
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


def page_picture(path: Path, number: int, dpi: int, size: tuple[int, int] | None = None, password: str | None = None) -> Picture:
    """Page `number` (from 1) as a picture: RGB, of `size` pixels where a scan's own size is known.

    Poppler's Cairo back end gives a scan's own pixels back, where the other one smooths them; as TIFF, since packing takes longer
    than rendering.
    """
    with tempfile.TemporaryDirectory(prefix="vanthu-") as folder:
        (image,) = convert_from_path(
            path,
            dpi=dpi,
            size=size,
            first_page=number,
            last_page=number,
            userpw=password,
            use_pdftocairo=True,
            fmt="tiff",
            output_folder=folder,
        )
        return np.asarray(image.convert("RGB"))
