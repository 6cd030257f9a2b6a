"""Từ ghép: pairs of syllables that stand side by side in Vietnamese words, in names of bodies and places, in titles and formulae.

From underthesea's list of 74 thousand words and the project's own lexicons; lower case, one placement of tones.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

from extractors import _lexicon as lexicon
from models.text import clean, fold, new_tones

Pair = tuple[str, str]

_FORMULAE = ("cộng hòa xã hội chủ nghĩa việt nam", "độc lập tự do hạnh phúc", "đảng cộng sản việt nam")
"""Quốc hiệu, tiêu ngữ (Decree 30/2020, Annex I), and what the Party prints in their place."""

_COLUMNS = {"bodies": "phrase", "body_heads": "phrase", "titles": "title", "abbreviations": "name", "types": "name", "task_cues": "phrase"}


@dataclass(frozen=True, slots=True)
class Compounds:
    """`pairs` as they are written, `names` those of names and formulae; `folded`: pairs that look alike without tone marks and hooks."""

    pairs: frozenset[Pair]
    names: frozenset[Pair]
    folded: dict[Pair, list[Pair]]


@cache
def known() -> Compounds:
    """All pairs; read once, in a third of a second."""
    names = frozenset(_pairs("\n".join(_names())))
    pairs = names | frozenset(_pairs(_words()))
    plain = {syllable: fold(syllable) for syllable in {s for pair in pairs for s in pair}}
    folded: dict[Pair, list[Pair]] = {}
    for pair in pairs:
        folded.setdefault((plain[pair[0]], plain[pair[1]]), []).append(pair)
    return Compounds(pairs, names, folded)


def _names() -> Iterator[str]:
    yield from _FORMULAE
    for table, column in _COLUMNS.items():
        yield from (row[column] for row in lexicon.table(table))
    for place in lexicon.table("places"):
        kinds = (place["kind"],) if place["kind"] else ("tỉnh", "thành phố")
        yield from (f"{kind} {place['name']}" for kind in kinds)


def _words() -> str:
    """The list that underthesea brings, found without importing underthesea: that takes seconds."""
    spec = find_spec("underthesea")
    if spec is None or not spec.submodule_search_locations:
        return ""
    return Path(spec.submodule_search_locations[0], "corpus", "data", "Viet74K.txt").read_text(encoding="utf-8")


def _pairs(text: str) -> Iterable[Pair]:
    for phrase in new_tones(clean(text)).lower().splitlines():
        yield from ((a, b) for a, b in pairwise(phrase.split()) if a.isalpha() and b.isalpha())
