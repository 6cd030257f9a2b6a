"""Số đến, ngày đến: what is written by hand after the printed words of a dấu ĐẾN, in a crop of the stamp that was turned straight."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from models.document import Box, Word
from models.text import fold
from vanthu.ocr import seams
from vanthu.ocr.digits import MORE_SHIFTS, Gap, Picture, Reading, read
from vanthu.ocr.recognise import printed_lines
from vanthu.ocr.widths import advance

Lines = Sequence[Sequence[Word]]

_CUES = {"so": re.compile(r"\d{1,6}"), "ngay": re.compile(r"\d{1,2}([/.-])\d{1,2}(?:\1(?:\d{4}|\d{2}))?")}
"""What stands after each word, as it is written whole."""

_FORMS = {"so": (), "ngay": tuple(f"{day}/{month}{year}" for day in ("dd", "d") for month in ("dd", "d") for year in ("/dddd", "/dd", ""))}

_SURE = 0.8
"""Least confidence of a number and of a day (docs/benchmarks.md)."""

_SURE_PRINT = 0.93
_UNREAD = "…"
_TAIL = 0.207
_TALL, _APART = 0.3, 1.6
"""Ems: height of a digit at least (dots and rules to write on are lower), blank after which what is written is over."""

_LETTERS, _LEAST = (0.035, 0.17), 8
"""Inches: heights of a stamp's letters; how many of them make it one."""

_DOT, _RUN, _LEVEL, _DOTS = 0.03, 0.1, 0.015, 6
"""Inches: size of a dot to write on, width of dots that run together, how far they stand off one line; the least number of them."""

_LARGE = 1.3
"""Heights of the stamp's letters from which a stroke is a pen's."""


def filled(lines: Lines, picture: Picture, dpi: int) -> list[list[Word]]:
    """The lines of a stamp with its number and day as the reader of digits has them; `…` for digits that are not read for sure.

    Where a large hand covers the words, they are read again without the pen's strokes.
    """
    picture = without_leaders(picture, dpi)
    plain = without_pen(picture, dpi)
    fresh = lines if plain is None else printed_lines(plain, dpi, psm=6)
    best = fresh if len(_cued(fresh)) >= len(_cued(lines)) else lines
    rows = _rows(best, picture)
    return [_line(line, rows) for line in best]


def without_pen(picture: Picture, dpi: int) -> Picture | None:
    """A stamp without what is larger than its letters; None where nothing is."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(_dark(picture))
    heights = stats[1:, cv2.CC_STAT_HEIGHT]
    letters = heights[(heights > _LETTERS[0] * dpi) & (heights < _LETTERS[1] * dpi)]
    if letters.size < _LEAST:
        return None
    large = stats[:, cv2.CC_STAT_HEIGHT] > _LARGE * np.median(letters)
    large[0] = False
    if not large.any():
        return None
    pen = cv2.dilate(large[labels].astype(np.uint8), np.ones((3, 3), np.uint8))
    return np.asarray(np.where(pen > 0, 255, picture), np.uint8)


def without_leaders(picture: Picture, dpi: int) -> Picture:
    """A stamp without the dots that are printed to write on: so many dots on one line are no part of letters."""
    _, labels, stats, middles = cv2.connectedComponentsWithStats(_dark(picture))
    low = stats[:, cv2.CC_STAT_HEIGHT] < _DOT * dpi
    low[0] = False
    dots = low & ((stats[:, cv2.CC_STAT_WIDTH] < 2 * _DOT * dpi) | (stats[:, cv2.CC_STAT_WIDTH] > _RUN * dpi))
    weight = np.where(stats[:, cv2.CC_STAT_WIDTH] > _RUN * dpi, _DOTS, 1)
    rows = middles[:, 1]
    many = [bool(dot) and weight[dots & (abs(rows - row) < _LEVEL * dpi)].sum() >= _DOTS for dot, row in zip(dots, rows, strict=True)]
    mask = np.asarray(many)[labels].astype(np.uint8)
    return np.asarray(np.where(cv2.dilate(mask, np.ones((3, 3), np.uint8)) > 0, 255, picture), np.uint8)


def _dark(picture: Picture) -> Picture:
    return np.asarray(cv2.threshold(picture, 170, 255, cv2.THRESH_BINARY_INV)[1], np.uint8)


@dataclass(frozen=True, slots=True)
class _Rows:
    """A stamp's picture, and the baselines of its lines."""

    picture: Picture
    bases: Sequence[float]

    def alone(self, base: float, em: float, left: int) -> Picture:
        """The picture with what stands right of `left` on other lines, and reaches into this one, taken out."""
        part = self.picture[:, left:]
        above = max((b for b in self.bases if b < base - 0.5 * em), default=None)
        below = min((b for b in self.bases if b > base + 0.5 * em), default=None)
        upper = None if above is None else seams.seam(part, above - 0.3 * em, base - 0.3 * em, above + 0.08 * em)
        lower = None if below is None else seams.seam(part, base - 0.3 * em, below - 0.3 * em, base + 0.08 * em)
        return np.hstack([self.picture[:, :left], seams.between(part, upper, lower)])


