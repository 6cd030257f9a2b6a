"""Số đến, ngày đến: what is written by hand after the printed words of a dấu ĐẾN, in a crop of the stamp that was turned straight."""

import re
from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from models.document import Box, Word
from models.text import fold
from vanthu.ocr.digits import Gap, Picture, read
from vanthu.ocr.widths import advance

_CUES = {"so": re.compile(r"\d{1,6}"), "ngay": re.compile(r"\d{1,2}([/.-])\d{1,2}(?:\1(?:\d{4}|\d{2}))?")}
"""What stands after each word, as it is written whole."""

_SURE = 0.9
_UNREAD = "…"
_TAIL = 0.207
_TALL, _APART = 0.3, 1.6
"""Ems: height of a digit at least (dots and rules to write on are lower), blank after which what is written is over."""


def filled(lines: Sequence[Sequence[Word]], picture: Picture) -> list[list[Word]]:
    """The lines of a stamp with its number and day as the reader of digits has them; `…` for what it does not read for sure."""
    return [_line(line, picture) for line in lines]


def _line(line: Sequence[Word], picture: Picture) -> list[Word]:
    out: list[Word] = []
    words = list(line)
    while words:
        word = words.pop(0)
        out.append(word)
        shape = _CUES.get(re.sub(r"\W", "", fold(word.text)))
        if shape is None:
            continue
        said = _said(word, next((w for w in words if _is_print(w)), None), picture, shape)
        if said:
            out.append(said)
            while words and not _is_print(words[0]):
                words.pop(0)
    return out


def _is_print(word: Word) -> bool:
    return sum(c.isalpha() for c in word.text) > 2 and word.confidence > 0.6


def _said(cue: Word, following: Word | None, picture: Picture, shape: re.Pattern[str]) -> Word | None:
    """What a hand has written after a printed word; None where nothing is or where it is print itself."""
    em = cue.box.width / advance(cue.text)
    base = cue.box.bottom - (_TAIL * em if fold(cue.text).startswith("ng") else 0)
    most = following.box.left if following else picture.shape[1]
    right = _end(picture, Box(cue.box.right, round(base - 1.2 * em), most, round(base + 0.4 * em)), em)
    reading = read(picture, Gap(cue.box.right, right, base, em)) if right else None
    if reading is None or right is None or reading.by_hand < 0.5:
        return None
    box = Box(cue.box.right + 1, cue.box.top, round(right), cue.box.bottom)
    sure = reading.confidence >= _SURE and shape.fullmatch(reading.text)
    return replace(cue, text=reading.text if sure else _UNREAD, box=box, confidence=round(reading.confidence, 3))


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
