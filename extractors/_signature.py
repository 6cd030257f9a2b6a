"""Khối chữ ký: the titles and the name of whoever signs, and whether all of the block was read; the seal covers a part of it."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors._layout import VOUCHED, Placed, part
from extractors._patterns import letters, upper_share
from extractors._person import is_name, read_name
from extractors._titles import deputy_under, is_office, join_titles, lost_letter, names_title, signs_for
from extractors._zones import Zones
from models.text import one_line

_SEAL = 0.6  # a short word at the end of a line read with less is a part of the seal
_SHORT = 3
_UNSURE = 0.75
_GOES_ON = 0.88  # a line under the seal read with less is no part of a title
_OFF = 0.014  # fraction of the page's width by which a whole line stands off the axis of its block at most
_APART = 2.4  # steps between title lines, in heights of a line, beyond which one between them was not read
_EDGES = " .,;:|_~*'`\"“”„‘<>«»^="


class Signature(NamedTuple):
    """Titles from top to bottom, name with its other readings, lines; `whole` False where a line or a part of one was not read."""

    titles: tuple[str, ...]
    name: str | None
    candidates: tuple[str, ...]
    lines: tuple[Placed, ...]
    whole: bool


def find(*, zones: Zones) -> Signature | None:
    """Khối chữ ký, None where there is none."""
    printed = [line for line in zones.signature if len(letters(line.text)) > 1]
    lines = [_trimmed(line) for line in printed]
    at = _name_at(lines)
    above = [line for line in lines[:at] if upper_share(line.text) >= 0.6]
    titles = join_titles([one_line(line.text).strip(_EDGES) for line in above], [_certain(line) for line in above])
    if at is None and not titles:
        return None
    offices = _offices(above)
    intact = {(line.line.start, line.line.end) for line in printed}
    sound = [line for line in offices if (line.line.start, line.line.end) in intact and not _mended(line, offices)]
    name, candidates, mended = read_name(lines[at]) if at is not None else (None, (), False)
    if at is not None and name and not mended and _off(lines[at], sound):
        name, candidates = None, (lines[at].text,)
    if at is not None and name and not mended:
        sound.append(lines[at])
    used = [line for line in above if _certain(line) or _is_title(line)]
    whole = not any(_short(line, sound) for line in used if not _mended(line, offices)) and not _gaps(offices)
    return Signature(tuple(titles), name, candidates, tuple(lines if at is None else lines[: at + 1]), whole)


def _offices(lines: Sequence[Placed]) -> list[Placed]:
    """The lines that are titles, a deputy's broken one among them."""
    out: list[Placed] = []
    for line in lines:
        if _is_title(line) or (out and deputy_under(out[-1].text, line.text)):
            out.append(line)
    return out


def _name_at(lines: Sequence[Placed]) -> int | None:
    """Index of the printed name: the last line in mixed case of two words or more; else capitals under the titles that name no office."""
    for at in range(len(lines) - 1, -1, -1):
        if upper_share(lines[at].text) < 0.7 and is_name(lines[at].text):
            return at
    if len(lines) > 1 and is_name(lines[-1].text) and not _is_title(lines[-1]):
        return len(lines) - 1
    return None


def _is_title(line: Placed) -> bool:
    return signs_for(line.text) or is_office(line.text)


def _certain(line: Placed) -> bool:
    return all(w.confidence >= _GOES_ON and not any(c.isdigit() for c in w.text) for w in line.line.words)


def _trimmed(line: Placed) -> Placed:
    """A scanned line without what the seal adds before and after its print."""
    words = line.line.words
    if line.page.source != "ocr" or line.line.table is not None:
        return line
    last = len(words)
    while last > 1 and _dirt(words[last - 1].text, words[last - 1].confidence):
        last -= 1
    for first in range(last - 1):
        if first and len(words[first - 1].text) > _SHORT and words[first - 1].confidence > _UNSURE:
            break
        if names_title(" ".join(w.text for w in words[first:last]).strip(_EDGES)):
            return part(line, first, last)
    return part(line, 0, last)


def _dirt(text: str, confidence: float) -> bool:
    return confidence < _SEAL and len(text) <= _SHORT


def _off(line: Placed, sound: Sequence[Placed]) -> bool:
    """True where a scanned line stands off the axis of its block, which the widest sound line marks: a part of the line was not read."""
    others = [p for p in sound if p.page.number == line.page.number and p.line.start != line.line.start]
    axis = max(others, key=lambda p: p.right - p.left, default=line)
    return line.page.source == "ocr" and abs(line.middle - axis.middle) > _OFF


def _short(line: Placed, sound: Sequence[Placed]) -> bool:
    """True where the beginning or the end of a scanned title was not read."""
    if line.page.source != "ocr":
        return False
    alone = not any(p.line.start != line.line.start and p.page.number == line.page.number for p in sound)
    return _half_prefix(line.text) or (_disturbed(line) if alone else _off(line, sound))


def _mended(line: Placed, offices: Sequence[Placed]) -> bool:
    """True for a title that can be no other: a deputy's under his head's, one whose prefix has lost its first letter."""
    return lost_letter(line.text) or any(b.line.start == line.line.start and deputy_under(a.text, b.text) for a, b in pairwise(offices))


def _gaps(offices: Sequence[Placed]) -> bool:
    """True where a line between the titles of a scan, or the last one, was not read."""
    if not offices or offices[0].page.source != "ocr":
        return False
    height = max(p.line.box.height for p in offices)
    far = any(b.line.box.top - a.line.box.top > _APART * height for a, b in pairwise(offices) if a.page.number == b.page.number)
    return far or signs_for(offices[-1].text)


def _half_prefix(text: str) -> bool:
    """`1. CHỦ TỊCH`: a prefix that there is not."""
    rest = re.match(r"^\W*\w{1,3}[.,:;]\s*(?=\w)", text)
    return rest is not None and not signs_for(text) and is_office(text[rest.end() :])


def _disturbed(line: Placed) -> bool:
    """True where something that was hardly read stands close before a title."""
    box = line.line.box
    level = [
        w
        for other in line.page.lines
        for w in other.words
        if w.box.top < box.middle[1] < w.box.bottom or box.top < w.box.middle[1] < box.bottom
    ]
    return any(0 <= box.left - w.box.right < 0.09 * line.page.width and w.confidence < VOUCHED for w in level)