def _rows(lines: Lines, picture: Picture) -> _Rows:
    words = [[w for w in line if sum(c.isalpha() for c in w.text) > 1] for line in lines]
    return _Rows(picture, [float(np.median([_base(w) for w in line])) for line in words if line])


def _base(word: Word) -> float:
    tails = re.search(r"[gpqyj,;]", word.text)
    return word.box.bottom - (_TAIL * word.box.width / advance(word.text) if tails else 0)


def _cued(lines: Lines) -> set[str]:
    return {cue for line in lines for at, word in enumerate(line) if (cue := _cue(word, line[max(0, at - 1) : at]))}


def _line(line: Sequence[Word], rows: _Rows) -> list[Word]:
    out: list[Word] = []
    words = list(line)
    while words:
        word = words.pop(0)
        unsure = word.confidence < _SURE_PRINT and re.search(r"\d", word.text)
        out.append(replace(word, text=_UNREAD) if unsure else word)
        cue = _cue(word, out[-2:-1])
        if cue is None:
            continue
        said = _said(word, next((w for w in words if _is_print(w)), None), rows, cue)
        if said:
            out.append(said)
            while words and not _is_print(words[0]):
                words.pop(0)
    return out


def _cue(word: Word, before: Sequence[Word]) -> str | None:
    """`so` or `ngay`; strokes of the pen damage so short a word as `Số`, which ĐẾN then tells."""
    folded = re.sub(r"\W", "", fold(word.text))
    if re.fullmatch(r"s\w?", folded) and any(letters == "den" for letters in (re.sub(r"\W", "", fold(w.text)) for w in before)):
        return "so"
    return folded if folded in _CUES else None


def _is_print(word: Word) -> bool:
    return sum(c.isalpha() for c in word.text) > 2 and word.confidence > 0.6


def _said(word: Word, following: Word | None, rows: _Rows, cue: str) -> Word | None:
    """What a hand has written after a printed word; None where nothing is or where it is print itself."""
    em = word.box.width / advance(word.text)
    base = word.box.bottom - (_TAIL * em if cue == "ngay" else 0)
    picture = rows.alone(base, em, word.box.right)
    most = following.box.left if following else picture.shape[1]
    right = _end(picture, Box(word.box.right, round(base - 1.2 * em), most, round(base + 0.4 * em)), em)
    reading = read(picture, Gap(word.box.right, right, base, em), _FORMS[cue], MORE_SHIFTS) if right else None
    if reading is None or right is None or reading.by_hand < 0.5:
        return None
    box = Box(word.box.right + 1, word.box.top, round(right), word.box.bottom)
    return replace(word, text=_sure(reading, cue), box=box, confidence=round(reading.confidence, 3))


def _sure(reading: Reading, cue: str) -> str:
    sure = reading.confidence >= _SURE and _CUES[cue].fullmatch(reading.text)
    return reading.text if sure else _UNREAD


def _end(picture: Picture, place: Box, em: float) -> float | None:
    """Where what stands in a place ends; None where nothing does."""
    part = picture[max(0, place.top) : place.bottom, place.left : place.right]
    if not part.size:
        return None
    ink = cv2.threshold(part, 150, 255, cv2.THRESH_BINARY_INV)[1]
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    tall = [s for s in stats[1:count].tolist() if s[3] > _TALL * em]
    end: float | None = None
    for left, _, width, _, _ in sorted(tall):
        if left - (end or 0) > (_APART if end else 3 * _APART) * em:
            break
        end = max(end or 0, left + width)
    return None if end is None else float(np.clip(place.left + end + 0.15 * em, place.left + 1, place.right))
