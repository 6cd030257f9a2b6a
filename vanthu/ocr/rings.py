"""Vành dấu: the ring of a black seal taken out of the print it is stamped over, so that letters it crosses are not lost with it."""

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Mask = NDArray[np.bool_]

_RADII = (0.45, 0.95)
"""Inches: half the diameter of a seal, 18 to 24 mm, and what scanning makes of it."""

_SEEN = 0.6
"""Share of its round on which a ring must be seen."""

_WOBBLE, _BESIDE = 0.022, 0.02
"""Shares of the radius: how far a ring runs off a circle, and how far beside it a letter that it crosses goes on."""

_ANGLES = 720


def under(drawn: Mask, dpi: int) -> Mask:
    """Of what is drawn (seals, signatures) the pixels that are no ring: letters it crosses, and all else."""
    kept = drawn.copy()
    small = cv2.resize(drawn.astype(np.uint8) * 255, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    low, high = (round(r * dpi / 2) for r in _RADII)
    found = cv2.HoughCircles(small, cv2.HOUGH_GRADIENT, 1.5, dpi / 4, param1=100, param2=60, minRadius=low, maxRadius=high)
    for x, y, radius in [] if found is None else found[0][:4]:
        circle = _fitted(drawn, 2.0 * x, 2.0 * y, 2.0 * radius)
        if circle:
            _take_out(kept, drawn, *circle)
    return kept


def _fitted(drawn: Mask, x: float, y: float, radius: float) -> tuple[float, float, float] | None:
    """The circle through the ink near one, by least squares; None where it is not seen most of the way round."""
    rows, columns = np.nonzero(drawn)
    for reach in (0.06, 0.03):
        off = np.hypot(columns - x, rows - y) - radius
        near = np.abs(off) < reach * radius
        if near.sum() < 50:
            return None
        px, py = columns[near].astype(np.float64), rows[near].astype(np.float64)
        a, b, c = np.linalg.lstsq(np.column_stack([px, py, np.ones_like(px)]), px**2 + py**2, rcond=None)[0]
        x, y, radius = a / 2, b / 2, float(np.sqrt(c + (a / 2) ** 2 + (b / 2) ** 2))
    off = np.hypot(columns - x, rows - y) - radius
    near = np.abs(off) < _WOBBLE * radius
    turns = np.unique((np.arctan2(rows[near] - y, columns[near] - x) * _ANGLES / (2 * np.pi)).astype(int))
    return (x, y, radius) if len(turns) > _SEEN * _ANGLES else None


def _take_out(kept: Mask, drawn: Mask, x: float, y: float, radius: float) -> None:
    """Take the ring out, but not where ink goes on beside it on both sides: there a stroke crosses it."""
    wide = max(3.0, _WOBBLE * radius)
    rows, columns = np.nonzero(drawn)
    dx, dy = columns - x, rows - y
    distance = np.hypot(dx, dy)
    ring = np.abs(distance - radius) < wide
    crossed = np.ones(int(ring.sum()), bool)
    for side in (-1, 1):
        out = (radius + side * (wide + _BESIDE * radius / 2)) / distance[ring]
        across, down = np.rint(x + dx[ring] * out).astype(int), np.rint(y + dy[ring] * out).astype(int)
        inside = (across >= 0) & (down >= 0) & (across < drawn.shape[1]) & (down < drawn.shape[0])
        crossed &= inside & drawn[np.clip(down, 0, drawn.shape[0] - 1), np.clip(across, 0, drawn.shape[1] - 1)]
    gone = np.flatnonzero(ring)[~crossed]
    kept[rows[gone], columns[gone]] = False
