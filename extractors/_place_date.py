"""Địa danh và thời gian ban hành: the line `Rạch Giá, ngày 06 tháng 3 năm 2024` (Decree 30/2020, Annex I, box 4)."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from extractors._layout import Placed
from extractors._patterns import letters
from extractors._zones import Zones
from models.text import fold

_DATE = re.compile(
    r"(?:ngay|ng[aà]?y|nga[yv])(?P<day>.{0,12}?)(?:thang|thing|thắng)\s*(?P<month>.{0,8}?)\s*nam\s*(?P<year>[\d\s.lo]{0,7}\d|)"
)
_SHORT = re.compile(r"ngay\s*(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})\s?[/.-]\s?(?P<year>\d{4})")
_AFTER = 4  # letters that may follow the year: specks; more, and the line is a sentence
_HOUR = re.compile(r",?\s*h[oô]i\s.*$")


class PlaceDate(NamedTuple):
    """The line with its match; groups day, month, year are as read, place ends at `place_end`."""

    line: Placed
    match: re.Match[str]
    place_end: int


def find(*, zones: Zones) -> PlaceDate | None:
    """Dòng địa danh, ngày tháng: in the right column; elsewhere in the header or under the title where it is not there."""
    for line in _where(zones):
        folded = fold(line.text)
        match = _DATE.search(folded) or _SHORT.search(folded)
        if match and len(letters(folded[match.end() :])) <= _AFTER:
            place = folded[: match.start()]
            hour = _HOUR.search(place)
            return PlaceDate(line, match, hour.start() if hour else len(place.rstrip(" ,.;")))
    return None


def _where(zones: Zones) -> Iterable[Placed]:
    yield from reversed(zones.header_right)
    yield from zones.header_left
    yield from zones.title
    yield from zones.signature
