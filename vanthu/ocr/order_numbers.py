"""Số thứ tự: numerals of the first cells of table rows (I, 1, 2, II, 3 …), a stroke or two too short to be read for sure, mended by
what follows them.

Tesseract reads `H` for II and `1` for I in a cell that holds nothing else, and is not sure of it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from models.document import Line, Word

_TWO_OR_THREE = re.compile(r"(?P<strokes>H|HI|IH|HH|IIl|Il|lI)(?P<rest>[.,]?)")
_ONE = re.compile(r"[1lI|](?P<rest>[.,]?)")

_SURE = 0.9
"""What was read with more stands there: groups are numbered 1, 1, 1, 2 too, and letters reach H."""


def mended(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of a page with such numerals; what was read stays as `raw`."""
    return tuple(_row(line, below) for line, below in zip(lines, [*lines[1:], None], strict=False))


def _row(line: Line, below: Line | None) -> Line:
    word = _first(line)
    if word is None:
        return line
    after = _first(below) if below is not None and below.table == line.table else None
    meant = _meant(word, after.text if after else "")
    if meant == word.text:
        return line
    return replace(line, words=(replace(word, text=meant, raw=word.raw or word.text), *line.words[1:]))


def _first(line: Line) -> Word | None:
    """The one word of the first cell of a row."""
    return line.words[0] if line.table is not None and line.cells and line.cells[0] == (0, 1) else None


def _meant(word: Word, below: str) -> str:
    if word.confidence >= _SURE:
        return word.text
    if match := _TWO_OR_THREE.fullmatch(word.text):
        strokes = min(3, sum(2 if c == "H" else 1 for c in match["strokes"]))
        return "I" * strokes + match["rest"]
    match = _ONE.fullmatch(word.text)
    if match and re.fullmatch(r"1[.,]?", below):
        return "I" + match["rest"]
    return word.text
