"""Một việc: what it asks, of whom, by when; assigned, extended, talked about, closed with the document that answers it."""

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vanthu.desk import access
from vanthu.desk.page import place_of, render, settings_of
from vanthu.desk.person import person_of, who
from vanthu.errors import NotFound, VanthuError
from vanthu.messages import say
from vanthu.pipeline.place import Place
from vanthu.register import STATES, ItemState, workload
from vanthu.register.values import parse_date

Form = dict[str, str]
_LONGEST = 5000


def show(request: Request) -> Response:
    """One item with its history."""
    return _page(request, 200, "")


def _page(request: Request, status: int, wrong: str) -> Response:
    item_id = request.path_params["item"]
    with place_of(request) as place:
        base = place.register.base
        item = place.register.matters.item(item_id)
        document = base.row(
            "SELECT id, arrival_number || '/' || year AS number, code, issued_on, issuer, subject FROM documents WHERE id=?",
            item["document"],
        )
        closings = [one for one in place.register.matters.closings(item["document"]) if one.get("item") == item_id]
        said = workload.comments(base, item_id)
        answer = base.row("SELECT id, code, arrival_number || '/' || year AS number FROM documents WHERE id=?", item["closed_by"] or 0)
    units = [unit[0] for unit in settings_of(request).office.units if unit]
    values = {"item": item, "document": document, "comments": said, "closings": closings, "answer": answer, "units": units}
    return render(request, "item.html", status, wrong=wrong, states=STATES, **values)


async def act(request: Request) -> Response:
    """What a person does to an item: `lam` says what."""
    async with request.form(max_fields=12, max_files=0) as form:
        given = {name: str(value)[:_LONGEST].strip() for name, value in form.items()}
    return await run_in_threadpool(_act, request, given)


def _act(request: Request, given: Form) -> Response:
    item_id = request.path_params["item"]
    doing = _ACTS.get(given.get("lam", ""))
    if doing is None:
        raise HTTPException(404)
    if access.may(f"act/{given['lam']}", person_of(request)) == "no":
        return render(request, "error.html", 403, title=say("desk.not_allowed"), text=say("desk.not_your_role"))
    try:
        with place_of(request) as place:
            doing(place, item_id, given, who(request))
    except NotFound as error:
        if given.get("lam") != "xong":
            raise HTTPException(404) from None
        return _page(request, 422, str(error))
    except VanthuError as error:
        return _page(request, 422, str(error))
    back = given.get("ve", "")
    return RedirectResponse(back if back.startswith("/viec") else f"/viec/{item_id}", 303)


def _assign(place: Place, item_id: int, given: Form, person: str) -> None:
    place.register.assign(item_id, given.get("donvi") or None, who=person)


def _move(place: Place, item_id: int, given: Form, person: str) -> None:
    states: dict[str, ItemState] = {state: state for state in STATES}
    place.register.set_state(item_id, states.get(given.get("trangthai", ""), "open"), who=person)


def _close(place: Place, item_id: int, given: Form, person: str) -> None:
    """With the answering document by id or số đến, where one is named."""
    by = given.get("bang", "")
    place.register.set_state(item_id, "done", who=person, closed_by=place.register.resolve(by) if by else None)


def _extend(place: Place, item_id: int, given: Form, person: str) -> None:
    until = parse_date(given["den"]) if given.get("den") else None
    place.register.matters.extend(item_id, until, given.get("lydo", ""), who=person)


def _comment(place: Place, item_id: int, given: Form, person: str) -> None:
    workload.comment(place.register.base, item_id, given.get("loi", ""), who=person)


_ACTS: dict[str, Callable[[Place, int, Form, str], None]] = {
    "giao": _assign,
    "chuyen": _move,
    "xong": _close,
    "giahan": _extend,
    "ykien": _comment,
}
