"""Chú dẫn của phụ lục: `(Kèm theo Kế hoạch số 97/KH-UBND ngày 05/3/2026 của …)` tells the document's own number and day again."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from extractors._codes import CodeMatch, find_codes
from extractors._evidence import real_date
from extractors._layout import Placed
from extractors._zones import Zones
from models.document import Document
from models.found import Span
from models.text import fold

_OPENS = re.compile(r"^\W*(ban hanh\s+)?kem theo\b")
_DATE = re.compile(r"^\W*ngay\s*(\d{1,2})(?:\s*thang\s*|\s?[/.-]\s?)(\d{1,2})(?:\s*nam\s*|\s?[/.-]\s?)(\d{4})\b")
_LINES = 3  # a caption is no longer than this


class Caption(NamedTuple):
    """Code and day as the caption has them, with where they stand."""

    code: CodeMatch
    issued_on: date | None
    span: Span


def find(*, document: Document, zones: Zones) -> tuple[Caption, ...]:
    """Captions of annexes that bear a number; empty where there are no annexes, or their captions are left blank."""
    return tuple(caption for lines in _captions([*zones.body, *zones.annex]) if (caption := _read(document, lines)))


def _captions(lines: Sequence[Placed]) -> Iterator[Sequence[Placed]]:
    for at, line in enumerate(lines):
        if line.line.table is None and _OPENS.match(fold(line.text)) and line.text.lstrip()[:1] in "([{":
            yield lines[at : at + _LINES]


def _read(document: Document, lines: Sequence[Placed]) -> Caption | None:
    start, end = lines[0].line.start, lines[-1].line.end
    text = document.text[start:end].replace("\n", " ")
    close = text.find(")")
    text = text[: close if close > 0 else len(text)]
    code = next((c for c in find_codes(text) if c.confidence > 0.9), None)
    if code is None:
        return None
    day = _DATE.match(fold(text[code.end :]).lstrip(" ,"))
    return Caption(
        code, real_date(*day.groups()) if day else None, Span(start + code.start, start + code.end + 30 if day else start + code.end)
    )
