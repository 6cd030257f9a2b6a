"""Đoạn trích: the part of a text that best shows why it was found, in its own letters, hits between « and »."""

import re
from collections.abc import Sequence

from models.text import fold, one_line
from vanthu.register.query import Term

WIDTH = 180
_MOST_HITS = 400


def best(text: str, terms: Sequence[Term]) -> str | None:
    """The stretch of `text` with the most different terms, about 180 characters, cut at blanks; None where none of them stands in it."""
    hits = _hits(fold(text), terms)
    if not hits:
        return None
    start = max(range(len(hits)), key=lambda first: _worth(hits, first))
    low = max(0, hits[start][0] - WIDTH // 4)
    high = min(len(text), low + WIDTH)
    inside = [(a, b) for a, b, _ in hits if a >= low and b <= high]
    low, high = _at_blanks(text, low, max(high, hits[start][1]))
    return ("…" if low else "") + one_line(_marked(text, low, high, inside or [hits[start][:2]])) + ("…" if high < len(text) else "")


def start(text: str) -> str:
    """The first words of a text that was found by its fields only."""
    _, high = _at_blanks(text, 0, min(len(text), WIDTH))
    return one_line(text[:high]) + ("…" if high < len(text) else "")


def _hits(folded: str, terms: Sequence[Term]) -> list[tuple[int, int, int]]:
    hits = []
    for number, term in enumerate(terms):
        words = re.findall(r"[^\W_]+", term.folded)
        if not words:
            continue
        pattern = r"[\W_]+".join(map(re.escape, words))
        found = re.finditer(rf"(?<![^\W_]){pattern}" + ("" if term.prefix else r"(?![^\W_])"), folded)
        hits += [(match.start(), match.end(), number) for match, _ in zip(found, range(_MOST_HITS), strict=False)]
    return sorted(hits)


def _worth(hits: list[tuple[int, int, int]], first: int) -> tuple[int, int, int]:
    """Different terms first, then how close together, then the earlier."""
    begin = hits[first][0]
    seen: dict[int, int] = {}
    for a, b, number in hits[first : first + 4 * _MOST_HITS]:
        if b > begin + WIDTH * 3 // 4:
            break
        seen.setdefault(number, a)
    spread = max(seen.values(), default=begin) - begin
    return len(seen), -spread, -begin


def _at_blanks(text: str, low: int, high: int) -> tuple[int, int]:
    if low:
        blank = re.compile(r"\s").search(text, low, low + 20)
        low = blank.end() if blank else low
    if high < len(text):
        cut = max(text.rfind(" ", low, high), text.rfind("\n", low, high))
        high = cut if cut > high - 20 else high
    return low, high


def _marked(text: str, low: int, high: int, hits: list[tuple[int, int]]) -> str:
    out, at = [], low
    for a, b in hits:
        if a < at:
            continue
        out += [text[at:a], "«", text[a:b], "»"]
        at = b
    return "".join([*out, text[at : max(at, high)]])
