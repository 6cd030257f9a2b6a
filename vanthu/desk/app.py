"""The desk as a Starlette application: its addresses, what guards them, how errors are said."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount

from vanthu.desk import routes
from vanthu.desk.api import api_of
from vanthu.desk.door import Door
from vanthu.desk.guard import Guard
from vanthu.desk.known import Known
from vanthu.desk.language import Speaks, gettext
from vanthu.desk.page import render
from vanthu.desk.people_routes import ROUTES as PEOPLE
from vanthu.desk.reading import Reading
from vanthu.errors import NotFound, WrongUse
from vanthu.settings import LOOPBACK, Settings

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - what an office may set; nothing listens there by itself
"""Addresses that stand for all of a machine's own."""


def app(settings: Settings, *, secret: bool = False) -> Starlette:
    """The desk of one office: of its ordinary register, or of that of its secret documents; each on an address of its own."""
    known = Known(settings)
    desk = Starlette(
        routes=[*routes.ROUTES, *PEOPLE, *([] if secret else [Mount("/api/v1", api_of(settings, known), name="api")])],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=_hosts(settings)),
            Middleware(Speaks, language=settings.lang),
            Middleware(Guard),
            Middleware(Door),
        ],
        exception_handlers={HTTPException: _failed, NotFound: _not_found, OverflowError: _not_found, Exception: _broken},
        lifespan=_lifespan,
    )
    desk.state.settings, desk.state.secret, desk.state.known = settings, secret, known
    desk.state.reading = Reading(settings, secret)
    return desk


def _hosts(settings: Settings) -> list[str]:
    """The names that the desk answers to: a page elsewhere cannot reach it under a name of its own."""
    if not settings.desk.names and settings.host in EVERYWHERE:
        raise WrongUse("settings.desk_names", host=settings.host)
    return list(dict.fromkeys([*LOOPBACK[:2], settings.host, *settings.desk.names]))


@asynccontextmanager
async def _lifespan(desk: Starlette) -> AsyncIterator[None]:
    yield
    desk.state.known.close()


def _(text: str) -> str:
    """Marks a text that is translated when it is said."""
    return text


_SAID = {
    403: (_("Không được phép"), _("Yêu cầu này không đến từ trang của bàn làm việc. Hãy mở lại trang rồi thử lần nữa.")),
    404: (_("Không tìm thấy"), _("Không có trang hay văn bản này trong sổ. Có thể số đã được đổi, hoặc địa chỉ bị gõ sai.")),
    405: (_("Không làm được"), _("Địa chỉ này không nhận yêu cầu như vậy.")),
    500: (_("Có lỗi của chương trình"), _("Dữ liệu không mất. Hãy tải lại trang; nếu vẫn lỗi, xem nhật ký nơi chạy vanthu.")),
}


def _failed(request: Request, error: Exception) -> Response:
    code = error.status_code if isinstance(error, HTTPException) else 500
    title, text = _SAID.get(code, (_("Không làm được"), _("Yêu cầu không hợp lệ.")))
    return render(request, "error.html", code, title=gettext(title), text=gettext(text))


def _not_found(request: Request, _: Exception) -> Response:
    return _failed(request, HTTPException(404))


def _broken(request: Request, _: Exception) -> Response:
    return _failed(request, HTTPException(500))
