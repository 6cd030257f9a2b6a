"""Một trang ảnh: picture → words in straightened pixels, ruled tables and marks."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from models.document import Mark, Word
from vanthu.ocr import rulings
from vanthu.ocr.grids import Grid
from vanthu.ocr.recognise import printed_lines
from vanthu.ocr.straighten import binarise, skew_of, straight

Picture = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What stands on a picture: printed lines, grids and marks, in pixels of the upright, straightened picture."""

    width: int
    height: int
    printed: list[list[Word]]
    grids: list[Grid]
    marks: list[Mark]
    rotation: int = 0
    skew: float = 0.0


def recognise(picture: Picture, dpi: int) -> Recognised:
    """Read one picture (RGB)."""
    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    skew = skew_of(binarise(grey))
    if skew:
        grey = straight(grey, skew)
    found = rulings.grids(binarise(grey))
    return Recognised(grey.shape[1], grey.shape[0], printed_lines(grey, dpi), found, [], 0, skew)
