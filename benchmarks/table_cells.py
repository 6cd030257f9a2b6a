"""Cells of printed tables with the right text, row by row: the row must stand together, its cells in their order."""

import re
from collections.abc import Callable, Sequence

from rapidfuzz import fuzz

_SLACK = 12


def right(read: str, printed: str, norm: Callable[[str], str]) -> tuple[int, int]:
    """(cells right, cells that hold something) of a document; any engine's text: cells need not be marked as such.

    A row is held against the place of the text that it fits best, each cell against what follows the cell before.
    """
    text, good, count = norm(read), 0, 0
    for row in _rows(printed):
        cells = [c for c in map(norm, row) if c]
        line = " ".join(cells)
        place = fuzz.partial_ratio_alignment(line, text)
        if place is None or len(line) > len(text):
            count += len(cells)
            continue
        at, end = max(0, place.dest_start - _SLACK), place.dest_end + _SLACK
        for cell in cells:
            found = re.compile(rf"(?<!\w){re.escape(cell)}(?!\w)").search(text, at, end)
            good += bool(found)
            at = found.end() if found else at
        count += len(cells)
    return good, count


def in_their_columns(read: str, printed: str, norm: Callable[[str], str]) -> tuple[int, int]:
    """The same of a text whose rows have ` | ` between their cells: each cell, empty ones too, must stand in its own column."""
    rows = [[norm(c) for c in row] for row in _rows(read)]
    good = count = 0
    for row in _rows(printed):
        wanted = [norm(c) for c in row]
        count += len(wanted)
        line = " | ".join(wanted)
        best: Sequence[str] = max(rows, key=lambda r: fuzz.ratio(" | ".join(r), line), default=())
        good += sum(a == b for a, b in zip(wanted, best, strict=False))
    return good, count


def _rows(text: str) -> list[list[str]]:
    return [line.split("|") for line in text.splitlines() if "|" in line]
