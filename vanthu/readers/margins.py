"""Số trang: a lone number in the top or bottom margin is no part of the text (Decree 30/2020, Annex I: centred in the top margin)."""

import re
from collections.abc import Sequence

from models.document import Line
from models.text import fold

_NUMBER = re.compile(r"^[-–—~.\s]*(trang\s*)?\d{1,3}(\s*[/|]\s*\d{1,3})?[-–—~.\s]*$")
_MARGIN = 0.09


def without_page_number(lines: Sequence[Line], height: int) -> tuple[Line, ...]:
    """The lines of a page of this height without its number."""
    return tuple(line for line in lines if not _is_page_number(line, lines, height))


def _is_page_number(line: Line, lines: Sequence[Line], height: int) -> bool:
    if line.table is not None or not _NUMBER.match(fold(line.text)):
        return False
    if line.box.bottom < _MARGIN * height:
        return all(line is other or other.box.top >= line.box.bottom for other in lines)
    return line.box.top > (1 - _MARGIN) * height and all(line is other or other.box.bottom <= line.box.top for other in lines)
