"""Ảnh: JPEG, PNG, WebP, HEIC and TIFF of many pages."""

import struct
from collections.abc import Collection, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps
from pillow_heif import register_heif_opener

from models.document import Page
from vanthu.errors import Broken, TooLarge, TooManyPages, TooSmall
from vanthu.ocr.render import MOST_PIXELS, Picture
from vanthu.readers import large, scan
from vanthu.readers.bounds import MOST_PAGES
from vanthu.readers.numbering import Read, numbered
from vanthu.readers.side_by_side import run

register_heif_opener()
# Plans and posters are larger than Pillow's limit; they are scaled down, and what would not fit into memory is refused below.
Image.MAX_IMAGE_PIXELS = None

_LEAST_SIDE = 100
_MOST_BYTES = 3_000_000_000
_A4_INCHES = 11.69
_SAID = 0.5
"""A picture that has lost more than this share of its pixels is said to have been scaled down."""

_PAPER_INCHES = (5.0, 24.0)


def read(path: Path, progress: Any, only: Collection[int] | None = None, turned: Mapping[int, int] | None = None) -> list[Page]:
    """Pages of an image file, or those of these numbers; raises Broken, TooSmall or TooLarge."""
    try:
        with Image.open(path) as image:
            count = getattr(image, "n_frames", 1)
            if count > MOST_PAGES:
                raise TooManyPages(str(count))
            if min(image.size) < _LEAST_SIDE:
                raise TooSmall(f"{image.width}x{image.height}")
            if image.width * image.height * len(image.getbands()) > _MOST_BYTES:
                raise TooLarge(f"{image.width}x{image.height}")
    except (OSError, SyntaxError, ValueError, TypeError, KeyError, ArithmeticError, struct.error) as error:
        raise Broken(str(error)) from error
    wanted = [n for n in range(count) if only is None or n + 1 in only]
    return numbered(run((partial(_read_frame, path, n, (turned or {}).get(n + 1)) for n in wanted), wanted, progress))


def _read_frame(path: Path, index: int, turned: int | None) -> Read:
    with Image.open(path) as image:
        image.seek(index)
        across, down = image.size
        dpi = _dpi(image)
        # JPEG is decoded at a half, a quarter or an eighth where that is enough.
        image.draft(None, (round(MOST_PIXELS**0.5), round(MOST_PIXELS**0.5)))
        picture = _picture(image, path)
    notes = ("scaled_down",) if picture.size < _SAID * across * down * 3 else ()
    return scan.read(picture, round(dpi * max(picture.shape) / max(across, down)) or 1, index + 1, notes, turned=turned)


def _picture(image: Image.Image, path: Path) -> Picture:
    """RGB of at most MOST_PIXELS, right way up as the camera says, clear parts white."""
    scale = min(1.0, (MOST_PIXELS / (image.width * image.height)) ** 0.5)
    target = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    small = large.reduced(image, path, int(1 / scale)) if scale < 0.5 else image
    small.thumbnail(target)
    return np.asarray(large.plain(ImageOps.exif_transpose(small)).convert("RGB"))


def _dpi(image: Image.Image) -> float:
    """The stated resolution where it gives a sheet of paper, else that of an A4 page: cameras and tools write 72 whatever it is."""
    longer = max(image.size)
    stated = float(max(image.info.get("dpi", (0, 0)), default=0) or 0)
    if stated >= 96 and _PAPER_INCHES[0] <= longer / stated <= _PAPER_INCHES[1]:
        return stated
    return longer / _A4_INCHES
