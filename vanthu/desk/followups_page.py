"""Việc phải làm: open follow-up items by when they fall due."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from vanthu.desk.page import place_of, render, settings_of

GROUPS = {"late": "Trễ hạn", "today": "Hôm nay", "week": "Trong tuần này", "later": "Sau tuần này", "undated": "Không có hạn"}
SHOWN = 300
"""Items of one group that are listed; a unit with more needs a narrower question."""


def show(request: Request) -> Response:
    """Items of all bodies or of ours, of one unit or of all."""
    settings = settings_of(request)
    unit = request.query_params.get("donvi", "").strip()[:200]
    ours = request.query_params.get("cua", "ta" if settings.office.names else "tatca") == "ta"
    with place_of(request) as place:
        every = place.register.due(unit=unit or None)
    items = [item for item in every if item["ours"] or not ours]
    return render(
        request,
        "followups.html",
        groups=grouped(items, settings.today),
        names=GROUPS,
        unit=unit,
        ours=ours,
        others=len(every) - len(items),
        shown=SHOWN,
        units=[unit[0] for unit in settings.office.units if unit],
    )


def grouped(items: Iterable[dict[str, Any]], today: date) -> dict[str, list[dict[str, Any]]]:
    """Items by when they fall due; the week ends on Sunday."""
    groups: dict[str, list[dict[str, Any]]] = {name: [] for name in GROUPS}
    for item in items:
        groups[_group(item["due_on"], today)].append(item)
    return groups


def _group(due_on: str | None, today: date) -> str:
    if due_on is None:
        return "undated"
    days = (date.fromisoformat(due_on) - today).days
    if days <= 0:
        return "late" if days else "today"
    return "week" if today + timedelta(days=days) <= today + timedelta(days=6 - today.weekday()) else "later"
