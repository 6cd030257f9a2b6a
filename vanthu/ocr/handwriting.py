"""Chữ viết tay: the number, day and month that a hand has written into the gaps of the number line and the date line."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import pairwise
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from models.document import Box, Mark, Word
from models.text import fold
from vanthu.ocr import written_lines
from vanthu.ocr.clean import Layers, even
from vanthu.ocr.digits import Gap, Picture, Reading, read
from vanthu.ocr.straighten import warped
from vanthu.ocr.widths import advance

Lines = Sequence[Sequence[Word]]

_HEAD = 0.42
"""Share of the page in which the number and the date stand."""

_CUE = re.compile(r"\W?[s5][o06d]\s?[:;.,]*$|\W?s[o06][:;](?=.)")
_SYMBOL = re.compile(r"[/-](?P<symbol>(?:(?:19|20)\d\d/)?[A-ZĐÐ]{2}.*)$|(?P<bare>[A-ZĐÐ]{2}[^/]*)$")
_FAR = 9
"""Ems within which the symbol follows `Số:`."""

_BEYOND = 0.8
"""Ems after the start of the slash that a crop shows: it must be seen, or a digit may have been cut off."""

_SLASH = 0.22
"""Ems from the middle of a slash to where it surely has not begun."""

_BEARINGS = 0.13
"""Ems of blank before the S and after the colon of `Số:`."""

_EM_VARIES = 0.12
_TAIL = 0.207
"""Ems that g and y reach under the baseline."""

_ONE = re.compile(r"(?:^|[\W\d])(?P<cue>ngay|thang|nam)(?=[\W\d]*$)")
_JOINED = re.compile(r"(?:^|\W)(?P<first>ngay).{1,4}(?P<second>thang)$")
_BY_HAND = 0.5
_MOST = {"day": 31, "month": 12}


def all_ink(picture: Picture, clean: Layers, matrix: NDArray[np.float64] | None = None) -> Picture:
    """Print and pens of a scan (RGB) together, grey under even light, moved by `matrix` as the layers were.

    It is the darkest channel, since parting the inks costs some of both.
    """
    if clean.ink is None:
        return clean.grey
    darkest = np.asarray(reduce(cv2.min, cv2.split(picture)), np.uint8)
    return even(darkest if matrix is None else warped(darkest, matrix))


def find(printed: Lines, height: int, layer: Callable[[], Picture], dpi: int) -> tuple[list[list[Word]], list[Mark]]:
    """The lines of a page of `height` pixels with the numbers in them that hands wrote, and marks of these with what was read there.

    They are looked for on the number line and the date line. `layer`: print and ink together, grey. Typed and printed numbers give no mark.
    """
    lines = [list(line) for line in printed]
    head = sorted((line for line in lines if line and line[0].box.top < _HEAD * height), key=lambda line: line[0].box.top)
    marks: list[Mark] = []
    place = number_place(head)
    if place and (found := _as_far_as_slash(layer, place.gap)):
        mark = _number(*found)
        marks.append(mark)
        if slash := re.search(r"[/-]$", found[1].text):
            place.line[:] = written_lines.numbered(place.line, mark, slash[0], place.symbol, layer(), dpi)
    days = [_limited(gap, reading, _MOST[kind]) for kind, gap in date_gaps(head) if (reading := _by_hand(layer, gap))]
    return written_lines.filled(lines, days), marks + days


def merged(marks: Sequence[Mark], read: Sequence[Mark]) -> list[Mark]:
    """All marks; those of ink that was not read give way to those that were read at their place."""
    kept = [m for m in marks if m.kind != "handwriting" or not any(_over(m.box, r.box) for r in read)]
    return [*kept, *read]


def _as_far_as_slash(layer: Callable[[], Picture], gap: Gap) -> tuple[Gap, Reading] | None:
    """A number by hand and its gap, which ends after the slash also where a damaged symbol had it end later."""
    reading = _by_hand(layer, gap)
    if reading and re.match(r"\d{1,5}[/-].", reading.text):
        gap = replace(gap, right=min(gap.right, reading.last + (_BEYOND - _SLASH) * gap.em))
        reading = _by_hand(layer, gap)
    return (gap, reading) if reading else None


def _by_hand(layer: Callable[[], Picture], gap: Gap) -> Reading | None:
    """What a hand wrote; dots and rules to write on have no digit in them."""
    reading = read(layer(), gap)
    return reading if reading and reading.by_hand >= _BY_HAND and re.search(r"\d", reading.text) else None


def _number(gap: Gap, reading: Reading) -> Mark:
    """The digits before the slash; a reading that starts otherwise says nothing."""
    match = re.fullmatch(r"(\d{1,5})[/-]", reading.text)
    return _mark(replace(gap, right=reading.last - _SLASH * gap.em), match[1], reading.confidence) if match else _mark(gap, "", 0.0)


def _limited(gap: Gap, reading: Reading, most: int) -> Mark:
    text = reading.text.strip("./-")
    said = re.fullmatch(r"\d{1,2}", text) and 0 < int(text) <= most
    return _mark(gap, text, reading.confidence) if said else _mark(gap, "", 0.0)


def _mark(gap: Gap, text: str, sure: float) -> Mark:
    top, bottom = gap.baseline - gap.em, gap.baseline + 0.3 * gap.em
    box = Box(round(gap.left), max(0, round(top)), max(round(gap.left) + 1, round(gap.right)), round(bottom))
    return Mark("handwriting", box, text, sure)


def _over(a: Box, b: Box) -> bool:
    return a.left < b.right and b.left < a.right and a.top < b.bottom and b.top < a.bottom


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number stands, on which line, and the word that holds the symbol after it."""

    gap: Gap
    line: list[Word]
    symbol: Word


