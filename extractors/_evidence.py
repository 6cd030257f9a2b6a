"""Chứng cứ: a value from lines of the page, with its spans and a confidence made of the rule's strength and the words' own."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from extractors._layout import Placed
from models.document import Document
from models.found import Found, Span

T = TypeVar("T")


def from_lines(document: Document, value: T | None, rule: str, strength: float, lines: Sequence[Placed]) -> Found[T]:
    """A value read from whole lines; `strength` is how sure the rule is where every word is read for certain."""
    spans = tuple(Span(p.line.start, p.line.end) for p in lines)
    return Found.at(document, value, rule, strength * mean_confidence(lines), *spans)


def mean_confidence(lines: Sequence[Placed]) -> float:
    """Mean confidence of the lines' words by length, 1 where there are none."""
    total = sum(len(w.text) for p in lines for w in p.line.words)
    return sum(w.confidence * len(w.text) for p in lines for w in p.line.words) / total if total else 1.0


def least_confidence(document: Document, start: int, end: int) -> float:
    """Confidence of the worst word that `text[start:end]` touches: a number is as sure as its worst part."""
    return min((w.confidence for _, w in document.words_between(start, end)), default=1.0)


def real_date(day: str, month: str, year: str) -> date | None:
    """The date, None where there is none such."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
