"""Dấu ĐẾN, dấu mức độ khẩn, dấu cơ quan: stamps found by their frames, turned straight and read on their own."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from models.document import Box, Mark, Word
from models.text import fold
from vanthu.ocr import stamp_entries
from vanthu.ocr.recognise import printed_lines

Picture = NDArray[np.uint8]
_Rect = tuple[tuple[float, float], tuple[float, float], float]
"""OpenCV's turned rectangle: middle, size, degrees."""

_WIDE, _HIGH, _SEAL = (0.7, 3.2), (0.2, 1.6), (0.9, 1.9)
"""Inches: width and height of a stamp (Decree 30/2020, Annex IV: 35 by 50 mm), diameter of a seal."""

_GAPS = 28
"""An inch through the gaps of a frame that are closed: faxes break its lines into pieces."""

_SEEN = 0.6
"""Share of a broken frame that is seen at least."""

_CUES = re.compile(r"^\W*(?:den\W+)?(so|ngay|gio|chuyen|luu ho so)\b", re.MULTILINE)
_ARRIVED = re.compile(r"\b(d[eé]n|cong van den|van ban den)\b")
_URGENT = {"hoatoc": "HỎA TỐC", "thuongkhan": "THƯỢNG KHẨN", "khan": "KHẨN", "mat": "MẬT", "toimat": "TỐI MẬT", "tuyetmat": "TUYỆT MẬT"}
_PRINT = re.compile(r"cong hoa xa|tu do|kinh gui")


@dataclass(frozen=True, slots=True)
class Stamps:
    """What the stamps of a page say: `grey` is the print without ĐẾN stamps, `urgent` printed lines of urgency stamps."""

    grey: Picture
    marks: list[Mark]
    urgent: list[list[Word]]


def find(grey: Picture, ink: Picture | None, whole: Callable[[], Picture], dpi: int) -> Stamps:
    """Stamps of a page, in the print and (of coloured scans) in the ink alone; `whole`: both, of which entries by hand are read."""
    marks: list[Mark] = []
    urgent: list[list[Word]] = []
    for rect in _frames(grey, dpi):
        lines = _told(grey, rect, dpi)
        text = _text(lines)
        if is_received(text) and not _PRINT.search(fold(text)):
            marks.append(_received(lines, rect, whole(), dpi))
            grey = grey.copy()
            cv2.fillConvexPoly(grey, _polygon(rect, dpi / 30), 255)
        elif (said := _urgent(text)) and abs(_angle(rect)) > 8:
            urgent.append(_as_line(said, _box(rect), _confidence(lines)))
    if ink is not None:
        marks += [mark for rect in _clusters(ink, dpi) for mark in _ink_mark(ink, rect, whole, dpi)]
    received = [m.box for m in marks if m.kind == "received_stamp"]
    marks = [m for m in marks if m.kind != "handwriting" or not any(_holds(box, m.box) for box in received)]
    return Stamps(grey, marks, urgent)


def is_received(text: str) -> bool:
    """True for the words of a dấu ĐẾN."""
    folded = fold(text)
    cues = len(set(_CUES.findall(folded)))
    return cues >= 3 or (cues >= 1 and bool(_ARRIVED.search(folded)))


def _holds(outer: Box, inner: Box) -> bool:
    x, y = inner.middle
    return outer.left <= x < outer.right and outer.top <= y < outer.bottom


def _received(lines: list[list[Word]], rect: _Rect, whole: Picture, dpi: int) -> Mark:
    lines = stamp_entries.filled(lines, _crop(whole, rect, dpi), dpi)
    return Mark("received_stamp", _box(rect), _text(lines), _confidence(lines))


def _ink_mark(ink: Picture, rect: _Rect, whole: Callable[[], Picture], dpi: int) -> Iterator[Mark]:
    box = _box(rect)
    inches = (box.width / dpi, box.height / dpi)
    if _SEAL[0] < min(inches) and max(inches) < _SEAL[1] and max(inches) < 1.25 * min(inches):
        yield Mark("seal", box)
    elif _WIDE[0] < inches[0] and _HIGH[0] < inches[1]:
        lines = _told(ink, rect, dpi)
        if is_received(_text(lines)):
            yield _received(lines, rect, whole(), dpi)
    elif inches[1] < 0.5:
        yield Mark("handwriting", box)


