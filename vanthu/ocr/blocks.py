"""Khối đầu và khối ký: read again column by column; rules, seals and signatures between them lead Tesseract to mix their lines."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from models.document import Box, Word
from models.text import fold
from vanthu.ocr.recognise import printed_lines

Picture = NDArray[np.uint8]
Lines = list[list[Word]]

_BESIDE = 5
"""Heights of a line: how far from what was read of it the rest may stand under a seal."""
_SURE = 0.5
"""Less sure are words that are made of strokes of the drawing itself."""

_MOTTO = (("cong", "hoa"), ("dang", "cong"), ("doc", "lap"))


def reread(grey: Picture, drawn: Picture, printed: Lines, dpi: int) -> Lines:
    """The printed lines of a page, those of its head and of its foot each from the better of two readings; `drawn` is the page with
    its drawings: signatures and seals take letters with them where they are taken out.
    """
    head = _head(printed, grey.shape[0])
    if head:
        printed = _by_columns(grey, printed, head, dpi)
    foot = _foot(printed)
    if foot is None:
        return printed
    top = max(0, foot - dpi // 12)
    printed = _by_columns(grey, printed, (top, grey.shape[0]), dpi)
    return [_under_drawings(grey, drawn, line, dpi) if _signs(line, top, grey.shape[1]) else line for line in printed]


def _by_columns(grey: Picture, printed: Lines, rows: tuple[int, int], dpi: int) -> Lines:
    """The printed lines, those within `rows` from the better of two readings in each column."""
    top, bottom = rows
    split = _gutter(grey[top:bottom], dpi)
    if split is None:
        return printed
    kept = [line for line in printed if not top <= _middle(line) < bottom]
    old = [line for line in printed if top <= _middle(line) < bottom]
    columns: Lines = []
    for left, right in ((0, split), (split, grey.shape[1])):
        before = [some for line in old if (some := [w for w in line if left <= w.box.middle[0] < right])]
        again = _read(grey, Box(left, top, right, bottom), dpi)
        better: Lines = max(before, again, key=_worth)
        columns += better
    return kept + columns


def _signs(line: list[Word], top: int, width: int) -> bool:
    """True for a line of the signature block, on the right of Nơi nhận."""
    return _middle(line) > top and line[0].box.left > 0.3 * width


def _under_drawings(grey: Picture, drawn: Picture, line: list[Word], dpi: int) -> list[Word]:
    """A line that ran into a drawing, read with it where that reads better."""
    own = Box.around([w.box for w in line])
    beyond = _BESIDE * own.height
    box = Box(max(0, own.left - beyond), max(0, own.top - dpi // 40), min(grey.shape[1], own.right + beyond), own.bottom + dpi // 40)
    view = (slice(box.top, box.bottom), slice(box.left, box.right))
    if not cv2.countNonZero(cv2.absdiff(grey[view], drawn[view])):
        return line
    again = [word for some in _read(drawn, box, dpi, psm=7) for word in some if any(c.isalnum() for c in word.text)]
    sure = bool(again) and min(word.confidence for word in again) > _SURE
    return again if sure and _worth([again]) > _worth([line]) else line


def _head(printed: Lines, height: int) -> tuple[int, int] | None:
    """From the top of the page to Kính gửi, or to the first line over the whole width below the national motto."""
    lines = sorted(printed, key=_middle)
    motto = next((n for n, line in enumerate(lines) if _says(line, _MOTTO)), None)
    if motto is None or _middle(lines[motto]) > 0.35 * height:
        return None
    left = _start(lines[motto], _MOTTO)
    for line in lines[motto + 1 :]:
        box = Box.around([w.box for w in line])
        over = any(a.box.right < left < b.box.left + b.box.width and b.box.left - a.box.right < box.height for a, b in pairwise(line))
        if over or _says(line, (("kinh", "gui"),)):
            return 0, box.top - box.height // 4
    return None


def _foot(printed: Lines) -> int | None:
    """The top of Nơi nhận."""
    for line in reversed(printed):
        for a, b in pairwise(line):
            if fold(a.text).endswith("noi") and fold(b.text).startswith("nhan") and (b.text.endswith(":") or len(line) < 4):
                return min(a.box.top, b.box.top)
    return None


def _says(line: Sequence[Word], pairs: Sequence[tuple[str, str]]) -> bool:
    return any((fold(a.text), fold(b.text).rstrip(":")) in pairs for a, b in pairwise(line))


def _start(line: Sequence[Word], pairs: Sequence[tuple[str, str]]) -> int:
    return next(a.box.left for a, b in pairwise(line) if (fold(a.text), fold(b.text)) in pairs)


def _middle(line: Sequence[Word]) -> float:
    return Box.around([w.box for w in line]).middle[1]


def _gutter(foot: Picture, dpi: int) -> int | None:
    """The x of the widest stretch without ink in the middle of the page."""
    first, last = round(0.3 * foot.shape[1]), round(0.68 * foot.shape[1])
    inked = np.flatnonzero((foot[:, first:last] < 150).sum(axis=0) > dpi // 50) + first
    edges = np.concatenate(([first], inked, [last]))
    widest = int(np.diff(edges).argmax())
    width = int(edges[widest + 1] - edges[widest])
    return int(edges[widest]) + width // 2 if width > dpi // 12 else None


def _read(grey: Picture, box: Box, dpi: int, psm: int = 4) -> Lines:
    crop = grey[box.top : box.bottom, box.left : box.right]
    left, top, width, height = cv2.boundingRect(cv2.threshold(crop, 150, 255, cv2.THRESH_BINARY_INV)[1])
    if not width:
        return []
    margin = dpi // 10
    part = cv2.copyMakeBorder(crop[top : top + height, left : left + width], margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=255)
    dx, dy = box.left + left - margin, box.top + top - margin
    return [[_moved(w, dx, dy) for w in line] for line in printed_lines(np.asarray(part, dtype=np.uint8), dpi, psm)]


def _moved(word: Word, dx: int, dy: int) -> Word:
    b = word.box
    return replace(word, box=Box(b.left + dx, b.top + dy, b.right + dx, b.bottom + dy))


def _worth(lines: Lines) -> float:
    """Letters that were read, each by how far its word is surer than a guess."""
    return sum((w.confidence - 0.5) * len(w.text) for line in lines for w in line)
