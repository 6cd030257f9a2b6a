"""Tiếp nhận: when the inbox was last looked at, what waits in it, what was rejected and why."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from vanthu import inbox
from vanthu.desk import upload_page
from vanthu.desk.page import place_of, render, settings_of
from vanthu.desk.reading import reading_of
from vanthu.settings import Settings

SHOWN = 100


def show(request: Request) -> Response:
    """The state of the way in."""
    settings = settings_of(request)
    with place_of(request) as place:
        rejected, runs = place.register.rejected(), place.register.runs(10)
    ids = upload_page.asked(request)
    files = upload_page.states(settings, reading_of(request), ids) if ids else []
    return render(
        request,
        "intake.html",
        files=files,
        tep=",".join(map(str, ids)),
        following=bool(ids),
        inbox=str(settings.inbox),
        waiting=_waiting(settings),
        watched=_status(settings),
        rejected=rejected[::-1][:SHOWN],
        rejected_count=len(rejected),
        runs=runs,
    )


def _waiting(settings: Settings) -> list[dict[str, Any]] | None:
    """Files of the inbox; None where it cannot be looked into."""
    if not settings.inbox.is_dir():
        return None
    look = inbox.look(settings.inbox, settings.quiet)
    return [
        {"name": arrival.name, "note": arrival.note, "size": arrival.stamp.size, "whole": whole}
        for whole, arrivals in ((True, look.whole), (False, look.waiting))
        for arrival in arrivals
    ]


def _status(settings: Settings) -> dict[str, Any] | None:
    """What the watcher wrote last: `{looked_at, registered, rejected, waiting}`; None where it has not run."""
    try:
        status = json.loads((settings.outputs / "status.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return status if isinstance(status, dict) and isinstance(status.get("looked_at"), str) else None
