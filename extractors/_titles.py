"""Quyền hạn, chức vụ của người ký: title lines read against the lexicon (Decree 30/2020, Annex I, box 7a; 36-HD/VPTW)."""

import re
from collections.abc import Sequence
from functools import cache

from rapidfuzz.fuzz import ratio

from extractors._layout import Placed
from extractors._lexicon import table
from extractors._patterns import letters, upper_share
from models.text import one_line

_PREFIX = re.compile(r"^\W*(T\s?/?\s?UQ|T\s?U\s?Q|T\s?/\s?M|TM|K\s?/\s?T|KT|T\s?/\s?L|TL|Q)(?:\s*[.:,;]+\s*|\s+)(?=\w)")
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
    if prefix is None or not prefix[1].startswith("K"):
        return None
    head = letters(above[prefix.end() :])
    title = _offices().get("pho" + head) or ("THỨ TRƯỞNG" if head == "botruong" else None)
    if title is None:
        return None
    here = letters(text)
    rest = here[-len(head) :] if len(here) >= len(head) else head[-len(here) :]
    whole = len(here) >= 0.6 * len(head)
    return title if whole and ratio(here[-len(rest) :], head[-len(rest) :]) >= 84 else None


def _mend(title: str) -> str:
    prefix = _PREFIX.match(title)
    rest = title[prefix.end() :] if prefix else title
    lead = ""
    if prefix:
        mark = re.sub(r"\s", "", prefix[1])
        lead = mark + (" " if "/" in mark else ". ")
    return lead + (_snap(rest) or rest)
