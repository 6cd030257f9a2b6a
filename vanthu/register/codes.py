"""Số và ký hiệu, taken apart and made comparable: numbers as integers, symbols folded."""

import re
from dataclasses import dataclass

from models.text import clean, fold

_ADMINISTRATIVE = re.compile(r"0*(\d{0,6})([a-z]?)/(.+)")
_PARTY = re.compile(r"0*(\d{1,6})([a-z]?)-(.+/.+)")
_YEAR = re.compile(r"\d{4}/")


@dataclass(frozen=True, slots=True)
class CodeKey:
    """`number` None for an unnumbered draft; `symbol` folded, without blanks, a letter after the number before it (`c:nq-cp`)."""

    number: int | None
    symbol: str

    @property
    def has_year(self) -> bool:
        """A legal document, its year part of the code: unique in the whole country."""
        return bool(_YEAR.match(self.symbol))


def key(code: str | None) -> CodeKey | None:
    """What two writings of one code have in common; None where it is no code.

    >>> key("05/BC-UBND") == key("5/bc-ubnd")
    True
    """
    if not code:
        return None
    folded = fold("".join(clean(code).split()))
    parts = _PARTY.fullmatch(folded) or _ADMINISTRATIVE.fullmatch(folded)
    if parts is None:
        return None
    number, letter, symbol = parts.groups()
    return CodeKey(int(number) if number else None, f"{letter}:{symbol}" if letter else symbol)


def symbol(code: str | None) -> str | None:
    """Ký hiệu as printed: what follows the number and its mark (Decree 30/2020, Annex VI: a field of its own)."""
    if not code:
        return None
    parts = re.fullmatch(r"\s*\d*\s*\w?\s*[/-]\s*(.+?)\s*", code)
    return parts[1] if parts else None


def is_party(code: str | None) -> bool:
    """True for the Party's form `30-CT/TW` (Guidance 36-HD/VPTW of 2018): a hyphen first."""
    return bool(code and _PARTY.fullmatch(fold("".join(clean(code).split()))))


def token(code: str) -> str:
    """The code as one word of the full-text index, leading zeros left off: `221_ubnd_nv`."""
    return re.sub(r"[^a-z0-9]+", "_", fold(clean(code)).lstrip("0 ")).strip("_")
