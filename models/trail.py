"""Vết xét: what the extractors considered and how they judged it, noted only while somebody watches (`vanthu explain`)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Trail:
    """Notes by the name of the extractor that made them, in order: every Found made, every Excluded; and what each one gave."""

    notes: dict[str, list[Any]] = field(default_factory=dict)
    given: dict[str, Any] = field(default_factory=dict)
    at: str = ""


_watching: ContextVar[Trail | None] = ContextVar("trail", default=None)


@contextmanager
def watched() -> Iterator[Trail]:
    """Notes all that is considered within."""
    trail = Trail()
    token = _watching.set(trail)
    try:
        yield trail
    finally:
        _watching.reset(token)


def turn(name: str) -> None:
    """What is noted from now on comes from the extractor `name`."""
    if trail := _watching.get():
        trail.at = name


def gave(result: Any) -> None:
    """What the extractor whose turn it is has worked out."""
    if trail := _watching.get():
        trail.given[trail.at] = result


def note(thing: Any) -> None:
    """Keep `thing` where somebody watches; else nothing is done."""
    if trail := _watching.get():
        trail.notes.setdefault(trail.at, []).append(thing)
