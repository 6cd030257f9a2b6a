"""Từ và từ loại: syllables of a text with the word class that underthesea gives to the word each belongs to."""

import re
from functools import cache, lru_cache
from typing import Any, NamedTuple

from models.text import fold

_TOKEN = re.compile(r"\w+(?:[./]\w+)*|[^\w\s]")

_CLAUSE = re.compile(r"(?<=[.;:])\s+")
_HEADS = frozenset(["Bộ", "Sở", "Ban", "Phòng", "Trường", "Viện", "Cục", "Vụ", "Hội", "Đoàn", "Tỉnh", "Huyện", "Xã", "Đội", "Tổ", "Khoa"])
_VERBS = frozenset(["lập", "gửi", "giao", "cử", "nộp", "mở", "đưa", "trình", "dự", "có", "để", "xây", "sẽ", "phải", "cần", "chỉ"])

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
    found = [Token(m[0], fold(m[0]), tags.get(m.start(), INSIDE), m.start(), m.end()) for m in _TOKEN.finditer(text)]
    return tuple(_parted(found, n) for n in range(len(found)))


def _parted(found: list[Token], n: int) -> Token:
    """`Trường lập`, `Bộ giao`: a head noun in capitals and the verb after it, taken for one word, are two."""
    here, before = found[n], found[n - 1]
    joined = n and here.tag == INSIDE and before.tag != INSIDE and before.capital and here.text.islower()
    return here._replace(tag="V") if joined and before.text in _HEADS and here.text in _VERBS else here


def _tags(text: str) -> dict[int, str]:
    """Offset of each word → its class; a word and the text are matched letter by letter, blanks aside.

    Clause by clause: the time that underthesea takes grows with the square of what it is given.
    """
    places = [n for n, c in enumerate(text) if not c.isspace()]
    found: dict[int, str] = {}
    at = 0
    for word, tag in (tagged for clause in _CLAUSE.split(text) if clause for tagged in _tagger()(clause)):
        if at < len(places):
            found[places[at]] = tag
        at += sum(not c.isspace() for c in word)
    return found


@cache
def _tagger() -> Any:
    # half a second at the first call: only documents with something to parse pay for it
    from underthesea import pos_tag

    return pos_tag
