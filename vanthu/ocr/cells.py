"""Ô của bảng: the cells of a ruled table set under one another as one narrow page, and read as such.

Tesseract reads a ruled table across its cells; a column of cells it reads as it reads any text.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from models.document import Box, Word
from vanthu.ocr import dashes, rulings
from vanthu.ocr.grids import Cell, Grid
from vanthu.ocr.recognise import printed_lines

Picture = NDArray[np.uint8]

_TALLEST = 12_000
"""Pixels of one strip of cells: well under what Tesseract takes."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """Where a piece of the page lies in the strip."""

    source: Box
    top: int
    left: int


def without_tables(grey: Picture, grids: Sequence[Grid]) -> Picture:
    """The page with its tables painted over."""
    rest = grey.copy()
    for grid in grids:
        rest[max(0, grid.box.top - 2) : grid.box.bottom + 2, max(0, grid.box.left - 2) : grid.box.right + 2] = 255
    return rest


def words(grey: Picture, binary: Picture, grid: Grid, dpi: int) -> list[Word]:
    """The words of a table, cell by cell, in pixels of the page."""
    level, upright = rulings.masks(binary)
    rules = cv2.dilate(level | upright, np.ones((3, 3), np.uint8))
    plain = np.where(rules > 0, 255, grey).astype(np.uint8)
    inked = np.where(rules > 0, 0, binary).astype(np.uint8)
    pieces = [piece for cell in sorted(grid.cells, key=lambda c: (c.column, c.row)) if (piece := _piece(inked, cell, dpi))]
    found: list[Word] = []
    for some in _strips(pieces, dpi):
        strip, placed = _strip(plain, some, dpi)
        for word in (w for line in dashes.mended(strip, printed_lines(strip, dpi, psm=6)) for w in line):
            home = min(placed, key=lambda p: _distance(p, word.box))
            found.append(replace(word, box=_moved(word.box, home)))
    return found


def _piece(inked: Picture, cell: Cell, dpi: int) -> Box | None:
    """The part of a cell that holds ink, None where it is empty."""
    inset = max(2, dpi // 75)
    box = Box(cell.box.left + inset, cell.box.top + inset, cell.box.right - inset, cell.box.bottom - inset)
    if box.width < 4 or box.height < 4:
        return None
    left, top, width, height = cv2.boundingRect(inked[box.top : box.bottom, box.left : box.right])
    if width * height < (dpi / 40) ** 2:
        return None
    return Box(box.left + left, box.top + top, box.left + left + width, box.top + top + height)


def _strips(pieces: Sequence[Box], dpi: int) -> list[list[Box]]:
    strips: list[list[Box]] = []
    height = 0
    for piece in pieces:
        if not strips or height + piece.height > _TALLEST:
            strips.append([])
            height = 0
        strips[-1].append(piece)
        height += piece.height + _gap(dpi)
    return strips


def _gap(dpi: int) -> int:
    return dpi // 9


def _strip(plain: Picture, pieces: Sequence[Box], dpi: int) -> tuple[Picture, list[_Placed]]:
    gap, margin = _gap(dpi), dpi // 6
    width = max(p.width for p in pieces) + 2 * margin
    strip = np.full((sum(p.height + gap for p in pieces) + 2 * margin, width), 255, np.uint8)
    placed = []
    top = margin
    for piece in pieces:
        strip[top : top + piece.height, margin : margin + piece.width] = plain[piece.top : piece.bottom, piece.left : piece.right]
        placed.append(_Placed(piece, top, margin))
        top += piece.height + gap
    return strip, placed


def _distance(placed: _Placed, box: Box) -> float:
    middle = box.middle[1]
    return max(placed.top - middle, middle - placed.top - placed.source.height, 0)


def _moved(box: Box, placed: _Placed) -> Box:
    """From the strip to the page, kept inside the cell."""
    dx, dy = placed.source.left - placed.left, placed.source.top - placed.top
    left, top = max(placed.source.left, box.left + dx), max(placed.source.top, box.top + dy)
    right, bottom = min(placed.source.right, box.right + dx), min(placed.source.bottom, box.bottom + dy)
    return Box(left, top, max(left + 1, right), max(top + 1, bottom))
