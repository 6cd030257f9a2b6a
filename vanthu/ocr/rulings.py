"""Đường kẻ: the rules of tables, found in the picture of a page with OpenCV's morphology."""

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from models.document import Box
from vanthu.ocr.grids import Cell, Grid

Picture = NDArray[np.uint8]

_LONG = 0.03
"""A rule is longer than this share of the page's longer side: no letter stroke is."""


def masks(binary: Picture) -> tuple[Picture, Picture]:
    """Level and upright rules of a picture whose ink is white."""
    length = round(_LONG * max(binary.shape))
    # Scanned rules wave by a pixel or two: thicken them across before looking for long runs.
    level = cv2.morphologyEx(cv2.dilate(binary, np.ones((3, 1), np.uint8)), cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    upright = cv2.morphologyEx(cv2.dilate(binary, np.ones((1, 3), np.uint8)), cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    return level, upright


def grids(binary: Picture) -> list[Grid]:
    """Ruled tables of the page, from the top; single boxes (urgency, stamps) are none."""
    level, upright = masks(binary)
    joined = cv2.dilate(level | upright, np.ones((5, 5), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    found = []
    for left, top, width, height, _ in stats[1:count]:
        if width > 0.25 * binary.shape[1] and height > 0.012 * binary.shape[0]:
            grid = _grid(level, upright, Box(int(left), int(top), int(left + width), int(top + height)))
            if grid:
                found.append(grid)
    return sorted(found, key=lambda g: g.box.top)


def _grid(level: Picture, upright: Picture, box: Box) -> Grid | None:
    view = (slice(box.top, box.bottom), slice(box.left, box.right))
    near = max(6, round(0.004 * max(level.shape)))
    ys = _positions(level[view].sum(axis=1) / 255, 0.05 * box.width, near)
    xs = _positions(upright[view].sum(axis=0) / 255, min(0.05 * box.height, 3.0 * near), near)
    if len(xs) < 3 or len(ys) < 2:
        return None
    cells = _cells(level[view], upright[view], xs, ys, near)
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
