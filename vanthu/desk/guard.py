"""What the browser is told to forbid, and whose orders are taken."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # `no-referrer` would make browsers send `Origin: null` with our own forms
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # a phone's own camera, asked for by a file field, needs no permission of the page
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}

_LASTING = "private, max-age=31536000, immutable"
_ASKING = ("GET", "HEAD", "OPTIONS")


class Guard:
    """Sets the headers on every answer, and takes orders (anything but asking) only from the desk's own pages."""

    def __init__(self, inner: ASGIApp) -> None:
        self.inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                if "cache-control" not in headers:
                    headers["Cache-Control"] = _LASTING if message["status"] == 200 and _named_by_content(scope) else "no-store"
            await send(message)

        # a program's token is no cookie: no browser sends it along by itself
        programs = scope["path"].startswith("/api/")
        if scope["method"] not in _ASKING and not programs and not own_page(Headers(scope=scope)):
            refusal = PlainTextResponse("Yêu cầu này không đến từ trang của bàn làm việc.", 403)
            await refusal(scope, receive, guarded)
            return
        await self.inner(scope, receive, guarded)


def own_page(headers: Headers) -> bool:
    """True where the browser says that the request comes from a page of this very address."""
    origin = urlsplit(headers.get("origin", ""))
    return origin.scheme in ("http", "https") and origin.netloc != "" and origin.netloc == headers.get("host")


def _named_by_content(scope: Scope) -> bool:
    """True for the desk's own style sheets and scripts, whose address changes with what is in them."""
    return bool(scope["path"].startswith("/static/") and scope["query_string"].startswith(b"v="))
