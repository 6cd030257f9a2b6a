"""Runs a desk: the ordinary one, or that of secret documents on a port of its own."""

from typing import Any

from vanthu.desk.app import app
from vanthu.people import open_people, setup
from vanthu.settings import Settings


def serve(settings: Settings, *, secret: bool = False) -> None:
    """Until it is stopped."""
    import uvicorn

    port = settings.desk.mat_port if secret else settings.port
    encrypted: dict[str, Any] = {}
    if settings.desk.certificate:
        encrypted = {"ssl_certfile": settings.desk.certificate, "ssl_keyfile": settings.desk.key}
    uvicorn.run(
        app(settings, secret=secret),
        host=settings.host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,
        **encrypted,
    )


def first_address(settings: Settings) -> str | None:
    """Where the administrator is made, with the code for it; None where that is done, or where only this machine reaches the desk."""
    if not settings.is_public:
        return None
    people = open_people(settings.outputs)
    try:
        code = setup.new_code(people)
    finally:
        people.close()
    return f"{settings.desk_url()}bat-dau?ma={code}" if code else None
