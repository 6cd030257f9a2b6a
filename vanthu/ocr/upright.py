"""Chiều trang: pages scanned upside down or on their side are turned before they are read."""

from dataclasses import replace

import cv2
import numpy as np
import pytesseract

from models.document import Word
from vanthu.ocr import numerals
from vanthu.ocr.page import Picture, Recognised, recognise
from vanthu.ocr.recognise import printed_lines

_SURE = 0.7
"""Mean confidence above which a page stands upright: measured, 0.9 upright and 0.4 upside down, on faxes too."""

_ENOUGH = 12
_LOOK_AT = 2500

_TOLD, _PART = 2.0, 3.0
"""Tesseract's confidence from which its word is taken for which way is up; inches of the square that is read in all four ways where not."""


def recognise_upright(picture: Picture, dpi: int, turned: int | None = None) -> Recognised:
    """Read one picture, turned as a person said (degrees clockwise), else where it reads better so.

    Only a page that reads badly is looked at: finding its way up takes a while.
    """
    seen = _upright(picture, dpi) if turned is None else _turned(picture, dpi, turned)
    return replace(seen, printed=numerals.mended(seen.printed))


def _upright(picture: Picture, dpi: int) -> Recognised:
    seen = recognise(picture, dpi)
    if _stands(seen) or not np.any(picture < 128):
        return seen
    angle = rotation_of(picture, dpi)
    if not angle:
        return seen
    turned = _turned(picture, dpi, angle)
    return turned if _stands(turned) or _sense(turned) > _sense(seen) else seen


def _turned(picture: Picture, dpi: int, angle: int) -> Recognised:
    return replace(recognise(np.ascontiguousarray(np.rot90(picture, -(angle // 90))), dpi), rotation=angle)


def _stands(seen: Recognised) -> bool:
    """Words enough, read well, and wider than high: Tesseract reads lines that run upwards too, but puts them in no order."""
    words = [word for line in seen.printed for word in line if len(word.text) > 2]
    upwards = sum(word.box.height > 1.2 * word.box.width for word in words)
    return len(words) >= _ENOUGH and upwards < len(words) / 2 and _sense(seen) >= _SURE


def rotation_of(picture: Picture, dpi: int) -> int:
    """Degrees clockwise (0, 90, 180, 270) that bring the page upright.

    Where Tesseract's own answer is not sure, the way in which a part of the page reads best.
    """
    scale = min(1.0, _LOOK_AT / max(picture.shape))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    try:
        found = pytesseract.image_to_osd(small, config="--psm 0 -c min_characters_to_try=20", output_type=pytesseract.Output.DICT)
        if float(found["orientation_conf"]) >= _TOLD:
            return int(found["rotate"]) % 360
    except pytesseract.TesseractError:  # too few letters
        pass
    part = _fullest(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), round(_PART * dpi))
    read = {angle: printed_lines(np.ascontiguousarray(np.rot90(part, -(angle // 90))), dpi, psm=6) for angle in (0, 90, 180, 270)}
    return max(read, key=lambda angle: _read_well(read[angle]))


def _fullest(grey: Picture, side: int) -> Picture:
    """The square of a page that holds most ink."""
    ink = cv2.boxFilter((grey < 128).astype(np.float32), -1, (side, side), normalize=False, borderType=cv2.BORDER_CONSTANT)
    y, x = np.unravel_index(int(ink.argmax()), ink.shape)
    top, left = max(0, int(y) - side // 2), max(0, int(x) - side // 2)
    return np.asarray(
        cv2.copyMakeBorder(grey[top : top + side, left : left + side], 20, 20, 20, 20, cv2.BORDER_CONSTANT, value=255), dtype=np.uint8
    )


def _read_well(lines: list[list[Word]]) -> float:
    """Letters of words that were read for sure: rubbish is read as short words, and not for sure."""
    return sum(len(w.text) * w.confidence for line in lines for w in line if len(w.text) > 2 and w.confidence > _SURE)


def _sense(seen: Recognised) -> float:
    """Mean confidence by letters: rubbish is read as many short words."""
    words = [word for line in seen.printed for word in line]
    letters = sum(len(word.text) for word in words)
    return sum(len(word.text) * word.confidence for word in words) / letters if letters else 0.0
