"""Cột: which column of an old book is what, by its heading, loosely."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from models.text import fold, one_line
from vanthu.register.moving_in.table import Cells, Table

ALIKE = 88
"""Of 100: a heading so much like a known one is that one (`Số ký hiệu VB`, a mistyped letter)."""

LEFT = "left"
_FIRST_ROWS = 40
_LEAST = 3


@dataclass(frozen=True, slots=True)
class Headings:
    """`columns`: position → column's name; `names`: position → heading as printed; `below`: number of the last heading row."""

    columns: dict[int, str]
    names: dict[int, str]
    below: int


@cache
def known() -> dict[str, str]:
    """Folded heading → column."""
    text = files(__package__).joinpath("columns.tsv").read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {_key(heading): column for column, heading in pairs}


def find(table: Table) -> Headings | None:
    """The heading row below titles, or two rows of which the upper one groups the lower; None where there is none."""
    rows = table.rows[:_FIRST_ROWS]
    best: tuple[int, Headings] | None = None
    for place, (number, cells) in enumerate(rows):
        made = _read(cells, number)
        if place + 1 < len(rows):
            below = rows[place + 1]
            both = _read(_joined(cells, below[1]), below[0])
            made = both if _worth(both) > _worth(made) else made
        if best is None or _worth(made) > best[0]:
            best = (_worth(made), made)
    if best is None or best[0] < _LEAST or not {"number", "code", "plain_number"} & set(best[1].columns.values()):
        return None
    return best[1]


def _worth(headings: Headings) -> int:
    return sum(column != LEFT for column in headings.columns.values())


def _joined(upper: Cells, lower: Cells) -> Cells:
    """Headings in two rows: the lower one where there is one, else the upper."""
    width = max(len(upper), len(lower))
    padded = [(*cells, *(None,) * (width - len(cells))) for cells in (upper, lower)]
    return tuple(below if isinstance(below, str) and _match(below) else above for above, below in zip(*padded, strict=True))


def _read(cells: Sequence[Any], number: int) -> Headings:
    """Each column once, the surest heading first."""
    scored = [(score, place, column) for place, cell in enumerate(cells) if isinstance(cell, str) for score, column in _match(cell)]
    columns: dict[int, str] = {}
    for _, place, column in sorted(scored, key=lambda one: (-one[0], one[1])):
        if place not in columns and (column == LEFT or column not in columns.values()):
            columns[place] = column
    names = {place: cell for place, cell in enumerate(cells) if isinstance(cell, str)}
    return Headings(dict(sorted(columns.items())), names, number)


def _match(cell: str) -> list[tuple[float, str]]:
    """Columns that a heading may mean, with how much it is like them."""
    from rapidfuzz import fuzz

    key = _key(cell)
    if key in known():
        return [(100.0, known()[key])]
    if len(key) < 5 or len(key) > 60:
        return []
    best: dict[str, float] = {}
    for heading, column in known().items():
        score = fuzz.ratio(key, heading)
        if score >= ALIKE:
            best[column] = max(score, best.get(column, 0.0))
    return sorted(((score, column) for column, score in best.items()), reverse=True)[:1]


def _key(heading: str) -> str:
    """Folded, notes in brackets and marks left off: `Số, ký hiệu VB (4)` → `so ky hieu van ban`."""
    bare = re.sub(r"\([^)]*\)", " ", fold(heading))
    words = re.sub(r"[^\w]+", " ", bare).split()
    return one_line(" ".join({"vb": "van ban", "cv": "van ban", "kh": "ky hieu"}.get(word, word) for word in words))
