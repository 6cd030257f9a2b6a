"""Dấu chỉ mức độ khẩn, mật in the header (Decree 30/2020, Annex I, boxes 10a, 10b)."""

import re
from collections.abc import Iterable

from extractors._degrees import degrees
from extractors._layout import Placed
from extractors._lexicon import after_type
from extractors._zones import Zones

_BESIDE = re.compile(r"\s(Chuyển|Ngày|Số|ĐẾN)\b.*$")  # what a stamp has beside a box


def marked(zones: Zones, wanted: Iterable[str]) -> tuple[str, Placed] | None:
    """The first of the wanted degrees in the header or the title, with its line."""
    for line in (*zones.header_left, *zones.header_right, *zones.title, *zones.stamp):
        for degree in degrees(_BESIDE.sub("", line.text)) or degrees(after_type(line.text)):
            if degree in wanted:
                return degree, line
    return None
