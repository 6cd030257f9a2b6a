"""Nhập tay: a paper without a scan, typed into the register."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vanthu.desk.page import place_of, render, settings_of
from vanthu.desk.person import who
from vanthu.errors import VanthuError
from vanthu.pipeline import steps
from vanthu.register import typed
from vanthu.register.numbering import BOOKS

_LONGEST = 5000


def show(request: Request) -> Response:
    """The empty form."""
    return _page(request, 200, {}, "")


def _page(request: Request, status: int, given: dict[str, str], wrong: str) -> Response:
    units = [unit[0] for unit in settings_of(request).office.units if unit]
    with place_of(request) as place:
        kinds = place.register.choices()["doc_type"]
    return render(request, "typed.html", status, given=given, wrong=wrong, units=units, kinds=kinds, books=BOOKS)


async def save(request: Request) -> Response:
    """Register what was typed."""
    async with request.form(max_fields=30, max_files=0) as form:
        given = {name: str(value)[:_LONGEST] for name, value in form.items()}
    return await run_in_threadpool(_save, request, given)


def _save(request: Request, given: dict[str, str]) -> Response:
    book = given.get("book", "den")
    try:
        with place_of(request) as place:
            entry_id = typed.add(place.register.base, given, who=who(request), book=book if book in BOOKS else "den")
            steps.write_outputs(place, entry_id)
    except VanthuError as error:
        return _page(request, 422, given, str(error))
    return RedirectResponse("/nhap-tay?xong=1" if given.get("tiep") == "1" else f"/van-ban/{entry_id}", 303)
