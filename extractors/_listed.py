"""Cơ quan trong ô bảng: the bodies of a table cell or of a label's value, parted."""

import re
from itertools import pairwise

from extractors._bodies import bodies, raw_bodies
from extractors._tagged import Sentence


def listed(text: str) -> tuple[str, ...]:
    """Cơ quan of a table cell or a label, parted; what is no list of known bodies is parted at `;`, and before a body's head noun."""
    s = Sentence.of(re.sub(r"(?<=\s)[^\w\s&(),;-]+(?=\s|$)", "", text).strip(" .,;"))
    found = bodies(s, 0) if s.words else None
    if found and found.end >= len(s.words):
        return raw_bodies(s, found)
    cuts = [0, *(n + 1 for n in range(len(s.words) - 1) if _parts(s, n)), len(s.words)]
    return tuple(name for i, j in pairwise(cuts) if j > i and (name := s.raw(i, j)))


def _parts(s: Sentence, at: int) -> bool:
    if s.words[at].low == ";":
        return True
    return s.words[at].low == "," and s.words[at + 1].capital and s.head(at + 1) is not None
