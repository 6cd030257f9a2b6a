"""Nhận dạng chữ: the printed lines of a picture, words with boxes and confidences."""

import re

import numpy as np
from numpy.typing import NDArray

from models.document import Box, Word
from models.text import clean
from vanthu.ocr import engine
from vanthu.ocr.letter_case import mended

_STROKES = re.compile(r"^[|_¦¿¡©®£¬°~^`¥«»=\\<>{}]+$")
"""What frames, rules and strokes of pens are read as; no office letter prints them alone."""

_UNSURE, _LOWEST = 0.6, 0.036
"""Confidence and inches: small letters of 6 points are 0.04 high."""


def printed_lines(picture: NDArray[np.uint8], dpi: int, psm: int = 3, *, apart: bool = False) -> list[list[Word]]:
    """Printed lines of a picture (grey), as Tesseract parts them; `apart`: read by a program of its own."""
    lines: dict[tuple[str, str, str], list[Word]] = {}
    for row in engine.table(picture, dpi, psm, apart=apart):
        text, sure = clean(row["text"]).strip(), float(row["confidence"])
        if text and sure >= 0 and not _STROKES.match(text) and not _is_scrap(text, sure / 100, int(row["height"]) / dpi):
            key = (row["block"], row["paragraph"], row["line"])
            lines.setdefault(key, []).append(Word(text, _box(row), round(sure / 100, 3)))
    return [mended(line) for line in lines.values()]


def _is_scrap(text: str, sure: float, inches: float) -> bool:
    """True for letters too low for any print: what the strokes of a seal or a pen leave of the tone marks that they cross."""
    return sure < _UNSURE and inches < _LOWEST and any(c.isalpha() for c in text)


def _box(row: dict[str, str]) -> Box:
    left, top, width, height = (int(row[name]) for name in ("left", "top", "width", "height"))
    return Box(left, top, left + width, top + height)
