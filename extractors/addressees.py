"""Nơi nhận trực tiếp: the list of Kính gửi, or the one in its place (Decree 30/2020, Annex I, box 9a)."""

import re

from extractors._evidence import mean_confidence
from extractors._layout import part
from extractors._listing import entries, text_of
from extractors._patterns import BULLET, opens
from extractors._zones import Zones, is_greeting
from models.document import Document
from models.found import Found, Span

_GREETING = re.compile(r"^\W*(đồng\s+)?\S{3,6}\s*g\S{1,3}\s*[:;.]*\s*", re.IGNORECASE)


def find(*, document: Document, zones: Zones) -> tuple[Found[str], ...]:
    """Kính gửi, one string a printed line or bullet; also `… ĐIỆN:` of a công điện and `kính mời:` of an invitation."""
    lines = list(zones.addressees)
    if lines and not BULLET.match(lines[0].text):
        rest = _after_greeting(lines[0].text) if is_greeting(lines[0]) or opens(lines[0].text, "kính mời") else len(lines[0].text)
        first = _cut(lines[0].text, rest)
        lines[:1] = [part(lines[0], first, len(lines[0].line.words))] if first < len(lines[0].line.words) else []
    found = []
    for entry in entries(lines):
        value = text_of(entry)
        if value:
            spans = tuple(Span(p.line.start, p.line.end) for p in entry)
            found.append(Found.at(document, value, "addressees.list", 0.97 * mean_confidence(entry), *spans))
    return tuple(found)


def _after_greeting(text: str) -> int:
    match = _GREETING.match(text)
    return match.end() if match else len(text)


def _cut(text: str, offset: int) -> int:
    """How many words stand before an offset of the line's text."""
    return len(text[:offset].split())
