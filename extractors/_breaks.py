"""Where a paragraph begins: first-line indent, a line that ended though the next word had room, a marker, a heading."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Protocol

from extractors._markers import readings
from models.document import Line, Page

_INDENT = 0.016
"""Share of the page's width from which a line counts as indented: half of the usual 1 cm (Decree 30/2020, Annex I)."""

_SHARE = 0.06
"""Share of a page's lines that must begin at the margin."""

_FAR = 0.2
"""Share of the page's width that stays empty after a line which ends a paragraph without a closing mark."""

_CENTRED = 0.06
"""Share of the page's width that a centred line keeps from both margins: more than a first-line indent."""

_ROOM = 0.02
"""Slack of the right margin, a share of the page's width."""


class Placed(Protocol):
    """A line on its page."""

    @property
    def page(self) -> Page:
        """The page it stands on."""

    @property
    def line(self) -> Line:
        """The line."""


@dataclass(frozen=True, slots=True)
class Column:
    """Usual left and right edge of the text of one page, and the usual step from line to line."""

    left: int
    right: int
    step: float


def columns(placed: Iterable[Placed]) -> dict[int, Column]:
    """The text column of each page, measured on its printed lines."""
    pages: dict[int, list[Placed]] = {}
    for here in placed:
        if here.line.table is None and not here.line.whole and here.line.words:
            pages.setdefault(here.page.number, []).append(here)
    return {number: _column(lines) for number, lines in pages.items()}


def _column(placed: list[Placed]) -> Column:
    width = placed[0].page.width
    boxes = [p.line.box for p in placed]
    right = sorted(b.right for b in boxes)[int(len(boxes) * 0.9)]
    steps = [b.top - a.top for a, b in pairwise(boxes) if 0 < b.top - a.top < 4 * max(1, a.height)]
    return Column(_margin([b.left for b in boxes], width), right, median(steps) if steps else 2.0 * boxes[0].height)


def _margin(lefts: list[int], width: int) -> int:
    """The leftmost edge at which a fair share of the lines begin: where continuation lines stand, be they fewer than first lines."""
    slack = 0.008 * width
    for left in sorted(lefts):
        near = [other for other in lefts if left <= other <= left + 2 * slack]
        if len(near) >= max(2, _SHARE * len(lefts)):
            return round(median(near))
    return min(lefts)


def begins_paragraph(group: list[Placed], here: Placed, measured: dict[int, Column]) -> bool:
    """True where `here` does not go on with the paragraph whose lines are `group`."""
    before = group[-1]
    if here.line.whole or before.line.whole or not here.line.words or not before.line.words:
        return True
    text = here.line.text
    closed = before.line.text.rstrip()[-1:] in (".;:!?)" if before.line.text.startswith("(") else ".;:!?")
    if _centred(before, measured) != _centred(here, measured) and not _in_column(group, measured):
        return True
    marked = _marked(text, closed=closed)
    lower = text[0].islower()
    if before.page.number == here.page.number and _gap(before, here) > 1.9 * measured[here.page.number].step:
        return not (lower and not closed and not marked)
    short = _room_left(before, here, measured[before.page.number])
    if _indented(here, measured[here.page.number]):
        hanging = _hangs(group, here) and not marked and not short
        return not (hanging or lower) or (short and closed) if not marked else _marker_holds(closed, short, lower)
    if marked:
        return closed or short
    if closed:
        return short
    # nothing closes the line: only one that ends far from the margin is whole
    return short and not lower and before.line.box.right < measured[before.page.number].right - _FAR * before.page.width


def _centred(placed: Placed, measured: dict[int, Column]) -> bool:
    """Well inside both margins, by the same width."""
    column, width = measured[placed.page.number], placed.page.width
    left, right = placed.line.box.left - column.left, column.right - placed.line.box.right
    return left > _CENTRED * width and right > _CENTRED * width and abs(left - right) < 0.02 * width


def _in_column(group: list[Placed], measured: dict[int, Column]) -> bool:
    """The paragraph has begun as running text: its short last line may stand anywhere."""
    return not _centred(group[0], measured)


def _marked(text: str, *, closed: bool) -> bool:
    """Opens with a marker; a dash before a small letter after an open line is one inside a name (`chính trị - xã hội`)."""
    found = readings(text)
    return bool(found) and (closed or found[0].kind != "dash" or not text[found[0].width :][:1].islower())


def _marker_holds(closed: bool, short: bool, lower: bool) -> bool:
    # An indented marker after a full line that does not close is still an item: many end in a comma or nothing.
    return closed or short or not lower


def _gap(before: Placed, here: Placed) -> int:
    return here.line.box.top - before.line.box.top


def _indented(here: Placed, column: Column) -> bool:
    return here.line.box.left - column.left > _INDENT * here.page.width


def _hangs(group: list[Placed], here: Placed) -> bool:
    """Hanging item: its lines stand under its text, right of its marker."""
    before, slack = group[-1], 0.008 * here.page.width
    if before.page.number != here.page.number:
        return len(group) > 1 and bool(readings(group[0].line.text)) and not readings(before.line.text)
    if len(group) > 1:
        return abs(before.line.box.left - here.line.box.left) <= slack
    marker = readings(before.line.text)
    if not marker:
        return False
    taken = next((w.box.left for w in before.line.words if w.start - before.line.start >= marker[0].width), before.line.box.left)
    return abs(taken - here.line.box.left) <= 2 * slack


def _room_left(before: Placed, here: Placed, column: Column) -> bool:
    """The first word of `here` would have had room at the end of `before`."""
    letter = before.line.box.width / max(1, len(before.line.text))
    return before.line.box.right + letter + here.line.words[0].box.width < column.right - _ROOM * before.page.width * (
        1 if column.right else 0
    )
