"""Dấu chỉ mức độ khẩn, mật: short capitals in a frame of their own (Decree 30/2020, Annex I, boxes 10a, 10b)."""

from collections.abc import Iterable

from extractors._layout import Placed
from extractors._patterns import letters, upper_share
from extractors._zones import Zones

DEGREES = {
    "hoatochengio": "hỏa tốc",
    "thuongkhan": "thượng khẩn",
    "hoatoc": "hỏa tốc",
    "khan": "khẩn",
    "tuyetmat": "tuyệt mật",
    "toimat": "tối mật",
    "mat": "mật",
}
_FRAME = "il1"  # what a frame's upright is read as


def degrees(line: Placed) -> tuple[str, ...]:
    """Degrees of urgency and secrecy that make up the whole line; empty where it holds anything else."""
    if upper_share(line.text) < 0.75 or len(line.text) > 40:
        return ()
    found: list[str] = []
    rest = letters(line.text)
    while rest:
        key = next((k for k in DEGREES if rest.startswith(k)), None)
        if key:
            found.append(DEGREES[key])
            rest = rest[len(key) :]
        elif rest[0] in _FRAME:
            rest = rest[1:]
        else:
            return ()
    return tuple(found)


def marked(zones: Zones, wanted: Iterable[str]) -> tuple[str, Placed] | None:
    """The first of the wanted degrees in the header or the title, with its line."""
    for line in (*zones.header_left, *zones.header_right, *zones.title):
        for degree in degrees(line):
            if degree in wanted:
                return degree, line
    return None
