"""Phối cảnh: the sheet in a phone's picture brought to a rectangle, the desk around it cut."""

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Matrix = NDArray[np.float64]
_Side = tuple[float, float]
"""A side x = a + b·y as (a, b); of the turned picture for top and bottom."""

_LONG_SIDE = 600
_REACH = 0.15
"""The sheet's edge is looked for in this outer share of the picture."""

_STEP = 22
"""Levels by which the paper is brighter than what lies around it."""


def sheet_matrix(picture: Picture) -> Matrix | None:
    """The matrix that fits the sheet in the picture (RGB) to the whole picture; None where no edge of it is seen."""
    scale = _LONG_SIDE / max(picture.shape[:2])
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    # A desk differs in brightness or in colour: the weakest channel shows both. Closing takes the print out.
    low = cv2.morphologyEx(np.ascontiguousarray(small.min(axis=2)), cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    low = np.asarray(cv2.GaussianBlur(low, (3, 3), 0), dtype=np.uint8)
    left, top = _edge(low), _edge(low.T)
    right, bottom = _edge(low[:, ::-1]), _edge(low.T[:, ::-1])
    if not any((left, top, right, bottom)):
        return None
    height, width = low.shape
    sides_x = _pair(left, right, width, height)
    sides_y = _pair(top, bottom, height, width)
    corners = [_crossing(sides_x[x], sides_y[y]) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]
    height, width = picture.shape[:2]
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    return np.asarray(cv2.getPerspectiveTransform((np.array(corners) / scale).astype(np.float32), target))


def _edge(low: Picture) -> _Side | None:
    """The line along which most rows step up from dark to bright in their first pixels."""
    reach = round(_REACH * low.shape[1])
    near = low[:, : reach + 4].astype(np.int16)
    steps = near[:, 4:] - near[:, :-4]
    at, height = steps.argmax(axis=1) + 2, steps.max(axis=1)
    rows = np.flatnonzero(height > _STEP)
    if len(rows) < 0.3 * low.shape[0]:
        return None
    side = _line(rows.astype(np.float64), at[rows].astype(np.float64))
    close = np.abs(at[rows] - (side[0] + side[1] * rows)) < 4
    # A dark stroke of print is no edge: an edge runs straight along most of the picture.
    return side if close.sum() > 0.25 * low.shape[0] and abs(side[1]) < 0.12 else None


def _line(y: NDArray[np.float64], x: NDArray[np.float64]) -> _Side:
    """Theil and Sen's line: the median of slopes bears rows that have no edge or another one."""
    half = len(y) // 2
    slope = float(np.median((x[half : 2 * half] - x[:half]) / (y[half : 2 * half] - y[:half])))
    return float(np.median(x - slope * y)), slope


def _pair(near: _Side | None, far: _Side | None, across: int, along: int) -> tuple[_Side, _Side]:
    """Both sides, the far one seen from the near end; one out of the picture runs as the other does."""
    other = _mirrored(far, across) if far else None
    slope = near[1] if near else other[1] if other else 0.0
    return near or (-slope * along / 2, slope), other or (across - slope * along / 2, slope)


def _mirrored(side: _Side, length: int) -> _Side:
    return length - side[0], -side[1]


def _crossing(upright: _Side, level: _Side) -> tuple[float, float]:
    """Where x = a + b·y and y = c + d·x meet."""
    (a, b), (c, d) = upright, level
    x = (a + b * c) / (1 - b * d)
    return x, c + d * x
