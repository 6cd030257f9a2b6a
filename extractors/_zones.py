"""Vùng của văn bản: the parts of a dispatch by place and cue (Decree 30/2020, Annex I; 36-HD/VPTW for the Party).

Position comes first, cue words on folded text second: recognition breaks tone marks and letters, hardly ever places.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors._foot import Foot, find_foot
from extractors._head import Head, find_head, is_greeting
from extractors._layout import Placed, margins, placed
from extractors._patterns import BULLET
from extractors._stamp import part_stamp
from models.document import Document


@dataclass(frozen=True, slots=True)
class Zones:
    """The lines of each part, in reading order; a line is in one part only."""

    document: Document
    header_left: tuple[Placed, ...]
    header_right: tuple[Placed, ...]
    stamp: tuple[Placed, ...]
    title: tuple[Placed, ...]
    addressees: tuple[Placed, ...]
    body: tuple[Placed, ...]
    signature: tuple[Placed, ...]
    recipients: tuple[Placed, ...]
    annex: tuple[Placed, ...]

    @property
    def about(self) -> bool:
        """True where a `V/v …` stands under the number: the document is a letter."""
        return any(re.match(r"^\W*v\s?[/⁄]\s?v\b", line.text.lower()) for line in self.header_left)


def find(*, document: Document) -> Zones:
    """Chia vùng: never fails; a part that is not there is empty, and what is unclear stays in the body."""
    lines = placed(document)
    head = find_head(lines)
    foot = find_foot(head.rest)
    body = head.rest[: foot.start]
    addressees, body = _addressees(head, body)
    left, stamp = part_stamp(head.left)
    right, beside = part_stamp(head.right)
    return Zones(document, left, right, stamp or beside, head.title, addressees, body, foot.signature, foot.recipients, foot.annex)


def _addressees(head: Head, body: tuple[Placed, ...]) -> tuple[tuple[Placed, ...], tuple[Placed, ...]]:
    """The list of addressees, and the body without it (of an invitation: with the sentence that opens it)."""
    for at, line in enumerate(body[:40]):
        if head.opens_list(line):
            last = at + 1 + _items(body[at:])
            return body[at:last], body[:at] + body[last:]
        if head.invites(body[: at + 1]):
            last = at + 1 + _items(body[at:])
            return body[at + 1 : last], body[: at + 1] + body[last:]
    return (), body


def _items(lines: Sequence[Placed]) -> int:
    """How many lines after the cue (the first of `lines`) belong to its list."""
    count, bullet, marked = 0, None, False
    cue = lines[0]
    edge = margins([p for p in lines if p.page.number == cue.page.number])
    for before, line in pairwise(lines):
        marked = marked or (bullet is not None and before.text.rstrip().endswith(";"))
        if BULLET.match(line.text):
            bullet = line
        elif not _goes_on(before, line, bullet, cue, edge.left, edge.right) and not (bullet and _unfinished(before, marked, edge.right)):
            break
        count += 1
    return count


def _unfinished(before: Placed, marked: bool, right: float) -> bool:
    """True where an entry breaks off at the margin: after a comma, or without a mark where the entries before it have theirs."""
    end = before.text.rstrip()[-1:]
    return not before.line.whole and before.right > right - 0.15 and (end == "," or (marked and end not in ";.:"))


def _goes_on(before: Placed, line: Placed, bullet: Placed | None, cue: Placed, left: float, right: float) -> bool:
    """True where a line without a bullet is still in the list: the rest of an entry, or an entry of a list without bullets."""
    end = before.text.rstrip()[-1:]
    if line.line.table is not None or end in ".":
        return False
    if line.line.whole:  # a paragraph is never the rest of another one
        return end in ":;"
    if bullet is None:
        deep = line.left > left + 0.09
        return (deep or line.left > cue.left - 0.01) if end in ":;" else line.left > cue.left - 0.01 and before.right > right - 0.2
    wrapped = before.right > right - 0.15
    if end in ":;":
        return (line.left > left + 0.09 and line.left > bullet.left - 0.01) or (wrapped and line.left < bullet.left - 0.02)
    return wrapped and (line.left > bullet.left + 0.008 or line.left < bullet.left - 0.02 or line.text[:1].islower())


__all__ = ["Foot", "Head", "Placed", "Zones", "find", "is_greeting"]
