"""Kiểm mực: ink that no word covers is read again, so that no line is dropped in silence."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from models.document import Box, Word
from vanthu.ocr import pieces
from vanthu.ocr.recognise import printed_lines

Picture = NDArray[np.uint8]

_HIGH, _WIDE = (0.05, 0.4), 0.12
"""Inches: height of a line of print, width of a word."""

_SURE = 0.6
"""Less sure is what a seal's or a signature's strokes give."""


def found(grey: Picture, printed: Sequence[Sequence[Word]], dpi: int) -> list[list[Word]]:
    """Lines read from the ink that `printed` leaves over; most pages have none."""
    rest = cv2.threshold(grey, 150, 255, cv2.THRESH_BINARY_INV)[1]
    margin = dpi // 40
    for word in (w for line in printed for w in line):
        b = word.box
        rest[max(0, b.top - margin) : b.bottom + margin, max(0, b.left - margin) : b.right + margin] = 0
    boxes = _boxes(np.asarray(rest, dtype=np.uint8), dpi)
    if not boxes:
        return []
    alone = np.full_like(grey, 255)
    for b in boxes:
        view = (slice(max(0, b.top - margin), b.bottom + margin), slice(max(0, b.left - margin), b.right + margin))
        alone[view] = grey[view]
    again = [[w for w in line if w.confidence >= _SURE and _is_new(w, boxes)] for line in printed_lines(alone, dpi, psm=11)]
    return [line for line in again if sum(c.isalnum() for w in line for c in w.text) > 1]


def _boxes(rest: Picture, dpi: int) -> list[Box]:
    joined = cv2.morphologyEx(rest, cv2.MORPH_CLOSE, np.ones((3, dpi // 8), np.uint8))
    return [
        Box(left, top, left + width, top + height)
        for left, top, width, height in pieces.boxes(np.asarray(joined, dtype=np.uint8)).tolist()
        if _HIGH[0] * dpi < height < _HIGH[1] * dpi and width > _WIDE * dpi
    ]


def _is_new(word: Word, boxes: Sequence[Box]) -> bool:
    x, y = word.box.middle
    return any(b.left <= x <= b.right and b.top <= y <= b.bottom for b in boxes)
