"""Câu: the sentence that a phrase stands in, out of printed lines."""

import re

from models.text import one_line

_START = re.compile(
    r"""\f
    | \n(?=\s*(?:[-+*•]\s|\d{1,2}[.)]\s|[a-zđ][.)]\s|Điều\s\d))     # a list item begins
    | (?<!\b[A-ZĐ]\.)(?<!\b[A-Za-zĐđ]{2}\.)(?<=[.;!?])\s+(?=[“"A-ZÀ-ỸĐ])  # a sentence ends; `TP. Rạch Giá` and `P. Nội vụ` do not
    """,
    re.VERBOSE,
)
_LONGEST = 600


def sentence_at(text: str, start: int, end: int) -> str:
    """The sentence or list item around `text[start:end]`, its lines joined; at most 600 characters to each side."""
    low, high = max(0, start - _LONGEST), min(len(text), end + _LONGEST)
    before = [match.end() for match in _START.finditer(text, low, start)]
    after = _START.search(text, end, high)
    return one_line(text[before[-1] if before else low : after.start() if after else high])
