"""Số La Mã: the strokes of a quarter (`Quý III/2026`) counted by their width: Tesseract reads one too few, or one as a figure.

Offices print in Times New Roman (Decree 30/2020, Annex I), whose letter widths are known: what is left of a word's width when its figures
are taken off is the numeral's. On scans and faxes the measure lay within 0.5 strokes of the truth where the reading was a third wrong.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median
from string import ascii_lowercase, ascii_uppercase

from models.document import Word
from models.text import fold

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
_STROKE = _ADVANCE["I"]
_QUARTER = re.compile(r"(?P<numeral>[Iil1|H]{1,4})(?P<rest>(?:/(?:19|20)\d\d)?[.,;:)]*)")
_NEAR, _FAR = 0.49, 0.55
_ENOUGH = 4
_AGREED, _COUNTED = 0.9, 0.8
"""Confidence where reading and measure agree, and where the measure corrects the reading."""


def mended(printed: Sequence[Sequence[Word]]) -> list[list[Word]]:
    """Printed lines with the numerals of quarters as their width says; the first reading is kept as `raw`."""
    everywhere = [word for line in printed for word in line if len(word.text) > 2]
    return [list(_line(line, everywhere)) for line in printed]


def _line(line: Sequence[Word], everywhere: Sequence[Word]) -> Iterator[Word]:
    before = ""
    for word in line:
        match = _QUARTER.fullmatch(word.text)
        follows = fold(before).strip("(-,.") in ("quy", "va") or before.endswith("/")
        if match and (fold(before).strip("(-") == "quy" or (follows and "I" in match["numeral"])):
            yield _counted(word, match, _scale(word, line, everywhere))
        else:
            yield word
        before = word.text


def _scale(word: Word, line: Sequence[Word], everywhere: Sequence[Word]) -> float | None:
    """Pixels of an em, by the other words of the line, else by words as high elsewhere; None where there are too few."""
    others = [w for w in line if w is not word and len(w.text) > 1]
    if len(others) < _ENOUGH:
        others = [w for w in everywhere if w is not word and abs(w.box.height - word.box.height) < 0.25 * word.box.height]
    return median(w.box.width / advance(w.text) for w in others) if len(others) >= _ENOUGH else None


def advance(text: str) -> float:
    """Width of a text in ems of Times New Roman, marks over and under letters aside."""
    return sum(_ADVANCE.get(c, _ADVANCE.get(unicodedata.normalize("NFD", c)[0], 0.5)) for c in text)


def _counted(word: Word, match: re.Match[str], scale: float | None) -> Word:
    if not scale:
        return word
    strokes = (word.box.width / scale - advance(match["rest"])) / _STROKE
    count, read = round(strokes), sum(2 if c == "H" else 1 for c in match["numeral"])
    if not 1 <= count <= 3 or abs(strokes - count) > _NEAR or (count != read and abs(strokes - read) < _FAR):
        return word
    text = "I" * count + match["rest"]
    confidence = _AGREED if count == read else _COUNTED
    return replace(word, text=text, raw=word.raw or (word.text if text != word.text else None), confidence=max(word.confidence, confidence))
