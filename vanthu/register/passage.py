"""Đoạn trích: the part of a text that best shows why it was found, in its own letters, hits between « and »."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from models.text import fold, new_tones, one_line
from vanthu.register.query import Term

WIDTH = 180
_MOST_HITS = 400


def best(text: str, terms: Sequence[Term], folded: str | None = None) -> str | None:
    """The stretch of `text` with the most different terms, about 180 characters, cut at blanks; None where none of them stands in it.

    `folded`: the text without tone marks, where it is there already.
    """
    hits = _hits(text, terms, fold(text) if folded is None else folded)
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


def _hits(text: str, terms: Sequence[Term], folded: str) -> list[tuple[int, int, int]]:
    """(start, end, number of the term); a term typed with tone marks where it stands with them, else where it stands without."""
    hits = []
    for number, term in enumerate(terms):
        places = _places(term, folded)
        exact = [place for place in places if _as_typed(term, text, *place)] if term.marked else []
        hits += [(start, end, number) for start, end in exact or places]
    return sorted(hits)


def _places(term: Term, folded: str) -> list[tuple[int, int]]:
    pattern = _pattern(term.folded)
    found = re.finditer(pattern + ("" if term.prefix else r"(?![^\W_])"), folded) if pattern else iter(())
    # the letter before is looked at here: a pattern that begins with letters is found ten times as fast as one that looks back
    return [one.span() for one in islice((one for one in found if not folded[max(0, one.start() - 1) : one.start()].isalnum()), _MOST_HITS)]


@lru_cache(maxsize=1000)
def _pattern(words: str) -> str:
    return r"[\W_]+".join(map(re.escape, re.findall(r"[^\W_]+", words)))


def _as_typed(term: Term, text: str, start: int, end: int) -> bool:
    """Whether the words stand there with the very tone marks that were typed."""
    if term.prefix and (rest := _REST.match(text, end)):  # where a tone stands depends on the whole syllable
        end = rest.end()
    return re.match(_pattern(term.text), _lowered(text[start:end])) is not None


_REST = re.compile(r"[^\W_]*")


@lru_cache(maxsize=20_000)
def _lowered(words: str) -> str:
    """The same few words are found again and again: changing a whole text's tones for them cost most of a search."""
    return new_tones(words).lower()


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
    out: list[str] = []
    at = low
    for a, b in hits:
        if a < at:
            continue
        if out and text[at:a].isspace():
            out[-1] = out[-1][:-1] + text[at:b] + "»"  # words side by side are one hit
        else:
            out += [text[at:a], "«", text[a:b] + "»"]
        at = b
    return "".join([*out, text[at : max(at, high)]])
