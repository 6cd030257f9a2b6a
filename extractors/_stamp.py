"""Dấu ĐẾN as print: its lines told from the header's, where the reading has not taken the stamp out of the text."""

import re
from collections.abc import Sequence

from extractors._degrees import degrees
from extractors._layout import Placed
from extractors._number_line import number_line
from extractors._patterns import letters, upper_share
from models.text import fold

_ARRIVED = re.compile(r"^(congvan|vanban)?den(so.*)?$|^(congvan|vanban)den|^d?enso|^den(ngay|ngy|gio)")
_FORWARD = re.compile(r"^\W*chuyen\b\s*[:.]")
_HAND = 0.6  # lines of handwriting are read with less
_LABEL = re.compile(r"^\W*(ngay|gio|chuyen|so va ky hieu|luu ho so|so)\b\s*[:.]")


def part_stamp(lines: Sequence[Placed]) -> tuple[tuple[Placed, ...], tuple[Placed, ...]]:
    """Lines of a header column without the stamp, and the stamp's lines."""
    under = number_line(lines) or 0
    at = next((i for i, line in enumerate(lines) if i > under and (_arrived(line) or _FORWARD.match(fold(line.text)))), None)
    if at is None:
        return tuple(lines), ()
    first, last = at, at
    while first > under + 1 and (_above(lines[first - 1], lines[first]) or _labelled(lines[first - 1])):
        first -= 1
    while last + 1 < len(lines) and (_labelled(lines[last + 1]) or _arrived(lines[last + 1])):
        last += 1
    return (*lines[:first], *lines[last + 1 :]), tuple(lines[first : last + 1])


def _arrived(line: Placed) -> bool:
    """`ĐẾN`, with or without `Số:` after it."""
    return bool(_ARRIVED.match(letters(line.text))) and upper_share(line.text[:4]) > 0.6 and len(line.text) < 40


def _labelled(line: Placed) -> bool:
    """`Ngày: …`, `Chuyển: …`, or handwriting that was hardly read."""
    return bool(_LABEL.match(fold(line.text))) or line.confidence < _HAND


def _above(line: Placed, below: Placed) -> bool:
    """True for the receiving office's name over ĐẾN: capitals, close above, no box of urgency or secrecy."""
    near = below.line.box.top - line.line.box.top < 2.2 * max(line.line.box.height, below.line.box.height)
    return (
        near
        and upper_share(line.text) > 0.9
        and len(line.text) > 7
        and "/" not in line.text
        and not any(c.isdigit() for c in line.text)
        and not degrees(line.text)
    )
