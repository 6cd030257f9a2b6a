"""Một trang ảnh: picture → words in straightened pixels, ruled tables and marks."""

from dataclasses import dataclass
from functools import cache, reduce

import cv2
import numpy as np
from numpy.typing import NDArray

from models.document import Mark, Word
from vanthu.ocr import blocks, cells, dashes, handwriting, heights, missed, rulings, stamps
from vanthu.ocr.clean import Layers, is_bilevel, layers, without_drawings, without_edges
from vanthu.ocr.grids import Grid
from vanthu.ocr.perspective import sheet_matrix
from vanthu.ocr.recognise import printed_lines
from vanthu.ocr.render import working_scale
from vanthu.ocr.straighten import binarise, skew_of, turn, warped

Picture = NDArray[np.uint8]
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What stands on a picture: printed lines, grids and marks, in pixels of the upright, straightened picture.

    `warp` takes these pixels to those of the upright picture before straightening.
    """

    width: int
    height: int
    dpi: int
    printed: list[list[Word]]
    grids: list[Grid]
    marks: list[Mark]
    rotation: int = 0
    skew: float = 0.0
    warp: tuple[float, ...] = ()


def recognise(picture: Picture, dpi: int) -> Recognised:
    """Read one picture (RGB) of `dpi` pixels an inch; it is brought to the resolution that reads best."""
    native, matrix, skew = straightened(picture)
    scale = working_scale(dpi, native.grey.size)
    clean = Layers(_scaled(native.grey, scale), None if native.ink is None else _scaled(native.ink, scale))
    dpi = round(dpi * scale)

    @cache
    def whole() -> Picture:
        return _scaled(handwriting.all_ink(picture, native, matrix), scale)

    binary = binarise(clean.grey)
    found = rulings.grids(binary)
    stamped = stamps.find(cells.without_tables(clean.grey, found), clean.ink, whole, dpi)
    plain = without_drawings(stamped.grey, dpi)
    printed = blocks.reread(plain, stamped.grey, printed_lines(plain, dpi), dpi)
    printed += missed.found(plain, printed, dpi)
    printed = dashes.mended(plain, printed)
    printed += stamped.urgent
    printed += [cells.words(clean.grey, binary, grid, dpi) for grid in found]
    printed = heights.mended(clean.grey, printed)
    height, width = clean.grey.shape
    printed, written = handwriting.find(printed, height, whole, dpi)
    marks = handwriting.merged(stamped.marks, written)
    return Recognised(width, height, dpi, printed, found, marks, 0, skew, _warp(matrix, scale))


def _scaled(layer: Picture, scale: float) -> Picture:
    if scale == 1:
        return layer
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(layer, None, fx=scale, fy=scale, interpolation=how), dtype=np.uint8)


def _warp(matrix: Matrix | None, scale: float) -> tuple[float, ...]:
    """Nine numbers that take pixels of the straightened page to those of the scan of the same size."""
    if matrix is None:
        return ()
    larger = np.diag([scale, scale, 1.0])
    return tuple(float(v) for v in (larger @ np.linalg.inv(matrix) @ np.linalg.inv(larger)).ravel())


def straightened(picture: Picture) -> tuple[Layers, Matrix | None, float]:
    """The layers of a picture made straight, the matrix that did it (None: nothing to do), and the skew in degrees."""
    sheet = sheet_matrix(picture)
    clean = layers(picture if sheet is None else warped(picture, sheet))
    clean = Layers(without_edges(clean.grey), clean.ink)
    skew = skew_of(binarise(clean.grey))
    turned = np.vstack([turn(clean.grey.shape, skew), [0, 0, 1]]) if skew else None
    clean = _moved(clean, turned)
    leaning = None if is_bilevel(picture) else rulings.lean(binarise(clean.grey))
    clean = _moved(clean, leaning)
    steps = [m for m in (leaning, turned, sheet) if m is not None]
    return clean, reduce(np.matmul, steps) if steps else None, skew


def _moved(clean: Layers, matrix: Matrix | None) -> Layers:
    if matrix is None:
        return clean
    return Layers(warped(clean.grey, matrix), None if clean.ink is None else warped(clean.ink, matrix))
