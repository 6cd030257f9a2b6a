"""Người làm việc: who sits at the desk. Everything that is written with a name, or allowed to some only, asks here."""

from dataclasses import dataclass

from starlette.requests import Request


@dataclass(frozen=True, slots=True)
class Person:
    """`name` stands beside what the person does; `unit`: the unit of ours whose work is theirs."""

    name: str
    unit: str | None = None


SOLE = Person("văn thư")
"""As long as the desk has one user, nobody logs in."""


def person_of(request: Request) -> Person:
    """Who asks: put into the request's state by whatever knows people, else the sole user."""
    found: Person = getattr(request.state, "person", SOLE)
    return found


def who(request: Request) -> str:
    """The name that is written beside what the person does."""
    return person_of(request).name
