"""Cửa: who asks is found out, and let in or not, before any page is made."""

from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Match
from starlette.types import ASGIApp, Receive, Scope, Send

from vanthu.desk import access, cookies
from vanthu.desk.known import Known
from vanthu.desk.page import place_of, render, settings_of
from vanthu.messages import say
from vanthu.people import Person
from vanthu.register import views_of_secrets
from vanthu.register.unit_scope import entry_concerns, item_concerns

LOGIN = "/vao"


class Door:
    """Lets each request through to what the person may, and nobody else."""

    def __init__(self, inner: ASGIApp) -> None:
        self.inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return
        request = Request(scope)
        name, given = _address(scope)
        person = await run_in_threadpool(_person, request)
        if person:
            request.state.person = person
        refusal = await run_in_threadpool(_refusal, request, name, given, person)
        await (refusal or self.inner)(scope, receive, send)


def known_of(request: Request) -> Known:
    """The people of this desk."""
    known: Known = request.app.state.known
    return known


def _person(request: Request) -> Person | None:
    return known_of(request).person(cookies.key_of(request, settings_of(request)))


def _address(scope: Scope) -> tuple[str, dict[str, Any]]:
    """(name, parts) of the address that is asked for; an empty name where there is none such."""
    found = [(route.name or "", *route.matches(scope)) for route in scope["app"].routes]
    for wanted in (Match.FULL, Match.PARTIAL):  # the same path may be asked and ordered under two names
        for name, match, child in found:
            if match == wanted:
                return name, child.get("path_params", {})
    return "", {}


def _refusal(request: Request, name: str, given: dict[str, Any], person: Person | None) -> Response | None:
    """None where the request may go on; the sameness of all refusals of the secret desk is what keeps it from telling anything."""
    rule, secret = access.rules().get(name, access.CLOSED), request.app.state.secret
    if rule.is_open and (rule.mat or not secret):
        return None
    if person is None:
        return _to_login(request)
    if secret and not (person.cleared and rule.mat):
        return nothing_here(request)
    allowed = rule.roles[person.role] if name else "yes"  # an address that there is not says so to everybody
    if allowed == "no" or not _narrowed(request, allowed, given, person):
        return render(request, "error.html", 403, title=say("desk.not_allowed"), text=say("desk.not_your_role"))
    if secret:
        with place_of(request) as place:
            views_of_secrets.note(place.register.base, person.name, name, given.get("id"))
    return None


def _narrowed(request: Request, allowed: access.May, given: dict[str, Any], person: Person) -> bool:
    """Whether what is asked for concerns the person's unit; a list is narrowed to it whatever the address says."""
    if allowed == "yes":
        return True
    if person.unit is None:
        return False
    if allowed == "list":
        asked = [pair for pair in parse_qsl(request.url.query, keep_blank_values=True) if pair[0] != "donvi"]
        request.scope["query_string"] = urlencode([*asked, ("donvi", person.unit)]).encode()
        return True
    with place_of(request) as place:
        if "item" in given:
            return item_concerns(place.register.base, given["item"], person.unit)
        return "id" in given and entry_concerns(place.register.base, given["id"], person.unit)


def nothing_here(request: Request) -> Response:
    """There is no such page."""
    return render(request, "error.html", 404, title=say("desk.nothing"), text=say("desk.nothing_here"))


def _to_login(request: Request) -> Response:
    """Back to where one wanted to go, after logging in."""
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    to = f"{LOGIN}?ve={quote(here, safe='')}" if request.method == "GET" and here != "/" else LOGIN
    if request.headers.get("hx-request") == "true":
        return PlainTextResponse(say("desk.log_in"), 401, headers={"HX-Redirect": LOGIN})
    if request.headers.get("accept", "").startswith(("image/", "text/event-stream", "application/json")):
        return PlainTextResponse(say("desk.log_in"), 401)
    return RedirectResponse(to, 303)
