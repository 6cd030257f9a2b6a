"""Cột thời hạn: the columns of a table that hold time limits, and what their cells say (`Quý III/2026`, `12/2027`, `31/8/2026`)."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from extractors._dates import Moment
from extractors._frame import Frame
from extractors._limits import Phrase, phrases
from extractors._paragraphs import Paragraph
from extractors._periods import Period
from models.record import Deadline
from models.text import fold

_DUE = re.compile(
    r"thoi han|tien do|\bhan\b|hoan thanh|moc thoi gian|lo trinh|ngay hoan thanh|thoi diem (?:hoan thanh|trinh)"
    r"|thoi gian (?:thuc hien|hoan thanh|trinh|ban hanh|bao cao|trien khai|to chuc|du kien|nop|gui)"
)
_TIME = re.compile(r"^(?:thoi gian|thoi diem|ngay|thang|lich)\b.{0,20}$")
_NOT_DUE = re.compile(
    r"thoi han (?:duoc giao|giao|giai quyet|bao quan|su dung|hop dong|cu)"
    r"|(?:theo|tai|cua) (?:cong van|van ban|ke hoach|thong bao|quyet dinh|chi dao)|cong tac|dong bhxh|dong bao hiem|bat dau|bao hanh"
    r"|sinh\b|ban hanh van ban|da hoan thanh|muc do hoan thanh|ket qua|ty le|so luong|ngay cap|den nay|hoan thanh so|tinh trang|da don doc"
)
_OPEN_END = re.compile(r"tiep theo|nam hoc|ke tu|tro di")
_NOISE = re.compile(r"[$+<>=*_~^|\\{}\[\]§©]|(?:^|\s)\w(?:\s\w)+(?:\s|$)")
_LONG = 14


class Columns(NamedTuple):
    """Indexes of the columns that hold limits, and of those that tell of something else's time."""

    due: tuple[int, ...] = ()
    other: tuple[int, ...] = ()


def deadline_columns(head: Paragraph, frame: Frame) -> Columns:
    """What the heads of a table say of its columns; a bare `Thời gian` holds limits in plans and their like only."""
    found, other = [], []
    for index, cell in enumerate(head.cells):
        name = fold(cell.text).strip(" .:")
        if _NOT_DUE.search(name):
            other.append(index)
            continue
        if _DUE.search(name) or (_TIME.match(name) and frame.doc_type not in ("công văn", "giấy mời", "báo cáo", "công điện")):
            found.append(index)
    return Columns(tuple(found), tuple(other))


def cell_limits(text: str, frame: Frame) -> Iterator[tuple[int, int, Deadline, float]]:
    """Each limit of a cell: its place there, what it says, how sure; the whole cell is the phrase where it holds only one."""
    folded = fold(text)
    here = [p for p in phrases(text, years=True) if _counts(p, frame)]
    if _OPEN_END.search(folded):
        here = [p for p in here if not isinstance(p.core, Moment) or p.core.kind == "day"]
    for phrase in here:
        start, end = phrase.start, phrase.end
        whole = len(here) == 1 and len(text.split()) <= _LONG and not _NOISE.search(text)
        doubt = 0.7 if phrase.hurt else 1.0
        for deadline in phrase.deadlines(text, frame.year_of(phrase)):
            if whole:
                yield 0, len(text), Deadline(text.strip(" .;"), deadline.due_on, deadline.relative, deadline.recurring), 0.94 * doubt
            else:
                yield start, end, deadline, 0.9 * doubt


def _counts(phrase: Phrase, frame: Frame) -> bool:
    if isinstance(phrase.core, Period):
        return phrase.core.cued and not phrase.core.backwards
    if not isinstance(phrase.core, Moment):
        return True
    if phrase.cue in ("from", "vague"):
        return False
    due: date | None = phrase.due_on(frame.year_of(phrase))
    return due is not None and (frame.floor is None or due >= frame.floor)
