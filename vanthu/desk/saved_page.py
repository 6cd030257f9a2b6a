"""Tra cứu đã lưu: a list kept under a name, and dropped again."""

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vanthu.desk.language import gettext as _
from vanthu.desk.page import place_of, render
from vanthu.desk.person import who
from vanthu.errors import NotFound, VanthuError

_LONGEST = 500


async def act(request: Request) -> Response:
    """`ten` with `hoi`: keep a search under a name; with `bo`: drop it."""
    async with request.form(max_fields=4, max_files=0) as form:
        given = {name: str(value).strip()[:_LONGEST] for name, value in form.items()}
    return await run_in_threadpool(_act, request, given)


def _act(request: Request, given: dict[str, str]) -> Response:
    try:
        with place_of(request) as place:
            if "bo" in given:
                place.register.matters.drop_search(given["bo"])
            else:
                place.register.matters.save_search(given.get("ten", "")[:80], given.get("hoi", ""), who=who(request))
    except NotFound:
        raise HTTPException(404) from None
    except VanthuError as error:
        return render(request, "error.html", 422, title=_("Chưa làm được"), text=str(error))
    return RedirectResponse("/", 303)
