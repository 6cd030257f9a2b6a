"""Gạch đầu dòng: the dash before an entry of a list, which Tesseract drops or takes for another mark, told by its shape."""

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from models.document import Box, Word

Picture = NDArray[np.uint8]

_BEFORE = 1.0
"""Heights of a line: how far left of its first word its dash stands at most."""

_LONG, _THIN, _LEVEL = (0.2, 0.7), 0.22, (0.3, 0.8)
"""Of a dash in heights of its line: its length, how thick it is at most, and how far down its middle stands."""

_MISREAD = frozenset(";,.:_~=–—›»*•·“”'\"-¬")
_CONFIDENCE = 0.9


def mended(grey: Picture, printed: Sequence[Sequence[Word]]) -> list[list[Word]]:
    """Printed lines with the dashes that stand before them."""
    return [_line(grey, list(line)) for line in printed]


def _line(grey: Picture, line: list[Word]) -> list[Word]:
    if not line:
        return line
    first = min(line, key=lambda w: w.box.left)
    rest = [word for word in line if word is not first]
    if _MISREAD.issuperset(first.text):
        high = round(median(w.box.height for w in rest)) if rest else 0
        beside = min(rest, key=lambda w: w.box.left, default=first)
        dash = _dash(grey, beside.box, high) if rest and beside.box.left - first.box.left < 2 * _BEFORE * high else None
        return line if dash is None or first.text == "-" else [replace(first, text="-", raw=first.raw or first.text), *rest]
    if not first.text[0].isalnum():
        return line
    dash = _dash(grey, first.box, round(median(w.box.height for w in line)))
    return line if dash is None else [Word("-", dash, _CONFIDENCE), *line]


def _dash(grey: Picture, word: Box, high: int) -> Box | None:
    """The dash left of a word, where nothing else stands there."""
    left, right = max(0, word.left - round(2 * _BEFORE * high)), word.left - 1
    # The word's own box may be higher than its line: marks over capitals.
    top, bottom = max(0, word.bottom - round(1.2 * high)), word.bottom
    if right - left < high // 2 or bottom <= top:
        return None
    ink = cv2.threshold(grey[top:bottom, left:right], 150, 255, cv2.THRESH_BINARY_INV)[1]
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    marks = [Box(left + x, top + y, left + x + w, top + y + h) for x, y, w, h, area in stats[1:count].tolist() if area > 4]
    if len(marks) != 1:
        return None
    (mark,) = marks
    down = (mark.middle[1] - (bottom - high)) / high
    is_dash = _LONG[0] * high < mark.width < _LONG[1] * high and mark.height < max(4, _THIN * high) and mark.width > 1.6 * mark.height
    near = word.left - mark.right < _BEFORE * high and mark.left > left
    return mark if is_dash and near and _LEVEL[0] < down < _LEVEL[1] else None
