"""Chiều trang: pages scanned upside down or on their side are turned before they are read."""

from dataclasses import replace

import cv2
import numpy as np
import pytesseract
from numpy.typing import NDArray

from vanthu.ocr import numerals
from vanthu.ocr.page import Picture, Recognised, recognise

_SURE = 0.7
"""Mean confidence above which a page stands upright: measured, 0.9 upright and 0.4 upside down, on faxes too."""

_ENOUGH = 12
_LOOK_AT = 2500


def recognise_upright(picture: Picture, dpi: int) -> Recognised:
    """Read one picture, turned where it reads better so. Only a page that reads badly is looked at: finding its way up takes a while."""
    seen = _upright(picture, dpi)
    return replace(seen, printed=numerals.mended(seen.printed))


def _upright(picture: Picture, dpi: int) -> Recognised:
    seen = recognise(picture, dpi)
    if _stands(seen) or not np.any(picture < 128):
        return seen
    angle = rotation_of(picture)
    if not angle:
        return seen
    turned = recognise(np.ascontiguousarray(np.rot90(picture, -(angle // 90))), dpi)
    return replace(turned, rotation=angle) if _stands(turned) or _sense(turned) > _sense(seen) else seen


def _stands(seen: Recognised) -> bool:
    """Words enough, read well, and wider than high: Tesseract reads lines that run upwards too, but puts them in no order."""
    words = [word for line in seen.printed for word in line if len(word.text) > 2]
    upwards = sum(word.box.height > 1.2 * word.box.width for word in words)
    return len(words) >= _ENOUGH and upwards < len(words) / 2 and _sense(seen) >= _SURE


def rotation_of(picture: NDArray[np.uint8]) -> int:
    """Degrees clockwise (0, 90, 180, 270) that bring the page upright; 0 where Tesseract cannot tell."""
    scale = min(1.0, _LOOK_AT / max(picture.shape))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    try:
        found = pytesseract.image_to_osd(small, config="--psm 0 -c min_characters_to_try=20", output_type=pytesseract.Output.DICT)
    except pytesseract.TesseractError:  # too few letters
        return 0
    return int(found["rotate"]) % 360


def _sense(seen: Recognised) -> float:
    """Mean confidence by letters: rubbish is read as many short words."""
    words = [word for line in seen.printed for word in line]
    letters = sum(len(word.text) for word in words)
    return sum(len(word.text) * word.confidence for word in words) / letters if letters else 0.0
