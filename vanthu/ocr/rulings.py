"""Đường kẻ: the rules of tables, found in the picture of a page with OpenCV's morphology."""

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from models.document import Box
from vanthu.ocr.grids import Cell, Grid

Picture = NDArray[np.uint8]

_LONG, _TALL = 0.03, 0.02
"""Level and upright rules are longer than these shares of the page's longer side: no stroke of a letter is."""

_LEAN = 0.002
"""Share of the table's width by which its corners may stand off a rectangle."""

_MOST_LEAN = 0.04


def masks(binary: Picture) -> tuple[Picture, Picture]:
    """Level and upright rules of a picture whose ink is white."""
    length, height = round(_LONG * max(binary.shape)), round(_TALL * max(binary.shape))
    # Scanned rules wave by a pixel or two: thicken them across before looking for long runs.
    level = cv2.morphologyEx(cv2.dilate(binary, np.ones((3, 1), np.uint8)), cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    upright = cv2.morphologyEx(cv2.dilate(binary, np.ones((1, 3), np.uint8)), cv2.MORPH_OPEN, np.ones((height, 1), np.uint8))
    return level, upright


def grids(binary: Picture) -> list[Grid]:
    """Ruled tables of the page, from the top; single boxes (urgency, stamps) are none."""
    level, upright = masks(binary)
    joined = cv2.dilate(level | upright, np.ones((5, 5), np.uint8))
    least = (0.25 * binary.shape[1], 0.012 * binary.shape[0])
    if not _any_as_large(joined, least):
        return []
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    found = []
    for n, (left, top, width, height, _) in enumerate(stats[1:count].tolist(), 1):
        if width > least[0] and height > least[1]:
            view = (slice(top, top + height), slice(left, left + width))
            own = labels[view] == n
            grid = _grid(level[view] * own, upright[view] * own, Box(left, top, left + width, top + height), max(binary.shape))
            if grid:
                found.append(grid)
    return sorted(found, key=lambda g: g.box.top)


def lean(binary: Picture) -> NDArray[np.float64] | None:
    """The matrix that makes the largest table a rectangle, None where it is one or there is none."""
    level, upright = masks(binary)
    joined = cv2.morphologyEx(cv2.dilate(level | upright, np.ones((5, 5), np.uint8)), cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    least = (0.4 * binary.shape[1], 0.06 * binary.shape[0])
    if not _any_as_large(joined, least):
        return None
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    largest = 1 + int((stats[1:, cv2.CC_STAT_WIDTH] * stats[1:, cv2.CC_STAT_HEIGHT]).argmax())
    width, height = (int(stats[largest, at]) for at in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT))
    if width < least[0] or height < least[1]:
        return None
    corners = _corners(labels == largest)
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = corners
    left, right, top, bottom = (x0 + x3) / 2, (x1 + x2) / 2, (y0 + y1) / 2, (y2 + y3) / 2
    square = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
    off = float(np.abs(square - corners).max())
    if not max(3.0, _LEAN * width) < off < 0.04 * width:
        return None
    if height > 0.3 * binary.shape[0]:
        matrix = np.asarray(cv2.getPerspectiveTransform(corners, square))
    else:
        # A low table does not show how the page leans away above and below it.
        matrix = np.vstack([cv2.estimateAffine2D(corners, square)[0], [0, 0, 1]])
    # More than a little is no lean but a corner that was not found.
    return matrix if float(np.abs(matrix[:2, :2] - np.eye(2)).max()) < _MOST_LEAN else None


def _any_as_large(joined: Picture, least: tuple[float, float]) -> bool:
    """True where a piece is as wide and high; outlines are found in a tenth of the time that labels take, and few pages have a table."""
    outlines = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]
    return any(width >= least[0] and height >= least[1] for _, _, width, height in map(cv2.boundingRect, outlines))


def _corners(mask: NDArray[np.bool_]) -> NDArray[np.float32]:
    """The points of a leaning rectangle that reach farthest to its four corners."""
    y, x = np.nonzero(mask)
    ends = [(x + y).argmin(), (x - y).argmax(), (x + y).argmax(), (y - x).argmax()]
    return np.array([[x[n], y[n]] for n in ends], np.float32)


def _grid(level: Picture, upright: Picture, box: Box, side: int) -> Grid | None:
    near = max(6, round(0.004 * side))
    ys = _positions(level.sum(axis=1) / 255, 0.05 * box.width, near)
    xs = _positions(upright.sum(axis=0) / 255, min(0.05 * box.height, 3.0 * near), near)
    if len(xs) < 3 or len(ys) < 2:
        return None
    cells = _cells(level, upright, xs, ys, near)
    if len(cells) < 2:
        return None
    placed = tuple(
        Cell(Box(c.box.left + box.left, c.box.top + box.top, c.box.right + box.left, c.box.bottom + box.top), c.row, c.column)
        for c in cells
    )
    return Grid(box, placed, tuple(x + box.left for x in xs))


def _positions(profile: NDArray[np.float64], least: float, near: int) -> list[int]:
    """Middles of the runs in which the profile is high, close runs as one."""
    runs: list[list[int]] = []
    for at in np.flatnonzero(profile > least):
        if runs and at - runs[-1][-1] <= near:
            runs[-1].append(int(at))
        else:
            runs.append([int(at)])
    return [round(sum(run) / len(run)) for run in runs]


def _cells(level: Picture, upright: Picture, xs: Sequence[int], ys: Sequence[int], near: int) -> list[Cell]:
    """Cells between the rules; where a piece of rule is missing the cells on its sides are one."""
    columns, count = len(xs) - 1, (len(xs) - 1) * (len(ys) - 1)
    parent = list(range(count))

    def root(n: int) -> int:
        while parent[n] != n:
            n = parent[n]
        return n

    for row, (top, bottom) in enumerate(pairwise(ys)):
        for column, (left, right) in enumerate(pairwise(xs)):
            here = row * columns + column
            if column and not _ruled(upright[top:bottom, max(0, left - near) : left + near], 0):
                parent[root(here)] = root(here - 1)
            if row and not _ruled(level[max(0, top - near) : top + near, left:right], 1):
                parent[root(here)] = root(here - columns)
    groups: dict[int, list[int]] = {}
    for n in range(count):
        groups.setdefault(root(n), []).append(n)
    found = []
    for group in groups.values():
        top, bottom = min(group) // columns, max(group) // columns
        first, last = min(n % columns for n in group), max(n % columns for n in group)
        found.append(Cell(Box(xs[first], ys[top], xs[last + 1], ys[bottom + 1]), top, first))
    return found


def _ruled(strip: Picture, along: int) -> bool:
    """True where a rule runs along most of the strip."""
    return strip.size > 0 and float((strip.max(axis=1 - along) > 0).mean()) > 0.5
