"""The cookie that holds the key of a session: never readable by a script, never sent to another site's request."""

from starlette.requests import HTTPConnection
from starlette.responses import Response

from vanthu.settings import Settings


def name_of(settings: Settings, *, secure: bool) -> str:
    """Browsers send a cookie to every port of a machine, so that two offices on one need two names; `__Host-` binds it to HTTPS."""
    return f"{'__Host-' if secure else ''}vanthu-{settings.port}"


def is_secure(request: HTTPConnection, settings: Settings) -> bool:
    """True where the browser speaks HTTPS."""
    return settings.desk.is_secure or request.url.scheme == "https"


def key_of(request: HTTPConnection, settings: Settings) -> str:
    """The key that the browser sent; empty where it sent none."""
    return request.cookies.get(name_of(settings, secure=is_secure(request, settings)), "")


def give(response: Response, request: HTTPConnection, settings: Settings, key: str) -> None:
    """Set the key; it lives as long as the browser's window, and here until the session ends."""
    secure = is_secure(request, settings)
    response.set_cookie(name_of(settings, secure=secure), key, path="/", secure=secure, httponly=True, samesite="lax")


def take(response: Response, request: HTTPConnection, settings: Settings) -> None:
    """Remove the key."""
    secure = is_secure(request, settings)
    response.delete_cookie(name_of(settings, secure=secure), path="/", secure=secure, httponly=True, samesite="lax")
