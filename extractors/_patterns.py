"""Dấu hiệu: cue phrases matched on folded text, forgiving what OCR breaks (tone marks, lost blanks, a wrong letter)."""

import re
from functools import lru_cache

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import partial_ratio_alignment, ratio

from models.text import fold

CAPITAL = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
"""Capital letters, for a character class."""

BULLET = re.compile(r"^[\s.,'_„“]*[-–—~•·*+▪➢][-–—_~.,\s]*")


@lru_cache(maxsize=8192)
def letters(text: str) -> str:
    """Folded letters and digits alone: what is left of a text when blanks and marks cannot be trusted."""
    return re.sub(r"[^a-z0-9]", "", fold(text))


def like(text: str, cue: str, floor: float = 85) -> bool:
    """True where `text` as a whole reads as `cue` but for OCR damage."""
    return ratio(letters(text), letters(cue), score_cutoff=floor) > 0


def opens(text: str, cue: str, errors: int = 1) -> bool:
    """True where `text` begins with `cue`, at most `errors` letters wrong, blanks and marks aside."""
    here, want = letters(text), letters(cue)
    return len(here) >= len(want) - errors and min(Levenshtein.distance(here[: len(want) + k], want) for k in (-1, 0, 1)) <= errors


def holds(text: str, cue: str, floor: float = 88) -> bool:
    """True where `cue` stands somewhere in `text`."""
    here, want = letters(text), letters(cue)
    if len(here) < len(want) * 0.8:
        return False
    found = partial_ratio_alignment(want, here, score_cutoff=floor)
    return found is not None and found.score > 0


def upper_share(text: str) -> float:
    """Share of capitals among the letters; 0 where there are none."""
    known = [c for c in text if c.isalpha()]
    return sum(c.isupper() for c in known) / len(known) if known else 0.0
