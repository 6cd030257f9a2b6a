"""Nơi nhận: the list parted from its heading and from the line Lưu (Decree 30/2020, Annex I, box 9b)."""

import re
from typing import NamedTuple

from extractors._foot import is_recipients_cue
from extractors._layout import Placed, part
from extractors._listing import Entry, entries, text_of
from extractors._zones import Zones
from models.text import fold

_ARCHIVE = re.compile(r"^\W*l[uư]u?\s*[:;.]\s*|^\W*luu\b\s*[:;.]?\s*")
_HEADING = re.compile(r"^\W*n\S{1,2}\s*nh\S{1,3}\s*(\([^)]*\))?\s*[:;.]?\s*")


class Receivers(NamedTuple):
    """Entries of Nơi nhận, and the entry Lưu with the offset in its text after `Lưu:`."""

    entries: tuple[Entry, ...]
    archive: tuple[Entry, int] | None


def find(*, zones: Zones) -> Receivers:
    """Danh sách nơi nhận; what follows the Lưu line (marks of copies, address of the office) is left out."""
    lines = list(zones.recipients)
    if lines and is_recipients_cue(lines[0]):
        lines[:1] = _after_heading(lines[0])
    kept: list[Entry] = []
    for entry in entries(lines):
        match = _ARCHIVE.match(fold(text_of(entry)))
        if match:
            return Receivers(tuple(kept), (entry, match.end()))
        kept.append(entry)
    return Receivers(tuple(kept), None)


def _after_heading(line: Placed) -> list[Placed]:
    match = _HEADING.match(fold(line.text))
    words = len(line.text[: match.end()].split()) if match else len(line.line.words)
    return [part(line, words, len(line.line.words))] if words < len(line.line.words) else []