def number_place(head: Sequence[list[Word]]) -> Place | None:
    """Where the number stands in the first line `Số: …/UBND-NV`."""
    usual = _usual_em(head)
    for line in head:
        for at, word in enumerate(line):
            # A small letter and no colon: the `số` of a sentence.
            cue = None if word.text.startswith("s") and ":" not in word.text else _CUE.match(fold(word.text))
            if cue and not at and word.text.startswith("s"):
                # It opens its line: a capital that was taken for a small letter. Its width tells how large the print is.
                line[at] = word = replace(word, text="S" + word.text[1:], raw=word.raw or word.text)
            if cue and (found := _after(word, word.text[: cue.end()], line[at:], usual)):
                return Place(found[0], line, found[1])
    return None


def _after(start: Word, cue: str, line: Sequence[Word], usual: float) -> tuple[Gap, Word] | None:
    em = start.box.width / max(0.5, advance(start.text) - _BEARINGS)
    em = em if abs(em / usual - 1) < _EM_VARIES else usual
    # The box of a cue may hold the first stroke of what is written after it, the word of the symbol all of it.
    left = min(float(start.box.right), start.box.left + (advance(cue) - _BEARINGS / 2) * em)
    near = (w for w in line if w.box.left - left < _FAR * em)
    word, match = next(((w, m) for w in near if (m := _SYMBOL.search(w.text))), (None, None))
    if word is None or match is None:
        return None
    right = word.box.right - advance("/" + (match["symbol"] or match["bare"])) * em + _BEYOND * em
    return (Gap(left, right, start.box.bottom, em), word) if right > left + (_BEYOND + 0.2) * em else None


def _usual_em(head: Lines) -> float:
    """Of the longer words: the box of so short a word as `Số:` is often a few pixels off."""
    return median([w.box.width / advance(w.text) for line in head for w in line if len(w.text) > 3] or [1.0])


def date_gaps(head: Lines) -> list[tuple[str, Gap]]:
    """Where day and month stand in the first line `ngày … tháng … năm …`."""
    usual = _usual_em(head)
    for line in head:
        cues = [cue for word in line for cue in _cues(word)]
        for n, (first, second) in enumerate(pairwise(cues)):
            if (first[0], second[0]) == ("ngay", "thang"):
                third = cues[n + 2] if len(cues) > n + 2 and cues[n + 2][0] == "nam" else None
                return _gaps(first, second, third, usual) if third else []
    return []


_Cue = tuple[str, int, Word]
"""A cue, where it stands in the word, and the word."""


def _gaps(day: _Cue, month: _Cue, year: _Cue, usual: float) -> list[tuple[str, Gap]]:
    ems = [w.box.width / (advance(w.text) - 0.04) for cue, _, w in (day, month, year) if len(w.text) == len(cue)]
    em = median(ems or [usual])
    base = median((day[2].box.bottom - _TAIL * em, month[2].box.bottom - _TAIL * em, float(year[2].box.bottom)))
    spans = [("day", _end(day, em), _start(month, em)), ("month", _end(month, em), _start(year, em))]
    return [(kind, Gap(left, right, base, em)) for kind, left, right in spans if right > left + 0.2 * em]


def _cues(word: Word) -> list[_Cue]:
    """The cues in a word, also with what is set or written hard on them: `Lắk,ngày`, `ngày22`, `ngày22tháng`."""
    folded = fold(word.text)
    if joined := _JOINED.search(folded):
        return [("ngay", joined.start("first"), word), ("thang", joined.start("second"), word)]
    match = _ONE.search(folded)
    return [(match["cue"], match.start("cue"), word)] if match else []


def _end(found: _Cue, em: float) -> float:
    cue, at, word = found
    end = at + len(cue)
    return word.box.right if end == len(word.text) else min(word.box.right, word.box.left + advance(word.text[:end]) * em + 1)


def _start(found: _Cue, em: float) -> float:
    _, at, word = found
    return word.box.left if at == 0 else max(word.box.left, word.box.right - advance(word.text[at:]) * em - 1)
