"""Sức khỏe: what a monitor of this machine asks; figures only, nothing of any document."""

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from vanthu.desk.page import settings_of
from vanthu.pipeline import health


def metrics(request: Request) -> Response:
    """The figures for Prometheus."""
    return PlainTextResponse(health.prometheus(health.look(settings_of(request))), media_type="text/plain; version=0.0.4")


def ask(request: Request) -> Response:
    """200 where all is well, 503 where somebody should look, with what it is."""
    troubles = health.troubles(health.look(settings_of(request)))
    return JSONResponse({"well": not troubles, "troubles": troubles}, 503 if troubles else 200)
