"""Chức vụ, quyền hạn, họ tên người ký (Decree 30/2020, Annex I, boxes 7a, 7b; 36-HD/VPTW)."""

from collections.abc import Sequence
from dataclasses import replace

from extractors._evidence import from_lines
from extractors._layout import Placed
from extractors._patterns import letters, upper_share
from extractors._person import is_name, read_name
from extractors._titles import has_gaps, is_body, is_office, off_axis, read_titles, signs_for
from extractors._zones import Zones
from models.document import Document
from models.found import Found
from models.record import Signer


def find(*, document: Document, zones: Zones) -> Found[Signer] | None:
    """Người ký: name, last title line, lines of authority over it joined by `; `."""
    lines = [line for line in zones.signature if len(letters(line.text)) > 1]
    at = _name_at(lines)
    above = lines[: len(lines) if at is None else at]
    titles = read_titles(above)
    if at is None and not titles:
        return None
    name: str | None = None
    candidates: tuple[str, ...] = ()
    if at is not None:
        name, candidates = read_name(lines[at])
    if name and at is not None and off_axis(lines[at], above):
        candidates = (name,)
        name = None
    position, authority = _shared(titles, whole=not has_gaps(above))
    signer = Signer(name, position, authority)
    used = lines if at is None else lines[: at + 1]
    found = from_lines(document, signer, "signer.block", 0.95 if name and position else 0.6, used)
    return replace(found, candidates=candidates)


def _shared(titles: Sequence[str], whole: bool) -> tuple[str | None, str | None]:
    """(position, authority): the last title, the ones over it; where a line was not read, nothing that could be half of the truth."""
    position = titles[-1] if titles and not _by_authority(titles[-1]) else None
    if not whole or (position is None and titles and not titles[-1].startswith("T")):
        return (position if whole else None), None
    over = titles[:-1] if position else titles
    return position, "; ".join(over) or None


def _name_at(lines: Sequence[Placed]) -> int | None:
    """Index of the printed name: the last line in mixed case of two words or more; else capitals under the titles that name no office."""
    for at in range(len(lines) - 1, -1, -1):
        if upper_share(lines[at].text) < 0.7 and is_name(lines[at].text):
            return at
    if len(lines) > 1 and is_name(lines[-1].text) and not is_office(lines[-1].text) and not signs_for(lines[-1].text):
        return len(lines) - 1
    return None


def _by_authority(title: str) -> bool:
    """`TM. BAN THƯỜNG VỤ`, `KT. CHỦ TỊCH` say for whom somebody signs, not his own office; `Q. GIÁM ĐỐC` is one."""
    return is_body(title) or (signs_for(title) and not title.startswith("Q"))
