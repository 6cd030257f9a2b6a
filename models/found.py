"""A value that was found: what it is, where it stands, which rule found it and how sure it is."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from models.document import Box, Document
from models.trail import note

T = TypeVar("T")

LOOK_BELOW = 0.8
"""A value less sure than this goes to a person before anybody relies on it; chosen in docs/benchmarks.md (Extraction)."""


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range of offsets in `Document.text`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value with its evidence.

    `value` None: the place was found but could not be read (a handwritten number), a person must look. `rule` is
    `field.rule-name`; `candidates` are other readings; page and box are of the first span, or given by the rule where no
    text stands there.
    """

    value: T | None
    rule: str
    confidence: float
    spans: tuple[Span, ...] = ()
    page: int | None = None
    box: Box | None = None
    candidates: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        note(self)

    @property
    def needs_look(self) -> bool:
        """True where a person must look at it."""
        return self.value is None or self.confidence < LOOK_BELOW

    @staticmethod
    def at(document: Document, value: T | None, rule: str, confidence: float, *spans: Span, candidates: tuple[str, ...] = ()) -> "Found[T]":
        """A value that stands at `spans` of the document's text."""
        place = document.locate(spans[0].start, spans[-1].end) if spans else None
        page, box = place or (None, None)
        return Found(value, rule, confidence, spans, page, box, candidates)


@dataclass(frozen=True, slots=True)
class Excluded:
    """What looked like a value at `spans` and is none; `rule` is `field.exclusion`."""

    rule: str
    spans: tuple[Span, ...]


def exclude(rule: str, *spans: Span) -> None:
    """Loại trừ: says that what stands at `spans` is no value, and by which rule; kept only for whoever watches."""
    note(Excluded(rule, spans))
