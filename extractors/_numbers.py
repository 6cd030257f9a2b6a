"""Số bằng chữ: Vietnamese number words up to 999, with or without tones, as legal drafting spells time limits (`mười lăm ngày`)."""

import re

_UNITS = {
    "khong": 0,
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "bon": 4,
    "tu": 4,
    "nam": 5,
    "lam": 5,
    "nham": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
}
_WORD = "(?:khong|mot|hai|ba|bon|tu|nam|lam|nham|sau|bay|tam|chin|muoi|tram|linh|le)"
NUMBER_WORDS = rf"{_WORD}(?: {_WORD}){{0,6}}"
"""Pattern of a number in words on folded text."""


def number(text: str) -> int | None:
    """Value of digits or of number words (folded); None where it is neither."""
    text = text.strip()
    if re.fullmatch(r"\d{1,4}", text):
        return int(text)
    total, last, seen = 0, None, False
    for word in text.split():
        if word == "tram":
            total, last = (last or 1) * 100, None
        elif word == "muoi":
            total, last = total + (last if last is not None else 1) * 10, None
        elif word in ("linh", "le"):
            last = None
        elif word in _UNITS and last is None:
            last = _UNITS[word]
        else:
            return None
        seen = True
    return total + (last or 0) if seen else None
