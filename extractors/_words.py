"""Từ và từ loại: syllables of a text with the word class that underthesea gives to the word each belongs to."""

import re
from functools import cache, lru_cache
from typing import Any, NamedTuple

from models.text import fold

_TOKEN = re.compile(r"\w+(?:[./]\w+)*|[^\w\s]")

INSIDE = "I"
"""Tag of a syllable that is not the first of its word: `thông` in `giao thông`."""


class Token(NamedTuple):
    """A syllable or mark: its text, its fold, its tag (N noun, V verb, E preposition, …), its place in the text."""

    text: str
    low: str
    tag: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """True where it begins with a capital letter."""
        return self.text[:1].isupper()


@lru_cache(maxsize=1024)
def tokens(text: str) -> tuple[Token, ...]:
    """Âm tiết of `text` with their tags."""
    tags = _tags(text)
    return tuple(Token(m[0], fold(m[0]), tags.get(m.start(), INSIDE), m.start(), m.end()) for m in _TOKEN.finditer(text))


def _tags(text: str) -> dict[int, str]:
    """Offset of each word → its class; a word and the text are matched letter by letter, blanks aside."""
    places = [n for n, c in enumerate(text) if not c.isspace()]
    found: dict[int, str] = {}
    at = 0
    for word, tag in _tagger()(text):
        if at < len(places):
            found[places[at]] = tag
        at += sum(not c.isspace() for c in word)
    return found


@cache
def _tagger() -> Any:
    # half a second at the first call: only documents with something to parse pay for it
    from underthesea import pos_tag

    return pos_tag
