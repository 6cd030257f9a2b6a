"""Who asks through the API, and whether the role of the token may: the same table as for pages, names with `api.` before them."""

from collections.abc import Iterator
from contextlib import closing
from typing import Annotated, Any

from fastapi import Depends, HTTPException, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from vanthu.desk import access
from vanthu.desk.known import Known
from vanthu.people import Person, tokens
from vanthu.pipeline.place import Place
from vanthu.register.unit_scope import entry_concerns, item_concerns

_bearer = HTTPBearer(auto_error=False, description="A token of `vanthu tokens add`")


def _place(request: Request) -> Iterator[Place]:
    """The ordinary register, never that of secret documents."""
    with closing(Place(request.app.state.settings)) as place:
        yield place


Office = Annotated[Place, Depends(_place)]


def _asks(request: Request, place: Office, sent: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> Person:
    """The token's name and role; 401 without one, 403 where it may not."""
    known: Known = request.app.state.known
    person = tokens.find(known.people, sent.credentials) if sent else None
    if person is None:
        raise HTTPException(401, "a token is needed", {"WWW-Authenticate": "Bearer"})
    allowed = access.may(f"api.{request.scope['route'].name}", person)
    if allowed == "no" or (allowed == "own" and not _concerns(place, request.path_params, person)):
        raise HTTPException(403, "the token's role may not do this")
    return person


def _concerns(place: Place, given: dict[str, Any], person: Person) -> bool:
    """Whether the entry or item that the address names is the unit's."""
    text = str(given.get("item") or given.get("id") or "")
    if not text.isdecimal() or len(text) > 15 or person.unit is None:
        return False
    concerns = item_concerns if "item" in given else entry_concerns
    return concerns(place.register.base, int(text), person.unit)


Asking = Annotated[Person, Depends(_asks)]
