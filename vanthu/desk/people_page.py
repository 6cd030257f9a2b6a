"""Người dùng: the administrator's page of accounts."""

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vanthu.desk.around import address_of_mat
from vanthu.desk.door import known_of
from vanthu.desk.login_page import Form, form_of
from vanthu.desk.page import render, settings_of
from vanthu.desk.person import person_of
from vanthu.errors import NotFound, VanthuError
from vanthu.people import ROLES, People, Person, accounts


async def show(request: Request) -> Response:
    """All accounts, and what the form for a new one sends. Only who has logged in changes people: nobody unnamed does."""
    if person_of(request).id is None:
        return RedirectResponse("/vao?ve=/nguoi-dung" if known_of(request).has_accounts else "/bat-dau", 303)
    if request.method != "POST":
        return await run_in_threadpool(_page, request)
    return await run_in_threadpool(_add, request, await form_of(request))


def _page(request: Request, status: int = 200, form: Form | None = None, message: str = "") -> Response:
    units = [unit[0] for unit in settings_of(request).office.units if unit]
    everybody = accounts.listed(known_of(request).people)
    return render(
        request,
        "people.html",
        status,
        people=everybody,
        roles=ROLES,
        units=units,
        form=form or {},
        message=message,
        secret_desk=_secret_desk(request),
    )


def _add(request: Request, form: Form) -> Response:
    role, unit, by = form.get("vaitro", ""), form.get("donvi"), person_of(request).login
    people = known_of(request).people
    try:
        accounts.add(people, form.get("ten", ""), form.get("hoten", ""), role, password=form.get("matkhau", ""), by=by, unit=unit)  # type: ignore[arg-type]
    except VanthuError as error:
        return _page(request, 422, form, str(error))
    return RedirectResponse("/nguoi-dung", 303)


def _secret_desk(request: Request) -> str:
    """Where those who are cleared find the secret documents; empty while nobody is."""
    return address_of_mat(request, settings_of(request)) if accounts.any_cleared(known_of(request).people) else ""


async def change(request: Request) -> Response:
    """`viec`: what is to be changed of one account."""
    if person_of(request).id is None:
        return RedirectResponse("/vao?ve=/nguoi-dung", 303)
    return await run_in_threadpool(_change, request, await form_of(request))


Change = Callable[[People, Person, Form, str], None]
CHANGES: dict[str, Change] = {
    "vaitro": lambda people, person, form, by: accounts.set_role(people, person, form.get("vaitro", ""), form.get("donvi"), by=by),
    "khoa": lambda people, person, _, by: accounts.lock(people, person, True, by=by),
    "mokhoa": lambda people, person, _, by: accounts.lock(people, person, False, by=by),
    "mat": lambda people, person, _, by: accounts.clear(people, person, True, by=by),
    "thoimat": lambda people, person, _, by: accounts.clear(people, person, False, by=by),
    "matkhau": lambda people, person, form, by: accounts.set_password(people, person, form.get("matkhau", ""), by=by),
}


def _change(request: Request, form: Form) -> Response:
    people, act = known_of(request).people, CHANGES.get(form.get("viec", ""))
    if act is None:
        raise HTTPException(404)
    try:
        act(people, accounts.get(people, request.path_params["person"]), form, person_of(request).login)
    except NotFound:
        raise HTTPException(404) from None
    except VanthuError as error:
        return _page(request, 422, message=str(error))
    return RedirectResponse("/nguoi-dung", 303)
