"""Có chứa: whether a text holds what is asked for, told as the full-text index tells it, of entries that are looked at one by one."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from vanthu.register import codes
from vanthu.register.query import Term

FOLDED = ("code", "subject", "issuer", "names", "body")
"""The columns of `texts` without tone marks."""


HEAD = ("code", "subject")
"""Those of them that say what an entry is about."""


def holds(row: Mapping[str, Any], terms: Iterable[Term], columns: tuple[str, ...] = FOLDED) -> bool:
    """True where each term stands in one of the folded columns of a row of `texts`; a code as the one word of its column too."""
    return all(_holds(row, term, columns) for term in terms)


def _holds(row: Mapping[str, Any], term: Term, columns: tuple[str, ...]) -> bool:
    if any(stands(row[column], term.folded, prefix=term.prefix) for column in columns):
        return True
    return term.is_code and stands(row["code"], codes.token(term.folded), prefix=term.prefix)


def as_typed(row: Mapping[str, Any], terms: Iterable[Term]) -> bool:
    """True where each term that was typed with tone marks stands with them in the column that has them."""
    return all(stands(row["marked"], term.text, prefix=term.prefix) for term in terms if term.marked)


def stands(text: str, words: str, *, prefix: bool = False) -> bool:
    """True where the words follow one another in a text; with `prefix` the last of them may go on."""
    first, pattern = _pattern(words, prefix)
    # a plain word is sought before the pattern: most texts that do not hold the words lack the first of them
    if pattern is None or first not in text:
        return False
    for found in pattern.finditer(text):
        start = found.start()
        if not start or not (text[start - 1].isalnum() or text[start - 1] == "_"):
            return True
    return False


@lru_cache(maxsize=1000)
def _pattern(words: str, prefix: bool) -> tuple[str, re.Pattern[str] | None]:
    """The first word, and a pattern for all of them; marks alone ask for nothing."""
    parts = re.findall(r"\w+", words)
    pattern = r"\W+".join(map(re.escape, parts)) + ("" if prefix else r"(?!\w)")
    return (parts[0], re.compile(pattern)) if parts else ("", None)
