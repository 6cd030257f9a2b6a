"""Người làm việc: who sits at the desk. Everything that is written with a name, or allowed to some only, asks here."""

from starlette.requests import Request

from vanthu.people.person import SOLE, Person


def person_of(request: Request) -> Person:
    """Who asks: put into the request's state at the door."""
    found: Person = getattr(request.state, "person", SOLE)
    return found


def who(request: Request) -> str:
    """The name that is written beside what the person does."""
    return person_of(request).name
