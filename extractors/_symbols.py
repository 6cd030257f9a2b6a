"""Ký hiệu văn bản: segments of a symbol read against the lexicon, damage repaired where only one reading is known."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import Levenshtein

from extractors._lexicon import doc_types, table

_ACCENTS = str.maketrans(
    "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴÐ",
    "AAAAAAAAAAAAAAAAAEEEEEEEEEEEIIIIIOOOOOOOOOOOOOOOOOUUUUUUUUUUUYYYYYĐ",
)

# Letters that recognition takes for one another in capitals; each pair costs a third of a wrong letter.
_CONFUSED = {
    frozenset(p) for p in ("DĐ", "CG", "KR", "KX", "TP", "TF", "S5", "B8", "IL", "I1", "L1", "OQ", "O0", "OĐ", "OD", "UV", "EB", "OC", "QG")
}
_SMALL_R = re.compile(r"(?<=^[TC])[I1lJ](?=r$)")
"""`TIr`, `CIr`: what stands before the small r, in TTr and CTr alone, is a T."""

_EVERYWHERE = ("UBND", "HĐND")  # so common that a whole wrong letter is still one of them


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a symbol: `text` as it should stand, `known` in the lexicon, `repaired` from another reading."""

    text: str
    known: bool
    repaired: bool = False


@cache
def type_codes() -> frozenset[str]:
    """Codes that stand for a type: QĐ, CTr, …"""
    return frozenset(code for known in doc_types() for code in known.codes)


@cache
def abbreviations() -> dict[str, str]:
    """Abbreviation of a body, a Party body or a unit → its kind."""
    return {row["abbreviation"]: row["kind"] for row in table("abbreviations")}


@cache
def _by_capitals() -> dict[str, str]:
    """Known segments by their capital form; a type's own writing goes before a unit's."""
    return {known.upper(): known for known in (*abbreviations(), *sorted(type_codes()))}


def plain(text: str) -> str:
    """Capitals without tone marks and hooks, which a symbol never has but for Đ."""
    return text.translate(_ACCENTS)


@lru_cache(maxsize=4096)
def read_segment(text: str, after_type: bool = False, first: bool = True) -> Segment:
    """A segment against the lexicon: as it stands if known, repaired if one known segment alone is that near, else as read.

    `after_type`: it follows a type's code, so it names a body or a unit; one that is not `first` names no type, and units of two
    letters are too many to tell one from another's damage (`CM`, chuyên môn, is no misread `GM`).
    """
    here = "TTg" if re.fullmatch(r"TT[\w]?[gq]", text) else _SMALL_R.sub("T", plain(text))
    if here in abbreviations() or (here in type_codes() and not after_type):
        return Segment(here, known=True, repaired=here != text)
    stem = re.sub(r"\d+$", "", here)
    if stem != here and stem in abbreviations():
        return Segment(here, known=True)
    written = _by_capitals().get(here.upper())
    if written and (written in abbreviations() or not after_type):
        return Segment(text if here == text else here, known=True)
    usual = [body for body in _EVERYWHERE if Levenshtein.distance(here, body) == 1]
    near = usual or sorted(
        known
        for known, written in _by_capitals().items()
        if not (after_type and abbreviations().get(written) not in ("body", "party"))
        and abs(len(known) - len(here)) <= 1
        and _distance(here.upper(), known) <= _allowed(here)
    )
    if not (first or after_type):
        near = [known for known in near if _by_capitals()[known] in abbreviations() and len(here) > 2]
    if len(near) == 1:
        return Segment(_by_capitals()[near[0]], known=True, repaired=True)
    return Segment(here, known=False)


def _allowed(text: str) -> float:
    return 0.34 if len(text) < 4 else 0.67 if len(text) < 7 else 1.0


def _distance(a: str, b: str) -> float:
    """Edit distance in which confused letters cost a third, and a letter read twice the same."""
    row = [float(j) for j in range(len(b) + 1)]
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], float(i)
        for j, y in enumerate(b, 1):
            swap = 0.0 if x == y else 0.33 if frozenset((x, y)) in _CONFUSED else 1.0
            again = (i > 1 and a[i - 2] == x) or (i == len(a) and x in "I1LJ")  # a stroke before the hyphen
            drop = 0.33 if again and len(a) > 4 else 1.0
            last, row[j] = row[j], min(last + swap, row[j] + drop, row[j - 1] + 1.0)
    return row[-1]


@lru_cache(maxsize=1024)
def split_joined(text: str) -> tuple[str, str] | None:
    """`QĐUBND` → (`QĐ`, `UBND`): a hyphen that was lost, where a type's code and a known body remain."""
    here = plain(text)
    if here in abbreviations() or len(here) < 4:
        return None
    for code in sorted(type_codes(), key=len, reverse=True):
        rest = here[len(code) :]
        if here.startswith(code) and abbreviations().get(rest) in ("body", "party"):
            return code, rest
    return None
