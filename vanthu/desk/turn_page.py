"""Xoay trang: pages turned by hand and read again, corrections kept, the original as it was; how far the reading has come."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vanthu.desk.language import gettext as _
from vanthu.desk.page import place_of, render
from vanthu.desk.person import who
from vanthu.desk.reading import reading_of
from vanthu.errors import VanthuError
from vanthu.register import turns


async def turn(request: Request) -> Response:
    """`do`: degrees clockwise; `trang`: the page, with `moi` every page of the document."""
    async with request.form(max_fields=3, max_files=0) as form:
        given = {name: str(value)[:10] for name, value in form.items()}
    return await run_in_threadpool(_turn, request, given)


def _turn(request: Request, given: dict[str, str]) -> Response:
    entry_id, number = request.path_params["id"], given.get("trang", "")
    by = int(given["do"]) if given.get("do", "").isdecimal() else 0
    try:
        with place_of(request) as place:
            every = [page["number"] for page in place.register.pages(entry_id)]
            pages = every if given.get("moi") == "1" else [int(number)] if number.isdecimal() else []
            turns.turn(place.register.base, entry_id, dict.fromkeys(pages, by), who(request))
    except VanthuError as error:
        return render(request, "error.html", 422, title=_("Chưa làm được"), text=str(error))
    return reread(request)


def reread(request: Request) -> Response:
    """The document is read again, beside the pages that people look at meanwhile."""
    entry_id = request.path_params["id"]
    reading_of(request).reread(entry_id)
    return RedirectResponse(f"/van-ban/{entry_id}", 303)


def state(request: Request) -> Response:
    """How far the reading has come, as a part of the page that asks again by itself."""
    with place_of(request) as place:
        turning = turning_of(request, request.path_params["id"], turns.unread(place.register.base, request.path_params["id"]))
    return render(request, "_turning.html", id=request.path_params["id"], turning=turning or {"done": True})


def turning_of(request: Request, entry_id: int, unread: list[int]) -> dict[str, object] | None:
    """`{pages, done, read, all, wrong, waits}` while a document is read again, or while its turned pages have not been; None else."""
    reading = reading_of(request)
    at, wrong = reading.again.get(entry_id), reading.failed.get(entry_id, "")
    if at is None and not unread and not wrong:
        return None
    read, every = at or (0, 0)
    return {"pages": unread, "done": False, "read": read, "all": every, "wrong": wrong, "waits": at is not None}
