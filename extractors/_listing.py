"""Danh sách đơn vị: entries of Kính gửi and Nơi nhận, one a bullet or printed line, wrapped lines joined."""

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors._layout import Placed
from extractors._patterns import BULLET
from models.text import one_line

Entry = list[Placed]


def entries(lines: Sequence[Placed]) -> list[Entry]:
    """Lines grouped into entries."""
    bulleted = sum(bool(BULLET.match(line.text)) for line in lines) * 2 >= len(lines)
    out: list[Entry] = [[lines[0]]] if lines else []
    for before, line in pairwise(lines):
        (out.append([line]) if _begins(before, line, bulleted) else out[-1].append(line))
    return out


def _begins(before: Placed, line: Placed, bulleted: bool) -> bool:
    if BULLET.match(line.text):
        return True
    ended = before.text.rstrip()[-1:] in (";", ".")
    if bulleted:
        return ended and _aligned(before, line) and not line.text[:1].islower()
    return ended or (not line.text[:1].islower() and before.text.rstrip()[-1:] not in (",", "-", ":") and before.right < 0.8)


def _aligned(before: Placed, line: Placed) -> bool:
    """True where a line stands as far left as the one before: a bullet that was not read, not the rest of an entry."""
    return abs(line.left - before.left) < 0.006


def text_of(entry: Sequence[Placed]) -> str:
    """An entry's text without bullet and closing mark."""
    return tidy(" ".join(line.text for line in entry))


def tidy(text: str) -> str:
    """One line, bullet and closing mark off."""
    return re.sub(r"[\s.;,]+$", "", BULLET.sub("", one_line(text))).strip()
