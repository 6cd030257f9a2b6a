"""Bảng: the words of a ruled grid as rows."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from models.document import Box, Line, Word
from vanthu.ocr.grids import Grid
from vanthu.readers.pieces import printed_lines

_GOES_ON = re.compile(r"\d+(?:[/-][\w-]*)?[/-] (?:[A-ZĐ]\S*|\d\S*)")
"""`716/SXD-` and `QLN`, `30-9-` and `2025`: narrow columns part codes and dates behind a hyphen or a stroke."""

_QUOTES = ('"“”„', "'‘’`")


def rows(grid: Grid, words: Sequence[Word], table: int) -> tuple[Line, ...]:
    """A line for each row; a cell over several rows belongs to the first, those below have an empty one in its place."""
    held: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        cell = grid.cell_at(word.box)
        if cell:
            held.setdefault((cell.row, cell.column), []).append(word)
    found = []
    for row in sorted({c.row for c in grid.cells}):
        if not any(r == row for r, _ in held):
            continue
        ordered: list[Word] = []
        cells = []
        for column in range(grid.columns):
            start = len(ordered)
            ordered += _without_strokes(_joined(_in_order(held.get((row, column), []))))
            cells.append((start, len(ordered)))
        found.append(Line(tuple(ordered), Box.around([w.box for w in ordered]), table=table, cells=tuple(cells)))
    return tuple(found)


def _without_strokes(words: Sequence[Word]) -> list[Word]:
    """The words of a cell without a lone quotation mark that opens nothing: what is left of a rule beside its first letters."""
    text = " ".join(w.text for w in words)
    lone = [quotes for quotes in _QUOTES if sum(text.count(q) for q in quotes) == 1]
    done = []
    for word in words:
        plain = word.text[1:] if any(word.text[0] in quotes for quotes in lone) else word.text
        if plain:
            done.append(word if plain == word.text else replace(word, text=plain, raw=word.raw or word.text))
    return done


def _joined(words: Sequence[Word]) -> list[Word]:
    """The words of a cell, a code or a date that runs over the end of a line made one again."""
    done: list[Word] = []
    for word in words:
        if done and word.box.left < done[-1].box.left and _GOES_ON.fullmatch(f"{done[-1].text} {word.text}"):
            last = done[-1]
            box = Box.around([last.box, word.box])
            done[-1] = replace(last, text=last.text + word.text, box=box, confidence=min(last.confidence, word.confidence))
        else:
            done.append(word)
    return done


def _in_order(words: Sequence[Word]) -> list[Word]:
    """The words of a cell as they are read; as they came, where they came line by line: close lines that slant are not told by height."""
    return [*words] if all(_follows(*pair) for pair in pairwise(words)) else [w for line in printed_lines(words) for w in line]


def _follows(one: Word, other: Word) -> bool:
    """True where a word stands behind another on its line, or in a line under it."""
    rise = one.box.middle[1] - other.box.middle[1]
    high = min(one.box.height, other.box.height)
    return rise < -0.6 * high or (rise < 0.6 * high and one.box.left < other.box.left)
