"""Quyền hạn, chức vụ của người ký: title lines read against the lexicon (Decree 30/2020, Annex I, box 7a; 36-HD/VPTW)."""

import re
from collections.abc import Sequence
from functools import cache

from rapidfuzz.fuzz import ratio, token_sort_ratio

from extractors._lexicon import table
from extractors._patterns import letters, upper_share
from models.text import fold

_PREFIX = re.compile(r"^\W*(T\s?/?\s?UQ|T\s?U\s?Q|T\s?/\s?M|TM|K\s?/\s?T|KT|T\s?/\s?L|TL|Q|[MTL](?=[.,]))(?:\s*[.:,;]+\s*|\s+)(?=\w)")
_WHOLE = {"M": "TM", "T": "KT", "L": "TL"}  # the first letter under the seal
_FLOOR = 86
_BROKEN = 72  # likeness of a line that the seal has broken to the one title that can stand there


@cache
def _offices() -> dict[str, str]:
    """Letters of a title → the title as it is printed."""
    return {letters(row["title"]): row["title"] for row in table("titles")}


def signs_for(text: str) -> bool:
    """True for a line that says by what authority somebody signs: `KT. CHỦ TỊCH`, `T/M BAN THƯỜNG VỤ`."""
    return bool(_PREFIX.match(text)) and upper_share(text) > 0.7


def lost_letter(text: str) -> bool:
    """True for `T. CHỦ TỊCH`: a prefix whose first letter is under the seal."""
    prefix = _PREFIX.match(text)
    return prefix is not None and prefix[1] in _WHOLE


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


def join_titles(texts: Sequence[str], sure: Sequence[bool]) -> list[str]:
    """Title lines with damage repaired; a wrapped one that was read for sure is joined to the line that it goes on."""
    titles: list[str] = []
    for text, certain in zip(texts, sure, strict=True):
        deputy = deputy_under(titles[-1], text) if titles else None
        if deputy or signs_for(text) or is_office(text):
            titles.append(deputy or text)
        elif certain and titles:
            titles[-1] = f"{titles[-1]} {text}"
        elif certain:
            titles.append(text)
    return [_mend(title) for title in titles]


def lacks_deputy_mark(titles: Sequence[str]) -> bool:
    """True where a deputy of a civil body signs without `KT.` over him: that line was not read (Decree 30/2020, Article 13)."""
    return titles[-1].startswith(("PHÓ ", "THỨ ")) and titles[0].startswith("TM.") and not any(t.startswith("KT") for t in titles)


def names_title(text: str) -> bool:
    """True for a text that is a title of the lexicon to the letter, with or without a prefix."""
    prefix = _PREFIX.match(text)
    known = _offices().get(letters(text[prefix.end() :] if prefix else text))
    return known is not None and (prefix is not None or _role(known) == "office")


def deputy_under(above: str, text: str) -> str | None:
    """Under `KT. CHỦ TỊCH` stands a deputy: a line that ends as his title does is that title, its beginning under the seal."""
    prefix = _PREFIX.match(above)
    if prefix is None or (not prefix[1].startswith("K") and prefix[1] != "T"):
        return None
    known = _snap(above[prefix.end() :])
    title = next((row["deputy"] for row in table("titles") if row["title"] == known), "")
    if not title:
        return None
    text = re.sub(r"\s+\S*\d\S*$", "", text)  # strokes of the seal beside it
    here = letters(text)
    if here in _offices() and here.startswith("pho"):
        return _offices()[here]
    head = letters(title.removeprefix("PHÓ "))
    rest = here[-len(head) :] if len(here) >= len(head) else head[-len(here) :]
    ends_so = len(here) >= 0.6 * len(head) and ratio(here[-len(rest) :], head[-len(rest) :]) >= 84
    return title if ends_so or token_sort_ratio(fold(text), fold(title)) >= _BROKEN else None


def _mend(title: str) -> str:
    prefix = _PREFIX.match(title)
    rest = title[prefix.end() :] if prefix else title
    lead = ""
    if prefix:
        mark = _WHOLE.get(prefix[1]) or re.sub(r"\s", "", prefix[1])
        lead = mark + (" " if "/" in mark else ". ")
    return lead + (_snap(rest) or rest)
