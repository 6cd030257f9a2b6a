"""Gáy sách: the fold between two pages of a book that lie on one picture."""

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]

_WIDER = 1.15
"""Width over height from which a picture can hold two pages."""

_ROWS, _STROKE, _INK = 600, 9, 0.8
"""Rows of the small picture that is looked at, pixels wider than a stroke in it, and how dark ink is beside its paper."""

_MIDDLE, _LEAST = (0.42, 0.58), 0.03
"""Where the fold is looked for, and the width of the blank strip round it: shares of the picture's width."""

_CLEAN, _FOLD = 0.012, 0.5
"""Shares of a column of pixels: ink up to which it is blank, and dark from which it is the fold itself."""

_SHADE = 0.85
"""Light of the fold's own shadow beside the blank strip round it."""

_LINES = 8
"""Printed lines that either page has at least."""


def gutter(picture: Picture) -> int | None:
    """The x at which two pages (RGB) are parted; None where there is one page: what runs across the middle parts nothing."""
    height, width = picture.shape[:2]
    if width < _WIDER * height:
        return None
    scale = _ROWS / height
    small = cv2.resize(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    # Print is darker than what lies close round it; the shadow of the fold is too broad for that.
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((_STROKE, _STROKE), np.uint8))
    ink = small < _INK * paper
    first, last = (round(share * ink.shape[1]) for share in _MIDDLE)
    share = ink[:, first:last].mean(axis=0)
    start, end = _widest((share < _CLEAN) | (share > _FOLD))
    if end - start < _LEAST * ink.shape[1]:
        return None
    light = small[:, first + start : first + end].mean(axis=0)
    shaded = light.min() < _SHADE * np.median(light)
    middle = first + start + (int(light.argmin()) if shaded else (end - start) // 2)
    return round(middle / scale) if all(_lines(side) >= _LINES for side in (ink[:, :middle], ink[:, middle:])) else None


def _widest(blank: NDArray[np.bool_]) -> tuple[int, int]:
    """The longest run of blank columns, half open."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], blank, [False]]).astype(np.int8))).reshape(-1, 2)
    return max(((int(a), int(b)) for a, b in edges), key=lambda run: run[1] - run[0], default=(0, 0))


def _lines(side: NDArray[np.bool_]) -> int:
    """Rows of print, told by the blank rows between them."""
    inked = side[:, round(0.05 * side.shape[1]) : round(0.95 * side.shape[1])].sum(axis=1) > 2
    return int(np.count_nonzero(np.diff(inked.astype(np.int8)) == 1))
