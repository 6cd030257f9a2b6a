"""Số thứ tự cột: the row `(1) (2) (3) …` under the head of a table, its cells too small to be read for sure, mended by its own sequence."""

import re
from collections.abc import Sequence
from dataclasses import replace

from models.document import Box, Line, Word

_LEAST, _SHARE = 3, 0.6
"""Cells that were read as their number, and their share of those that hold anything, from which a row is such a row."""

_SHORT = 4


def mended(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of a page, such rows whole; what was read stays as `raw`."""
    return tuple(_row(line) if line.table is not None else line for line in lines)


def _row(line: Line) -> Line:
    cells = [[*line.words[i:j]] for i, j in line.cells]
    said = ["".join(w.text for w in words) for words in cells]
    held = [n for n, text in enumerate(said) if text]
    right = [n for n in held if re.fullmatch(rf"\(?{n + 1}\)?", said[n])]
    bracketed = sum("(" in said[n] or ")" in said[n] for n in right)
    enough = len(right) >= max(_LEAST, _SHARE * len(held)) and bracketed > len(right) / 2
    if not enough or any(len(text) > _SHORT for text in said):
        return line
    words: list[Word] = []
    ranges = []
    for n, own in enumerate(cells):
        start = len(words)
        words += [_number(own, n + 1)] if own else []
        ranges.append((start, len(words)))
    return line if tuple(words) == line.words else replace(line, words=tuple(words), cells=tuple(ranges))


def _number(own: Sequence[Word], number: int) -> Word:
    text, read = f"({number})", " ".join(w.text for w in own)
    if read == text:
        return own[0]
    return replace(own[0], text=text, raw=own[0].raw or read, box=Box.around([w.box for w in own]))