def _frames(grey: Picture, dpi: int) -> Iterator[_Rect]:
    """Turned rectangles round what is framed as a stamp in the print."""
    mask = _dark(grey)
    whole = list(_rectangles(mask, dpi))
    yield from whole
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((dpi // _GAPS, dpi // _GAPS), np.uint8))
    for rect in _rectangles(np.asarray(joined, np.uint8), dpi):
        if _drawn(mask, rect) > _SEEN and not any(_holds(_box(other), _box(rect)) for other in whole):
            yield rect


def _rectangles(mask: Picture, dpi: int) -> Iterator[_Rect]:
    for contour in _outlines(mask):
        _, _, width, height = cv2.boundingRect(contour)
        if width > _WIDE[0] * dpi and height > _HIGH[0] * dpi:
            rect = cv2.minAreaRect(contour)
            wide, high = sorted(rect[1], reverse=True)
            # The hull: frames are seldom stamped without a gap.
            filled = cv2.contourArea(cv2.convexHull(contour)) / max(1.0, wide * high)
            if _WIDE[0] < wide / dpi < _WIDE[1] and _HIGH[0] < high / dpi < _HIGH[1] and filled > 0.8:
                yield rect


def _drawn(mask: Picture, rect: _Rect) -> float:
    """Share of a rectangle's outline that is seen as ink."""
    outline = np.zeros_like(mask)
    cv2.polylines(outline, [_polygon(rect, -4.0)], True, 255, 1)
    near = cv2.dilate(mask, np.ones((9, 9), np.uint8))
    return cv2.countNonZero(cv2.bitwise_and(outline, near)) / max(1, cv2.countNonZero(outline))


def _clusters(ink: Picture, dpi: int) -> Iterator[_Rect]:
    """Turned rectangles round the strokes of ink that stand together."""
    mask = _dark(ink)
    reach = np.ones((dpi // 12, dpi // 12), np.uint8)
    for contour in _outlines(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, reach)):
        left, top, width, height = cv2.boundingRect(contour)
        if width > 0.04 * dpi and height > 0.08 * dpi:
            strokes = cv2.findNonZero(mask[top : top + height, left : left + width])
            (x, y), size, angle = cv2.minAreaRect(strokes)
            yield (x + left, y + top), size, angle


def _dark(layer: Picture) -> Picture:
    return np.asarray(cv2.threshold(layer, 170, 255, cv2.THRESH_BINARY_INV)[1], dtype=np.uint8)


def _outlines(mask: Picture) -> Sequence[NDArray[np.int32]]:
    contours: Sequence[NDArray[np.int32]] = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]
    return contours


def _angle(rect: _Rect) -> float:
    """Degrees by which the longer side of the rectangle runs downhill, -90 to 90."""
    _, (width, height), angle = rect
    return ((angle if width >= height else angle + 90) + 90) % 180 - 90


def _told(layer: Picture, rect: _Rect, dpi: int) -> list[list[Word]]:
    """The printed lines of a stamp, in pixels of its crop; without the pen's strokes where these hide that it is a dấu ĐẾN."""
    crop = _crop(layer, rect, dpi)
    lines = printed_lines(crop, dpi, psm=6)
    plain = None if is_received(_text(lines)) else stamp_entries.without_pen(crop, dpi)
    again = lines if plain is None else printed_lines(plain, dpi, psm=6)
    return again if is_received(_text(again)) else lines


def _crop(layer: Picture, rect: _Rect, dpi: int) -> Picture:
    """A rectangle turned straight, its frame taken off, with a margin round it."""
    middle, size, _ = rect
    wide, high = round(max(size)), round(min(size))
    turned = cv2.warpAffine(
        layer, cv2.getRotationMatrix2D(middle, _angle(rect), 1.0), layer.shape[::-1], flags=cv2.INTER_CUBIC, borderValue=255
    )
    crop = np.ascontiguousarray(cv2.getRectSubPix(turned, (wide, high), middle))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(_dark(crop))
    big = (stats[:, cv2.CC_STAT_WIDTH] > 0.6 * wide) | (stats[:, cv2.CC_STAT_HEIGHT] > 0.8 * high)
    big[0] = False
    crop[cv2.dilate(big[labels].astype(np.uint8), np.ones((3, 3), np.uint8)) > 0] = 255
    margin = dpi // 12
    return np.asarray(cv2.copyMakeBorder(crop, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=255), dtype=np.uint8)


def _text(lines: list[list[Word]]) -> str:
    return "\n".join(" ".join(w.text for w in line) for line in lines)


def _confidence(lines: list[list[Word]]) -> float:
    """Of the least sure word with a digit, else of all words on average."""
    words = [w for line in lines for w in line]
    digits = [w.confidence for w in words if re.search(r"\d", w.text)]
    return min(digits) if digits else sum(w.confidence for w in words) / max(1, len(words))


def _urgent(text: str) -> str | None:
    letters = re.sub(r"[^a-z]", "", fold(text))
    return max((said for key, said in _URGENT.items() if fuzz.ratio(key, letters) > 88), key=len, default=None)


def _as_line(text: str, box: Box, confidence: float) -> list[Word]:
    """The words of a slanting stamp, set level in the middle of its box."""
    parts = text.split()
    step, height = box.width // len(parts), max(12, box.height // 4)
    top = round(box.middle[1]) - height // 2
    word = Word("", box, confidence)
    return [
        replace(word, text=part, box=Box(box.left + n * step, top, box.left + (n + 1) * step - height // 4, top + height))
        for n, part in enumerate(parts)
    ]


def _polygon(rect: _Rect, margin: float) -> NDArray[np.int32]:
    middle, (width, height), angle = rect
    return np.asarray(cv2.boxPoints((middle, (width + margin, height + margin), angle)).round(), dtype=np.int32)


def _box(rect: _Rect) -> Box:
    points = cv2.boxPoints(rect)
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return Box(max(0, int(left)), max(0, int(top)), int(right) + 1, int(bottom) + 1)
