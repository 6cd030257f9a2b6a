"""Đăng nhập, đăng xuất, mật khẩu, lần đầu."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vanthu.desk import cookies
from vanthu.desk.door import known_of
from vanthu.desk.page import render, settings_of
from vanthu.desk.person import person_of
from vanthu.errors import VanthuError
from vanthu.messages import say
from vanthu.people import Person, accounts, login, sessions, setup

_LONGEST = 500
Form = Mapping[str, str]


async def form_of(request: Request) -> Form:
    """What a form sends, within bounds."""
    async with request.form(max_fields=10, max_files=0) as form:
        return {name: str(value)[:_LONGEST] for name, value in form.items()}


def address_of(request: Request) -> str:
    """Where a request comes from."""
    return request.client.host if request.client else "?"


def own_path(text: str) -> str:
    """A path of this desk to go on to; anything that could lead elsewhere is the first page."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return "/"
    odd = any(ord(letter) < 33 or letter == "\\" for letter in text)
    return "/" if odd or parts.scheme or parts.netloc or not text.startswith("/") or text.startswith("//") else text


async def show(request: Request) -> Response:
    """The log-in form, and what it sends."""
    if request.method != "POST":
        return _form(request, own_path(request.query_params.get("ve", "/")))
    return await run_in_threadpool(_log_in, request, await form_of(request))


def _form(request: Request, to: str, status: int = 200, name: str = "", message: str = "") -> Response:
    if not known_of(request).has_accounts and not request.app.state.secret:
        return RedirectResponse("/bat-dau", 303)
    return render(request, "login.html", status, to=to, name=name, message=message)


def _log_in(request: Request, form: Form) -> Response:
    to, name = own_path(form.get("ve", "/")), form.get("ten", "")
    try:
        person = login.log_in(known_of(request).people, name, form.get("matkhau", ""), address_of(request))
    except login.Wait as error:
        answer = _form(request, to, 429, name, str(error))
        answer.headers["Retry-After"] = str(error.values["seconds"])
        return answer
    except login.Refused as error:
        return _form(request, to, 401, name, str(error))
    return _begin(request, person, to)


def _begin(request: Request, person: Person, to: str) -> Response:
    """A session under a new key, whatever key the browser brought."""
    settings = settings_of(request)
    key = sessions.start(known_of(request).people, person, address_of(request), cookies.key_of(request, settings))
    answer = RedirectResponse(to, 303)
    cookies.give(answer, request, settings, key)
    return answer


def log_out(request: Request) -> Response:
    """The session ends here, not only in the browser."""
    settings = settings_of(request)
    if known_of(request).has_accounts:
        sessions.end(known_of(request).people, cookies.key_of(request, settings))
    answer = RedirectResponse("/vao", 303)
    cookies.take(answer, request, settings)
    return answer


async def start(request: Request) -> Response:
    """The first account. Where others reach the desk, `ma` is the code that stands on its console."""
    if request.method != "POST":
        return await run_in_threadpool(_start_form, request, request.query_params.get("ma", "")[:_LONGEST])
    return await run_in_threadpool(_start, request, await form_of(request))


def _start_form(request: Request, code: str, status: int = 200, form: Form | None = None, message: str = "") -> Response:
    if known_of(request).has_accounts:
        return RedirectResponse("/vao", 303)
    return render(request, "start.html", status, code=code, form=form or {}, message=message, public=settings_of(request).is_public)


def _start(request: Request, form: Form) -> Response:
    code = form.get("ma", "") if settings_of(request).is_public else None
    try:
        password = twice(form)
        person = setup.first(known_of(request).people, form.get("ten", ""), form.get("hoten", ""), password, code=code)
    except VanthuError as error:
        return _start_form(request, form.get("ma", ""), 422, form, str(error))
    return _begin(request, person, "/nguoi-dung")


def twice(form: Form) -> str:
    """A new password that was typed twice; VanthuError where the two differ."""
    if form.get("matkhau") != form.get("lai"):
        raise VanthuError("people.password_twice")
    return form.get("matkhau", "")


async def password(request: Request) -> Response:
    """A person's own password; the present one is asked for, and what is open elsewhere ends."""
    if person_of(request).id is None:
        return RedirectResponse("/vao?ve=/mat-khau", 303)
    if request.method != "POST":
        return render(request, "password.html", message="")
    return await run_in_threadpool(_change, request, await form_of(request))


def _change(request: Request, form: Form) -> Response:
    person, people = person_of(request), known_of(request).people
    try:
        login.log_in(people, person.login, form.get("cu", ""), address_of(request))
        accounts.set_password(people, person, twice(form), by=person.login)
    except login.Refused:
        return render(request, "password.html", 422, message=say("people.password_wrong"))
    except VanthuError as error:
        return render(request, "password.html", 422, message=str(error))
    return _begin(request, person, "/")
