"""Phối cảnh: the sheet in a phone's picture brought to a rectangle, the desk around it cut."""

from dataclasses import dataclass

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

_PAD = 16
_SURE, _SEEN = 0.4, 0.12
"""Shares of a side along which its edge is seen: from the first its slope can be told, from the second its place."""


@dataclass(frozen=True, slots=True)
class _Edge:
    """Where the paper begins in each row that shows it, from the border of the picture; `length` rows in all."""

    rows: NDArray[np.float64]
    at: NDArray[np.float64]
    length: int
    across: int

    @property
    def share(self) -> float:
        """Share of the rows that show it."""
        return len(self.rows) / self.length

    @property
    def slope(self) -> float | None:
        """Theil and Sen's: the median of slopes bears rows that show something else. None where too few rows show the edge."""
        half = len(self.rows) // 2
        if self.share < _SURE:
            return None
        first, last = slice(0, half), slice(half, 2 * half)
        return float(np.median((self.at[last] - self.at[first]) / (self.rows[last] - self.rows[first])))

    def side(self, slope: float) -> _Side:
        """The side at this slope, where its rows show it or through the middle of the border."""
        place = float(np.median(self.at - slope * self.rows)) if self.share > _SEEN else -slope * self.length / 2
        return place, slope


def sheet_matrix(picture: Picture) -> Matrix | None:
    """The matrix that fits the sheet in the picture (RGB) to the whole picture; None where its edges are not seen well."""
    scale = _LONG_SIDE / max(picture.shape[:2])
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    # A desk differs in brightness or in colour: the weakest channel shows both. Closing takes the print out.
    low = cv2.copyMakeBorder(np.ascontiguousarray(small.min(axis=2)), _PAD, _PAD, _PAD, _PAD, cv2.BORDER_CONSTANT, value=0)
    low = cv2.morphologyEx(low, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))[_PAD:-_PAD, _PAD:-_PAD]
    low = np.asarray(cv2.GaussianBlur(low, (3, 3), 0), dtype=np.uint8)
    edges = [_edge(view) for view in (low, low[:, ::-1], low.T, low.T[:, ::-1])]
    slopes = _slopes([edge.slope for edge in edges])
    if slopes is None:
        return None
    left, right, top, bottom = (edge.side(slope) for edge, slope in zip(edges, slopes, strict=True))
    sides_x, sides_y = (left, _mirrored(right, low.shape[1])), (top, _mirrored(bottom, low.shape[0]))
    corners = [_crossing(sides_x[x], sides_y[y]) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]
    height, width = picture.shape[:2]
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    return np.asarray(cv2.getPerspectiveTransform((np.array(corners) / scale).astype(np.float32), target))


def _edge(low: Picture) -> _Edge:
    """Rows that step up from dark to bright within their first pixels, and where: a dark stroke of print is no straight edge."""
    reach = round(_REACH * low.shape[1])
    near = low[:, : reach + 4].astype(np.int16)
    steps = near[:, 4:] - near[:, :-4]
    at, height = steps.argmax(axis=1) + 2.0, steps.max(axis=1)
    rows = np.flatnonzero(height > _STEP).astype(np.float64)
    edge = _Edge(rows, at[height > _STEP], low.shape[0], low.shape[1])
    slope = edge.slope
    if slope is None:
        return edge
    straight = np.abs(edge.at - slope * rows - np.median(edge.at - slope * rows)) < 4
    return _Edge(rows[straight], edge.at[straight], edge.length, edge.across)


def _slopes(seen: list[float | None]) -> list[float] | None:
    """Slopes of left, right, top and bottom, each from its own border; a side that is not seen runs as the others say.

    None where no side is seen, or one leans more than a camera held by hand makes it.
    """
    left, right, top, bottom = seen
    known = [s for s in (left, _minus(right), _minus(top), bottom) if s is not None]
    if not known or max(map(abs, known)) > 0.12:
        return None
    turned = sum(known) / len(known)
    upright = [s for s in (left, _minus(right)) if s is not None] or [turned]
    level = [s for s in (top, _minus(bottom)) if s is not None] or [-turned]
    return [
        upright[0] if left is None else left,
        -upright[-1] if right is None else right,
        level[0] if top is None else top,
        -level[-1] if bottom is None else bottom,
    ]


def _minus(slope: float | None) -> float | None:
    return None if slope is None else -slope


def _mirrored(side: _Side, length: int) -> _Side:
    return length - side[0], -side[1]


def _crossing(upright: _Side, level: _Side) -> tuple[float, float]:
    """Where x = a + b·y and y = c + d·x meet."""
    (a, b), (c, d) = upright, level
    x = (a + b * c) / (1 - b * d)
    return x, c + d * x
