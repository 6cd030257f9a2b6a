"""Which follow-up item of a record read or corrected anew is which of those that are there."""

from collections.abc import Callable
from difflib import SequenceMatcher
from typing import Any

from models.text import fold, one_line

Item = dict[str, Any]

ALIKE = 0.7
"""Texts so much alike are one item, changed: the reader improved, or a person mended a phrase."""


def match(items: list[Item], there: list[Item]) -> dict[int, Item]:
    """Position of an item → its row; the surest likeness first, each row once."""
    found: dict[int, Item] = {}
    left = [*there]
    for alike in _RULES:
        for place, item in enumerate(items):
            if place not in found and (row := next((row for row in left if alike(item, row)), None)):
                found[place] = row
                left.remove(row)
    return found


def _text(item: Item, name: str = "text") -> str:
    return one_line(fold(item[name] or ""))


def _same_limit(item: Item, row: Item) -> bool:
    return _text(item, "deadline_text") == _text(row, "deadline_text")


def _near(item: Item, row: Item) -> bool:
    if (item["task"] is None) != (row["task"] is None and not row["stale"]):
        return False
    if item["ordinal"] and item["ordinal"] == row["ordinal"]:
        return True
    one, other = SequenceMatcher(None, _text(item), _text(row), autojunk=False), ALIKE
    return one.real_quick_ratio() >= other and one.quick_ratio() >= other and one.ratio() >= other


_RULES: tuple[Callable[[Item, Item], bool], ...] = (
    lambda item, row: _text(item) == _text(row) and _same_limit(item, row),
    lambda item, row: _text(item) == _text(row) and item["due_on"] == row["due_on"],
    lambda item, row: _near(item, row) and _same_limit(item, row),
    lambda item, row: _near(item, row) and item["due_on"] == row["due_on"],
    lambda item, row: _text(item) == _text(row),
    lambda item, row: item["task"] is None and row["task"] is None and not row["stale"] and _same_limit(item, row),
)
