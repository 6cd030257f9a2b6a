"""What stands round every page because of who asks: the name, the way out, the way to the secret documents."""

from typing import Any

from starlette.requests import Request
from starlette.routing import Match

from vanthu.desk import access
from vanthu.desk.person import person_of
from vanthu.settings import Settings


def around(request: Request, settings: Settings) -> dict[str, Any]:
    """`{person, known, secret, mat, may, may_go}`; `known`: there is somebody to show pages to."""
    person = person_of(request)
    return {
        "person": person,
        "known": hasattr(request.state, "person"),
        "secret": request.app.state.secret,
        "mat": address_of_mat(request, settings) if person.cleared and not request.app.state.secret else "",
        "ordinary": _at_port(request, settings.port) if request.app.state.secret else "",
        "may": lambda name: _may(request, name),
        "may_go": lambda path: _may_go(request, path),
    }


def _may_go(request: Request, path: str) -> bool:
    """Whether there is a page at this address for the person: what is not for somebody is not offered."""
    scope = {"type": "http", "path": path, "method": "GET", "root_path": ""}
    name = next((route.name for route in request.app.routes if route.matches(scope)[0] == Match.FULL), "")
    return _may(request, name)


def _may(request: Request, name: str) -> bool:
    rule = access.rules().get(name, access.CLOSED)
    return rule.roles[person_of(request).role] != "no" and (rule.mat or not request.app.state.secret)


def address_of_mat(request: Request, settings: Settings) -> str:
    """Where the desk of secret documents is; empty where the office has none."""
    if settings.desk.mat_address or not settings.desk.mat_port:
        return settings.desk.mat_address
    return _at_port(request, settings.desk.mat_port)


def _at_port(request: Request, port: int) -> str:
    host = request.url.hostname or "127.0.0.1"
    return f"{request.url.scheme}://{f'[{host}]' if ':' in host else host}:{port}/"
