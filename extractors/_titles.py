"""Quyền hạn, chức vụ của người ký: title lines read against the lexicon (Decree 30/2020, Annex I, box 7a; 36-HD/VPTW)."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from rapidfuzz.fuzz import ratio

from extractors._layout import Placed
from extractors._lexicon import table
from extractors._patterns import letters, upper_share
from models.text import one_line

_PREFIX = re.compile(r"^\W*(T\s?/?\s?UQ|T\s?U\s?Q|T\s?/\s?M|TM|K\s?/\s?T|KT|T\s?/\s?L|TL|Q|[MTL](?=\.))(?:\s*[.:,;]+\s*|\s+)(?=\w)")
_WHOLE = {"M": "TM", "T": "KT", "L": "TL"}  # the first letter under the seal
_FLOOR = 86
_GOES_ON = 0.75  # a line under the seal read with less is no part of a title


@cache
def _offices() -> dict[str, str]:
    """Letters of a title → the title as it is printed."""
    return {letters(row["title"]): row["title"] for row in table("titles")}


def signs_for(text: str) -> bool:
    """True for a line that says by what authority somebody signs: `KT. CHỦ TỊCH`, `T/M BAN THƯỜNG VỤ`."""
    return bool(_PREFIX.match(text)) and upper_share(text) > 0.7


def is_office(text: str) -> bool:
    """True for a line that opens with the name of an office: `PHÓ GIÁM ĐỐC`, `GIÁM ĐỐC SỞ NỘI VỤ`."""
    here = letters(text)
    return any(here.startswith(known) for known, title in _offices().items() if _role(title) == "office") or bool(_snap(text))


@cache
def _role(title: str) -> str:
    return next(row["role"] for row in table("titles") if row["title"] == title)


def is_body(text: str) -> bool:
    """True for a collective, for which somebody signs: `BAN THƯỜNG VỤ`."""
    known = _snap(text)
    return known is not None and _role(known) == "body"


def _snap(text: str) -> str | None:
    """The one title of the lexicon that a line reads as, damaged or with its first letters under the seal."""
    here = letters(text)
    if here in _offices():
        return _offices()[here]
    near = [title for known, title in _offices().items() if ratio(here, known) >= _FLOOR and abs(len(known) - len(here)) <= 2]
    return near[0] if len(near) == 1 else None


def read_titles(lines: Sequence[Placed]) -> list[str]:
    """Title lines with damage repaired; a wrapped one is joined to the line that it goes on."""
    titles: list[str] = []
    for line in lines:
        text = one_line(line.text).strip(" .,;:|_~*'`\"“”„‘<>«»^=")
        if upper_share(text) < 0.6 or len(letters(text)) < 2:
            continue
        deputy = _deputy(titles[-1], text) if titles else None
        if deputy or signs_for(text) or is_office(text):
            titles.append(deputy or text)
        elif titles and min(w.confidence for w in line.line.words) >= _GOES_ON:
            titles[-1] = f"{titles[-1]} {text}"
        elif not titles and line.confidence >= _GOES_ON:
            titles.append(text)
    return [_mend(title) for title in titles]


def _deputy(above: str, text: str) -> str | None:
    """Under `KT. CHỦ TỊCH` stands a deputy: a line that ends as his title does is that title, its beginning under the seal."""
    prefix = _PREFIX.match(above)
    if prefix is None or (not prefix[1].startswith("K") and prefix[1] != "T"):
        return None
    known = _snap(above[prefix.end() :])
    title = next((row["deputy"] for row in table("titles") if row["title"] == known), "")
    if not title:
        return None
    head = letters(title.removeprefix("PHÓ "))
    here = letters(text)
    rest = here[-len(head) :] if len(here) >= len(head) else head[-len(here) :]
    whole = len(here) >= 0.6 * len(head)
    return title if whole and ratio(here[-len(rest) :], head[-len(rest) :]) >= 84 else None


def _mend(title: str) -> str:
    prefix = _PREFIX.match(title)
    rest = title[prefix.end() :] if prefix else title
    lead = ""
    if prefix:
        mark = _WHOLE.get(prefix[1]) or re.sub(r"\s", "", prefix[1])
        lead = mark + (" " if "/" in mark else ". ")
    return lead + (_snap(rest) or rest)


_OFF = 0.014  # fraction of the page's width by which a whole line stands off the axis of its block at most
_APART = 2.4  # steps between title lines, in heights of a line, beyond which one between them was not read


def _title_lines(lines: Sequence[Placed]) -> list[Placed]:
    return [line for line in lines if signs_for(line.text) or is_office(line.text)]


def off_axis(line: Placed, lines: Sequence[Placed]) -> bool:
    """True where a scanned line stands off the axis of the titles of its block: a part of it was not read."""
    axis = [p.middle for p in _title_lines(lines) if p.page.number == line.page.number and p.line is not line.line]
    return line.page.source == "ocr" and bool(axis) and min(abs(line.middle - x) for x in axis) > _OFF


def has_gaps(lines: Sequence[Placed]) -> bool:
    """True where a line of the titles of a scan was not read, or only a part of it."""
    titles = _title_lines(lines)
    if not titles or titles[0].page.source != "ocr":
        return False
    height = max(p.line.box.height for p in titles)
    far = any(b.line.box.top - a.line.box.top > _APART * height for a, b in pairwise(titles) if a.page.number == b.page.number)
    last = titles[-1]
    mended = len(titles) > 1 and _deputy(titles[-2].text, last.text) is not None
    return far or signs_for(last.text) or (off_axis(last, lines) and not mended)
