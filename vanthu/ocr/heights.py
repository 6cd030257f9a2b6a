"""Cỡ chữ: a small u or ư that was read as a capital (`Đảng Uỷ`, `cung Ứng`), and a Đ or T read once too often, mended by measure.

Marks and the horn make these letters so high that Tesseract takes them for capitals; the letter itself is not.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from models.document import Word
from vanthu.ocr.widths import advance, scale

Picture = NDArray[np.uint8]

_SMALL = (0.36, 0.61)
"""Ems: height of a small u or ư, its marks aside but with the horn (0.54–0.61 on scans), a capital's being 0.62–0.76."""


def mended(grey: Picture, printed: Sequence[Sequence[Word]]) -> list[list[Word]]:
    """Printed lines of a page with such words as they are printed; the first reading is kept as `raw`."""
    return [list(_line(grey, line)) for line in printed]


def _line(grey: Picture, line: Sequence[Word]) -> Iterator[Word]:
    for word in line:
        text = word.text
        doubtful = _doubtful(text)
        once = text.replace("ĐĐ", "Đ").replace("TTT", "TT")
        em = scale(word, line, ()) if doubtful or once != text else None
        if em and once != text and _nearer(word, once, em):
            text = once
        if em and doubtful and _SMALL[0] * em < _first_height(grey, word, em) < _SMALL[1] * em:
            text = text.lower()
        yield replace(word, text=text, raw=word.raw or word.text) if text != word.text else word


def _doubtful(text: str) -> bool:
    """True for a word that begins with U or Ư and is small behind it."""
    return unicodedata.normalize("NFD", text)[0] == "U" and text[1:].islower()


def _nearer(word: Word, shorter: str, em: float) -> bool:
    return abs(word.box.width - advance(shorter) * em) < abs(word.box.width - advance(word.text) * em)


def _first_height(grey: Picture, word: Word, em: float) -> int:
    """Pixels from top to bottom of the largest stroke in the place of the first letter."""
    b = word.box
    first = grey[b.top : b.bottom, b.left : b.left + max(3, round(0.8 * advance(word.text[0].lower()) * em))]
    ink = cv2.threshold(first, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1]
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    if count < 2:
        return 0
    return int(stats[1 + int(stats[1:, cv2.CC_STAT_AREA].argmax()), cv2.CC_STAT_HEIGHT])
