"""Dòng số và ký hiệu in the header: where it stands among the lines of the left column."""

import re
from collections.abc import Sequence

from extractors._codes import find_codes
from extractors._layout import Placed
from models.text import fold

_NUMBER = re.compile(r"^\W*[s5][o06d]\s*(?:[:;]|[.,]?\s*(?:[\d/…_(-]|\.\.|[lio]\d|$)|.{0,12}/)")
_SYMBOL_ALONE = re.compile(r"^\W*[/-]\s?[A-ZĐ]{2,}")


def number_line(lines: Sequence[Placed]) -> int | None:
    """Index of the line `Số: …`; else of the first line that holds a code and is not a V/v."""
    for at, line in enumerate(lines):
        if _NUMBER.match(fold(line.text)):
            return at
    for at, line in enumerate(lines):
        if _SYMBOL_ALONE.match(line.text) or any(c.confidence > 0.45 for c in find_codes(line.text)):
            return at
    return None
