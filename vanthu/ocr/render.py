"""Dựng hình trang: pages of a PDF as pictures, at the resolution in which they were scanned."""

import math
import tempfile
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from pdf2image import convert_from_path

Picture = NDArray[np.uint8]

LOW, LEAST, USUAL, HIGH, MOST = 150, 200, 225, 240, 400
"""Resolutions: below LOW a page is enlarged to LEAST, above HIGH brought down to USUAL; MOST is the most that is rendered.

Measured: clean pages of 300 dpi have 0.47 % of letters wrong, at 225 dpi 0.36 %; pages of 100 dpi 1.33 %, enlarged to 200 dpi 0.59 %;
from 150 to 240 dpi a page reads best as it is.
"""

MOST_PIXELS = 40_000_000
"""More than A3 at 400 dpi helps no reading and costs memory."""


def fitting_dpi(dpi: float, inches: tuple[float, float], *, bilevel: bool = False) -> int:
    """The resolution at which to render a page of this size whose picture has `dpi` (0: none).

    A black-and-white picture is rendered as it is: its specks are known by their pixels.
    """
    wanted = dpi if bilevel and dpi else working_dpi(dpi or USUAL)
    most = math.sqrt(MOST_PIXELS / max(1e-6, inches[0] * inches[1]))
    return max(10, round(min(max(wanted, LEAST if dpi < LOW else 0), MOST, most)))


def working_dpi(dpi: float) -> float:
    """The resolution at which Tesseract reads a picture of `dpi` best."""
    return LEAST if dpi < LOW else USUAL if dpi > HIGH else dpi


def working_scale(dpi: float, pixels: int) -> float:
    """What brings a picture of `dpi` to its working resolution; one is not enlarged past MOST_PIXELS."""
    return min(working_dpi(dpi) / dpi, max(1.0, math.sqrt(MOST_PIXELS / pixels)))


def page_picture(path: Path, number: int, dpi: int, size: tuple[int, int] | None = None, password: str | None = None) -> Picture:
    """Page `number` (from 1) as a picture: RGB, of `size` pixels where a scan's own size is known.

    Poppler's Cairo back end gives a scan's own pixels back, where the other one smooths them; as TIFF, since packing takes longer
    than rendering.
    """
    with tempfile.TemporaryDirectory(prefix="vanthu-") as folder:
        (file,) = convert_from_path(
            path,
            dpi=dpi,
            size=size,
            first_page=number,
            last_page=number,
            userpw=password,
            use_pdftocairo=True,
            fmt="tiff",
            output_folder=folder,
            paths_only=True,
        )
        # In half the time that Pillow takes.
        return np.asarray(cv2.imread(str(file), cv2.IMREAD_COLOR_RGB), dtype=np.uint8)
