"""Đầu văn bản: the two columns of the header and the title under them (Decree 30/2020, Annex I, boxes 1-5)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors._degrees import degrees
from extractors._layout import Margins, Placed, cut_columns, margins, rejoined
from extractors._lexicon import type_of_title
from extractors._patterns import BULLET, holds, letters, opens, upper_share
from models.text import fold

_NEAR = 0.06  # how far under the header's end a stamp may stand, fraction of the page's height
SPLIT = 0.475  # between the columns of the header, fraction of the page's width

_BODY_CUE = re.compile(
    r"^(can cu|thuc hien|theo de nghi|xet de nghi|phan (thu )?[ivx1]+\b|chuong [ivx1]+\b|dieu 1\b|[ivx]+[.,]|1[.,)/-]|a\)|ngay \d|hom nay)"
)
_PHRASES_OF_INVITING = ("moi", "kinhmoi", "tranrongmoi", "trieutap")


@dataclass(frozen=True, slots=True)
class Head:
    """Left and right column, title, and the lines after them."""

    left: tuple[Placed, ...]
    right: tuple[Placed, ...]
    title: tuple[Placed, ...]
    rest: tuple[Placed, ...]

    def opens_list(self, line: Placed) -> bool:
        """`Kính gửi:`, or `… ĐIỆN:` of a công điện."""
        return is_greeting(line) or (self._titled("công điện") and letters(line.text).endswith("dien") and upper_share(line.text) > 0.5)

    def invites(self, lines: Sequence[Placed]) -> bool:
        """True where the last of `lines` ends the sentence by which an invitation or a summons opens its list."""
        if not (self._titled("giấy mời") or self._titled("thư mời") or self._titled("giấy triệu tập")):
            return False
        last = lines[-1].text.rstrip()
        said = letters(" ".join(p.text for p in lines[-2:]))
        return last.endswith(":") and said.endswith(_PHRASES_OF_INVITING)

    def _titled(self, name: str) -> bool:
        return any((found := type_of_title(p.text)) and found[0] == name for p in self.title[:2])


def is_greeting(line: Placed) -> bool:
    """`Kính gửi`."""
    return opens(line.text, "kính gửi") and re.sub(r"^\W+", "", line.text)[:1] in "KkRH"


def find_head(lines: Sequence[Placed]) -> Head:
    """Header and title; all of it on the first page that has text."""
    first = [p for p in lines if p.page.number == lines[0].page.number] if lines else []
    edge = margins(first)
    end = _head_end(first, edge)
    over = [line for at, line in enumerate(first) if at < end or _beside(line, first[end])]
    taken = {id(line.line) for line in over}
    under = [line for line in first if id(line.line) not in taken]
    stop = _title_end(under, edge) if under and is_title(under[0]) else 0
    left: list[Placed] = []
    right: list[Placed] = []
    for piece in sorted(cut_columns(over, SPLIT), key=lambda p: p.order):
        (left if piece.middle < SPLIT else right).append(piece)
    return Head(tuple(rejoined(left)), tuple(right), tuple(under[:stop]), (*under[stop:], *lines[len(first) :]))


def _beside(line: Placed, end: Placed) -> bool:
    """True for a line of the header that is read after the header's end: it stands higher, or is a stamp of urgency near it."""
    return line.line.box.middle[1] < end.line.box.top or (bool(degrees(line.text)) and line.top < end.top + _NEAR)


def _head_end(first: Sequence[Placed], edge: Margins) -> int:
    """Index of the first line under the header."""
    for at, line in enumerate(first):
        if is_greeting(line) or is_title(line):
            return at
        if (
            at >= 2
            and (
                _spans(line)
                or (BULLET.match(line.text) and line.left < 0.3 and len(letters(line.text)) > 8 and upper_share(line.text) < 0.7)
            )
            and not _both_columns(line)
        ):
            return at
    return min(len(first), _columns_end(first, edge))


def _columns_end(first: Sequence[Placed], edge: Margins) -> int:
    """Where no cue helps: the first line in the middle of the page that stands in neither column."""
    for at, line in enumerate(first):
        if at >= 4 and edge.centred(line) and line.left < SPLIT < line.right:
            return at
    return len(first)


def _spans(line: Placed) -> bool:
    return line.left < 0.3 and line.right > 0.75


def _both_columns(line: Placed) -> bool:
    """True for a line of the header whose columns were read as one."""
    return line.line.table is not None or len(cut_columns([line], SPLIT)) > 1 or any(holds(line.text, cue) for cue in MOTTOS)


MOTTOS = ("cộng hòa xã hội chủ nghĩa việt nam", "độc lập - tự do - hạnh phúc", "đảng cộng sản việt nam")


def is_title(line: Placed) -> bool:
    """True for the type name: capitals in the middle of the page."""
    return (
        0.36 < line.middle < 0.7
        and (line.left > 0.2 or line.line.whole)
        and line.line.table is None
        and upper_share(line.text) > 0.75
        and type_of_title(line.text) is not None
    )


def _title_end(under: Sequence[Placed], edge: Margins) -> int:
    """Index after the trích yếu and the line of authority; the type name is line 0."""
    at = 1
    while at < len(under) and _in_title(under, at, edge):
        at += 1
    return at


def _in_title(under: Sequence[Placed], at: int, edge: Margins) -> bool:
    """True where line `at` still belongs to the title."""
    line, before = under[at], under[at - 1]
    if _opens_list(line, edge):
        return False
    inset, outset = line.left - edge.left, edge.right - line.right
    middle = abs(inset - outset) < 0.035 or (at == 1 and _bold(line) is not False and _centred(line, under, edge))
    if not middle or (at > 1 and _BODY_CUE.match(fold(line.text))):
        return False
    if at == 1 or inset > 0.065:
        return True
    bold = _bold(line)
    if bold is not None:
        return bold
    if min(inset, outset) > 0.03 and abs(inset - outset) < 0.01 and before.text.rstrip()[-1:] not in ".;:":
        return True
    return line.text[:1].islower() or (before.right > 0.6 and (not line.text[:1].isupper() or upper_share(line.text) > 0.8))


def _centred(line: Placed, under: Sequence[Placed], edge: Margins) -> bool:
    """True for a line in the middle of a page whose long lines are mostly the indented ones of short paragraphs."""
    left = min(p.left for p in under if p.page.number == line.page.number)
    return abs(line.left - left - (edge.right - line.right)) < 0.02 and line.text.rstrip()[-1:] not in ".;:"


def _opens_list(line: Placed, edge: Margins) -> bool:
    """True for what cannot be in a title: Kính gửi, `… ĐIỆN:`, a table, a bullet at the margin."""
    telegram = letters(line.text).endswith("dien") and line.text.rstrip().endswith(":")
    bullet = bool(BULLET.match(line.text)) and line.left < edge.left + 0.1
    return is_greeting(line) or line.line.table is not None or bullet or telegram


def _bold(line: Placed) -> bool | None:
    known = [w.bold for w in line.line.words if w.bold is not None]
    return sum(known) * 2 > len(known) if known else None
