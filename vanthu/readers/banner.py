"""Khung chữ ký số: the lines that a signing program prints on the first page, told from the document's own text."""

import re
from collections.abc import Sequence
from dataclasses import replace

from models.document import Box, Line, Mark, Word
from models.text import fold
from vanthu.readers.pieces import printed_lines
from vanthu.readers.textlayer import DPI, Layer

_SIGNS = re.compile(
    r"^(?:\W*\w{0,2}\W)?\W*(nguoi ky|ky boi|ky so boi|(digitally )?signed by|thoi gian ky|ngay ky|signing time|signature valid)\b"
)
_LABEL = re.compile(r"^(?:\W*\w{0,2}\W)?\W*(email|co quan|don vi|chuc vu|to chuc|ngay|date|thoi gian|reason|location|ly do)\b\s*[:;.]")

_EDGE = 0.06
"""Share of the page's width by which the edges of its lines may differ: the emblem beside them is read as letters."""


def parted(lines: Sequence[Line], width: int) -> tuple[tuple[Line, ...], list[Mark]]:
    """The lines of a page without such banners, and a mark for each banner."""
    taken: set[int] = set()
    marks = []
    for n, line in enumerate(lines):
        if n in taken or line.table is not None or not _SIGNS.match(fold(line.text)):
            continue
        group = _group(lines, n, width)
        if len(group) > 1 or (_SIGNS.match(fold(line.text)) and re.search(r"\d", line.text)):
            taken.update(group)
            words = [w for m in group for w in lines[m].words]
            text = "\n".join(lines[m].text for m in group)
            marks.append(Mark("signature_banner", Box.around([w.box for w in words]), text, min(w.confidence for w in words)))
    return tuple(line for n, line in enumerate(lines) if n not in taken), marks


def of_layer(layer: Layer, width: int, dpi: int) -> tuple[Mark, ...]:
    """Banners that stand in the text layer laid over a scan, in pixels of the scan."""
    lines = [Line(tuple(words), Box.around([w.box for w in words])) for words in printed_lines(layer.words)]
    return tuple(replace(mark, box=_scaled(mark.box, dpi / DPI)) for mark in parted(lines, width)[1])


def without(printed: Sequence[Sequence[Word]], marks: Sequence[Mark]) -> list[list[Word]]:
    """Printed lines without the words that stand in the place of `marks`."""
    kept = [[w for w in line if not any(_within(w.box, mark.box) for mark in marks)] for line in printed]
    return [line for line in kept if line]


def _within(box: Box, outer: Box) -> bool:
    x, y = box.middle
    return outer.left <= x <= outer.right and outer.top <= y <= outer.bottom


def _scaled(box: Box, scale: float) -> Box:
    return Box(round(box.left * scale), round(box.top * scale), round(box.right * scale), round(box.bottom * scale))


def _group(lines: Sequence[Line], first: int, width: int) -> list[int]:
    """The line and those close above and below that begin at the same edge with a label."""
    group = [first]
    for step in (1, -1):
        at = first + step
        while 0 <= at < len(lines) and _belongs(lines[at], lines[at - step], width):
            group.append(at)
            at += step
    return sorted(group)


def _belongs(line: Line, beside: Line, width: int) -> bool:
    folded = fold(line.text)
    near = abs(line.box.middle[1] - beside.box.middle[1]) < 2.2 * max(line.box.height, beside.box.height)
    return near and abs(line.box.left - beside.box.left) < _EDGE * width and bool(_SIGNS.match(folded) or _LABEL.match(folded))
