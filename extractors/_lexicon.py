"""Từ điển: what is known of types, bodies, abbreviations and places, from the TSV files in lexicon/."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rapidfuzz.fuzz import ratio

from extractors._patterns import letters


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Rows of lexicon/`name`.tsv."""
    text = (files("extractors") / "lexicon" / f"{name}.tsv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


@dataclass(frozen=True, slots=True)
class DocType:
    """Tên loại văn bản with the codes that stand for it in a symbol."""

    name: str
    codes: tuple[str, ...]
    families: tuple[str, ...]


@cache
def doc_types() -> tuple[DocType, ...]:
    """All types, those of Decree 30/2020 (Article 7) first."""
    return tuple(DocType(r["name"], tuple(filter(None, r["codes"].split(","))), tuple(r["families"].split(","))) for r in table("types"))


def type_of_title(text: str, floor: float = 84) -> tuple[str, float] | None:
    """Tên loại that a title line reads as, with likeness 0-1; the longest name that fits wins.

    A line may have more words behind the type's name: `CHƯƠNG TRÌNH HÀNH ĐỘNG`, `KẾT LUẬN THANH TRA`.
    """
    here = letters(text)
    best: tuple[float, int, str] | None = None
    for known in doc_types():
        want = letters(known.name)
        score = ratio(here, want)
        if score >= floor and len(here) >= len(want) - 1 and (best is None or (score, len(want)) > best[:2]):
            best = score, len(want), known.name
    return (best[2], best[0] / 100) if best else _opening_type(text)


def _opening_type(text: str) -> tuple[str, float] | None:
    words = text.split()
    for size in range(min(5, len(words) - 1), 0, -1):
        here = letters(" ".join(words[:size]))
        for known in doc_types():
            if here == letters(known.name) and len(here) > 3:
                return known.name, 0.9
    return None


def after_type(text: str) -> str:
    """What a title line has behind the type's name, empty where the line is the name alone."""
    found = _opening_type(text)
    return " ".join(text.split()[len(found[0].split()) :]) if found and letters(text) != letters(found[0]) else ""
