"""Bề rộng chữ: how wide a text is in Times New Roman, in which offices print (Decree 30/2020, Annex I), and how large a line is set."""

import unicodedata
from collections.abc import Sequence
from statistics import median
from string import ascii_lowercase, ascii_uppercase

from models.document import Word

_LOWER = (
    *(0.444, 0.5, 0.444, 0.5, 0.444, 0.333, 0.5, 0.5, 0.278, 0.278, 0.5, 0.278, 0.778),
    *(0.5, 0.5, 0.5, 0.5, 0.333, 0.389, 0.278, 0.5, 0.5, 0.722, 0.5, 0.5, 0.444),
)
_UPPER = (
    *(0.722, 0.667, 0.667, 0.722, 0.611, 0.556, 0.722, 0.722, 0.333, 0.389, 0.722, 0.611, 0.889),
    *(0.722, 0.722, 0.556, 0.722, 0.667, 0.556, 0.611, 0.722, 0.722, 0.944, 0.722, 0.722, 0.611),
)
_ADVANCE = dict(zip(ascii_lowercase, _LOWER, strict=True)) | dict(zip(ascii_uppercase, _UPPER, strict=True))
_ADVANCE |= {"/": 0.278, "-": 0.333, ",": 0.25, ".": 0.25, ";": 0.278, ":": 0.278, "(": 0.333, ")": 0.333, "đ": 0.5, "Đ": 0.722}
_ENOUGH = 4


def advance(text: str) -> float:
    """Width of a text in ems of Times New Roman, marks over and under letters aside."""
    return sum(_ADVANCE.get(c, _ADVANCE.get(unicodedata.normalize("NFD", c)[0], 0.5)) for c in text)


def scale(word: Word, line: Sequence[Word], everywhere: Sequence[Word]) -> float | None:
    """Pixels of an em, by the other words of the line, else by words as high elsewhere; None where there are too few."""
    others = [w for w in line if w is not word and len(w.text) > 1]
    if len(others) < _ENOUGH:
        others = [w for w in everywhere if w is not word and abs(w.box.height - word.box.height) < 0.25 * word.box.height]
    return median(w.box.width / advance(w.text) for w in others) if len(others) >= _ENOUGH else None
