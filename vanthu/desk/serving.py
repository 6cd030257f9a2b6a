"""Runs a desk: the ordinary one, or that of secret documents on a port of its own."""

from typing import Any

from starlette.applications import Starlette

from vanthu.settings import Settings


def serve(settings: Settings, desk: Starlette, *, secret: bool = False) -> None:
    """Until it is stopped."""
    import uvicorn

    port = settings.desk.mat_port if secret else settings.port
    encrypted: dict[str, Any] = {}
    if settings.desk.certificate:
        encrypted = {"ssl_certfile": settings.desk.certificate, "ssl_keyfile": settings.desk.key}
    uvicorn.run(
        desk,
        host=settings.host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,
        **encrypted,
    )
