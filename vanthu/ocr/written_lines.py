"""Dòng viết tay: number line and date line with what was read by hand in its place, and the symbol read again without the pen's strokes."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from models.document import Box, Mark, Word
from models.text import fold
from vanthu.ocr.recognise import printed_lines

Picture = NDArray[np.uint8]

SURE = 0.8
"""A number read with less is left to people (docs/benchmarks.md)."""

_GUESS = 0.3
"""From this it still stands in the text, as unsure as it is: recognition of print makes less of a hand's strokes."""

_CUES = re.compile(r"ngay|thang|nam|^\W?s[o06]\b|^so:")
_SYMBOL = re.compile(r"(?:[^\w]|[Il1|ƒf(](?=[A-ZĐÐ]{2})|.(?=[/-]))*(?P<symbol>(?:(?:19|20)\d\d/)?[A-ZĐÐ][\w.&/-]*)")
_FIRST = re.compile(r"[/-](?P<symbol>(?:(?:19|20)\d\d/)?[A-ZĐÐ].*)$")
_SURE_FIRST, _SURE_SYMBOL, _AGREED = 0.9, 0.7, 0.85
"""A first reading that needs no second (34 of 34 were right), a second that counts, and what two that agree are worth."""


def filled(printed: Sequence[Sequence[Word]], marks: Sequence[Mark]) -> list[list[Word]]:
    """The lines with the words at the place of each mark taken out, and the number put in.

    Where it is unsure, printed digits that are surer stay.
    """
    lines = [list(line) for line in printed]
    for mark in marks:
        if mark.text and mark.confidence >= _GUESS:
            for line in lines:
                _fill(line, mark)
    return lines


def _fill(line: list[Word], mark: Mark) -> None:
    taken = [w for w in line if _within(w, mark.box)]
    surer = mark.confidence < SURE and any(w.confidence > mark.confidence and w.text.isdigit() for w in taken)
    if surer or any(_CUES.search(fold(w.text)) for w in taken):
        return
    at = line.index(taken[0]) if taken else _between(line, mark.box)
    if at is not None:
        line[:] = [w for w in line if w not in taken]
        line.insert(at, Word(mark.text, mark.box, round(mark.confidence, 3)))


def _between(line: Sequence[Word], box: Box) -> int | None:
    """Index of the word after a box with nothing read in it, where it and the one before stand close to it on the same line."""
    for at, (before, after) in enumerate(pairwise(line), 1):
        level = all(w.box.top < box.middle[1] < w.box.bottom for w in (before, after))
        if level and max(abs(before.box.right - box.left), abs(after.box.left - box.right)) < box.height / 3:
            return at
    return None


def _within(word: Word, box: Box) -> bool:
    x, y = word.box.middle
    return box.left <= x < box.right and box.top <= y < box.bottom


def numbered(line: Sequence[Word], mark: Mark, slash: str, symbol: Word, layer: Picture, dpi: int) -> list[Word]:
    """A number line `Số: 221/UBND-NV` whose number is `mark`; as it was where the symbol cannot be read on its own.

    `mark.box` ends before the slash, `symbol` is the word that holds the symbol and perhaps strokes of the number.
    """
    near = mark.box.height // 3
    symbol, until = _joined(line, symbol, near)
    box = Box(mark.box.right, mark.box.top, min(until, symbol.box.right + near), mark.box.bottom)
    read = _untouched(symbol) or _surest(symbol, _read(layer, box, dpi))
    if read is None:
        return list(line)
    said = mark.text and mark.confidence >= _GUESS
    text = (mark.text if said else "") + slash + read[0]
    whole = Word(
        text, Box(mark.box.left, symbol.box.top, symbol.box.right, symbol.box.bottom), min(read[1], mark.confidence if said else 1.0)
    )
    rest = [w for w in line if not (mark.box.left <= w.box.middle[0] and w.box.right <= symbol.box.right)]
    at = next((n for n, w in enumerate(rest) if w.box.left > mark.box.left), len(rest))
    return [*rest[:at], whole, *rest[at:]]


def _joined(line: Sequence[Word], symbol: Word, near: int) -> tuple[Word, int]:
    """The symbol with the words that stand close after it (`/QĐ- TTg`), and where the next word begins."""
    for word in sorted(line, key=lambda w: w.box.left):
        if word.box.middle[0] <= symbol.box.right:
            continue
        if word.box.left - symbol.box.right > near:
            return symbol, word.box.left
        symbol = replace(symbol, text=symbol.text + word.text, box=Box.around([symbol.box, word.box]))
    return symbol, symbol.box.right + near


def _untouched(word: Word) -> tuple[str, float] | None:
    """The symbol as it was read first, where the word begins with its slash and is sure: no stroke of a pen got into it."""
    match = _FIRST.match(word.text)
    return (match["symbol"], word.confidence) if match and word.confidence >= _SURE_FIRST else None


def _surest(word: Word, again: tuple[str, float] | None) -> tuple[str, float] | None:
    """Of two readings of a symbol the second where it is sure, else the first: the second is of a line often too short to be read."""
    match = _FIRST.search(word.text)
    if again is None or match is None or again[1] >= _SURE_SYMBOL:
        return again
    return match["symbol"], max(again[1], _AGREED) if match["symbol"].lower() == again[0].lower() else again[1]


def _read(layer: Picture, box: Box, dpi: int) -> tuple[str, float] | None:
    """The symbol of a code in a box that begins at the slash."""
    margin = dpi // 10
    crop = layer[max(0, box.top) : box.bottom, box.left : box.right]
    if not crop.size:
        return None
    picture = np.asarray(cv2.copyMakeBorder(crop, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=255), dtype=np.uint8)
    words = [w for line in printed_lines(picture, dpi, psm=7) for w in line]
    match = _SYMBOL.fullmatch("".join(w.text for w in words))
    return (match["symbol"], round(min(w.confidence for w in words), 3)) if match else None
