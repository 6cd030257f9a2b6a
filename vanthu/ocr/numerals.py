"""Số La Mã: the strokes of a numeral (`Quý III/2026`, `III. TỔ CHỨC`) counted by their width: Tesseract reads one too few, or one
of a quarter as a figure.

The letter widths of the print are known: what is left of a word's width when its figures are taken off is the numeral's. On scans
and faxes the measure lay within 0.5 strokes of the truth where the reading was a third wrong.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.document import Word
from models.text import fold
from vanthu.ocr.widths import advance, scale

_STROKE = advance("I")
_QUARTER = re.compile(r"(?P<numeral>[Iil1|H]{1,4})(?P<rest>(?:/(?:19|20)\d\d)?[.,;:)]*)")
_ALONE = re.compile(r"(?P<numeral>I{1,3})(?P<rest>[.,;:)-]*)")
_NEAR, _FAR = 0.49, 0.55
_AGREED, _COUNTED = 0.9, 0.8
"""Confidence where reading and measure agree, and where the measure corrects the reading."""


def mended(printed: Sequence[Sequence[Word]]) -> list[list[Word]]:
    """Printed lines with numerals of strokes as their width says; the first reading is kept as `raw`."""
    everywhere = [word for line in printed for word in line if len(word.text) > 2]
    return [list(_line(line, everywhere)) for line in printed]


def _line(line: Sequence[Word], everywhere: Sequence[Word]) -> Iterator[Word]:
    before = ""
    for n, word in enumerate(line):
        match = _QUARTER.fullmatch(word.text)
        follows = fold(before).strip("(-,.") in ("quy", "va") or before.endswith("/")
        if match and (fold(before).strip("(-") == "quy" or (follows and "I" in match["numeral"])):
            yield _counted(word, match, scale(word, line, everywhere))
        elif (alone := _ALONE.fullmatch(word.text)) and (alone["rest"] or not _opens_heading(line[n + 1 : n + 2])):
            counted = _counted(word, alone, scale(word, line, everywhere))
            yield counted if counted.text != word.text else word
        else:
            yield word
        before = word.text


def _opens_heading(following: Sequence[Word]) -> bool:
    """A numeral before capitals has lost its full stop, which is in its width all the same."""
    return any(len(word.text) > 1 and word.text.isupper() for word in following)


def _counted(word: Word, match: re.Match[str], em: float | None) -> Word:
    if not em:
        return word
    strokes = (word.box.width / em - advance(match["rest"])) / _STROKE
    count, read = round(strokes), sum(2 if c == "H" else 1 for c in match["numeral"])
    if not 1 <= count <= 3 or abs(strokes - count) > _NEAR or (count != read and abs(strokes - read) < _FAR):
        return word
    text = "I" * count + match["rest"]
    confidence = _AGREED if count == read else _COUNTED
    return replace(word, text=text, raw=word.raw or (word.text if text != word.text else None), confidence=max(word.confidence, confidence))
