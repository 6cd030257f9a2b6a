"""The desk as a Starlette application: its addresses, what guards them, how errors are said."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response

from vanthu.desk import routes
from vanthu.desk.guard import Guard
from vanthu.desk.language import Speaks, gettext
from vanthu.desk.page import render
from vanthu.desk.reading import Reading
from vanthu.errors import NotFound
from vanthu.settings import Settings

HOSTS = ["127.0.0.1", "localhost"]
"""The desk answers to this machine's own names only: a page elsewhere cannot reach it under a name of its own."""


def app(settings: Settings) -> Starlette:
    """The desk of one office: its ordinary register, never the one of secret documents."""
    desk = Starlette(
        routes=routes.ROUTES,
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS), Middleware(Speaks, language=settings.lang), Middleware(Guard)],
        exception_handlers={HTTPException: _failed, NotFound: _not_found, OverflowError: _not_found, Exception: _broken},
    )
    desk.state.settings = settings
    desk.state.reading = Reading(settings)
    return desk


def serve(settings: Settings) -> None:
    """Run the desk on 127.0.0.1 until it is stopped."""
    import uvicorn

    uvicorn.run(
        app(settings),
        host="127.0.0.1",
        port=settings.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,
    )


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
