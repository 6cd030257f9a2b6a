"""Tập văn bản quét chung một tệp: a person's word on where one document of it ends and another begins."""

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vanthu.desk.language import gettext
from vanthu.desk.page import place_of, render, settings_of
from vanthu.desk.person import who
from vanthu.errors import NotFound, VanthuError
from vanthu.pipeline import again
from vanthu.pipeline.lock import only_one
from vanthu.pipeline.place import Place


async def split(request: Request) -> Response:
    """`trang`: the page at which another document begins, or `khong`: none does."""
    page = await _field(request, "trang")
    entry_id = request.path_params["id"]
    if page == "khong":
        return await run_in_threadpool(_do, request, lambda place: place.register.refuse(entry_id, who=who(request)))
    return await run_in_threadpool(_do, request, lambda place: again.split(place, entry_id, [_number(page)], who(request)))


async def join(request: Request) -> Response:
    """`voi`: the entry whose pages belong to this one."""
    other = await _field(request, "voi")
    return await run_in_threadpool(_do, request, lambda place: again.join(place, request.path_params["id"], _number(other), who(request)))


async def _field(request: Request, name: str) -> str:
    async with request.form(max_fields=2, max_files=0) as form:
        return str(form.get(name, ""))[:20]


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 9:
        raise HTTPException(404)
    return int(text)


def _do(request: Request, act: Callable[[Place], object]) -> Response:
    try:
        with only_one(settings_of(request).outputs, wait=False):
            pass  # an intake that runs would keep the browser waiting: said at once instead
        with place_of(request) as place:
            act(place)
    except NotFound:
        raise HTTPException(404) from None
    except VanthuError as error:
        return render(request, "error.html", 422, title=gettext("Chưa làm được"), text=str(error))
    return RedirectResponse(f"/van-ban/{request.path_params['id']}", 303)
