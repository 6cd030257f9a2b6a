"""Đường tách dòng: parts rows of handwriting that reach into one another, so that each can be read alone."""

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]

_THROUGH, _OFF, _TURN = 40.0, 0.02, 0.1
"""What a seam pays for a pixel of ink, for each pixel that it is off its usual row, and that it rises or falls."""

_STEEP = 3
"""Pixels up or down that a seam goes in one column: slashes are seldom steeper."""


def seam(picture: Picture, top: float, bottom: float, usual: float) -> NDArray[np.int64]:
    """The row, for each column of a picture (grey, dark on light), of a way from left to right between two rows that crosses least ink.

    `usual`: the row that it keeps to where nothing stands in its way.
    """
    first, last = max(0, round(top)), min(picture.shape[0], max(round(top) + 2, round(bottom)))
    band = picture[first:last]
    off = np.abs(np.arange(first, last) - usual) * _OFF
    costs = (1 - band.astype(np.float64).T / 255) * _THROUGH + off
    reach = range(-_STEEP, _STEEP + 1)
    total = costs[0].copy()
    steps = np.zeros(costs.shape, np.int64)
    for column in range(1, len(costs)):
        padded = np.pad(total, _STEEP, constant_values=np.inf)
        before = np.stack([padded[_STEEP + d : _STEEP + d + len(total)] + _TURN * abs(d) for d in reach])
        steps[column] = before.argmin(0)
        total = before.min(0) + costs[column]
    way = np.empty(len(costs), np.int64)
    way[-1] = total.argmin()
    for column in range(len(costs) - 1, 0, -1):
        way[column - 1] = way[column] + steps[column][way[column]] - _STEEP
    return way + first


def between(picture: Picture, upper: NDArray[np.int64] | None, lower: NDArray[np.int64] | None) -> Picture:
    """The picture with white above one seam and beneath another."""
    rows = np.arange(picture.shape[0])[:, None]
    out = np.zeros(picture.shape, bool)
    if upper is not None:
        out |= rows < upper
    if lower is not None:
        out |= rows >= lower
    return np.asarray(np.where(out, 255, picture), np.uint8)
