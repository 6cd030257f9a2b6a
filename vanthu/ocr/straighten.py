"""Nắn thẳng: the skew of a page found by the profile of its ink, and taken out."""

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]

_MOST = 4.0
"""Degrees; what is turned further was put in askew by a person and is read by its own lines."""


def binarise(grey: Picture) -> Picture:
    """Ink white on black, by Otsu's threshold."""
    return np.asarray(cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1], dtype=np.uint8)


def skew_of(binary: Picture) -> float:
    """Degrees by which the lines run downhill (clockwise), to a twentieth of a degree."""
    scale = min(1.0, 1000 / max(binary.shape))
    small = cv2.resize(binary, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    small = np.asarray(cv2.threshold(small, 80, 255, cv2.THRESH_BINARY)[1], dtype=np.uint8)
    half = cv2.resize(small, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    best = 0.0
    # Half the size tells half degrees.
    for looked_at, step, reach in ((half, 0.5, _MOST), (small, 0.1, 0.4), (small, 0.05, 0.05)):
        angles = np.arange(best - reach, best + reach + step / 2, step)
        best = float(max(angles, key=lambda a: _sharpness(looked_at, float(a))))
    return round(best, 2) if abs(best) <= _MOST else 0.0


def _sharpness(small: Picture, angle: float) -> float:
    """High where rows of pixels are either full of ink or empty."""
    profile = cv2.warpAffine(small, turn(small.shape, angle), small.shape[::-1], flags=cv2.INTER_NEAREST).sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(profile)).sum())


def turn(shape: tuple[int, ...], angle: float) -> NDArray[np.float64]:
    """The matrix that takes `angle` degrees of skew out of a picture of this shape."""
    return np.asarray(cv2.getRotationMatrix2D((shape[1] / 2, shape[0] / 2), angle, 1.0))


def warped(picture: Picture, matrix: NDArray[np.float64], flags: int = cv2.INTER_CUBIC, paper: int = 255) -> Picture:
    """The picture moved by `matrix`, its size kept, what comes in from outside filled with `paper`."""
    return np.asarray(
        cv2.warpPerspective(picture, matrix, picture.shape[1::-1], flags=flags, borderMode=cv2.BORDER_CONSTANT, borderValue=(paper,) * 3),
        dtype=np.uint8,
    )
