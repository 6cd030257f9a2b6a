"""Việc phải làm: open follow-up items by when they fall due, on a board, or in a calendar."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from vanthu.desk import words
from vanthu.desk.asked import DUE, due_names
from vanthu.desk.language import gettext as _
from vanthu.desk.page import place_of, render, settings_of
from vanthu.desk.person import person_of
from vanthu.register import workload

SHOWN = 100
"""Items of one group that are listed; a unit with more needs a narrower question."""


@dataclass(frozen=True)
class Whose:
    """Whose items: of our office or of all bodies, of one unit or of all."""

    unit: str
    ours: bool

    def as_filter(self) -> dict[str, Any]:
        """For the register."""
        return {"ours": self.ours, "unit": self.unit or None}


def whose(request: Request) -> Whose:
    """What the address asks for, else what the person's own unit has to do."""
    asked = request.query_params
    unit = asked.get("donvi", person_of(request).unit or "").strip()[:200]
    return Whose(unit, asked.get("cua", "ta" if settings_of(request).office.names else "tatca") == "ta")


def show(request: Request) -> Response:
    """By when they fall due, all or those of a named range."""
    given = request.query_params.get("han", "")
    due = DUE.get(given)
    with place_of(request) as place:
        every = workload.groups(place.register.base, **whose(request).as_filter(), limit=SHOWN)
    groups = {name: found for name, found in every.items() if due is None or name in workload.RANGES[due]}
    names = {
        "late": _("Trễ hạn"),
        "today": _("Hôm nay"),
        "week": _("Trong tuần này"),
        "next_week": _("Tuần sau"),
        "later": _("Sau tuần sau"),
        "undated": _("Không có hạn"),
    }
    return _page(
        request,
        "followups.html",
        groups=groups,
        every=every,
        names=names,
        due_names=due_names(),
        due=given if due else "",
    )


def board(request: Request) -> Response:
    """By state."""
    with place_of(request) as place:
        columns = workload.board(place.register.base, **whose(request).as_filter(), limit=SHOWN)
    return _page(request, "board.html", columns=columns)


def month(request: Request) -> Response:
    """By day, a month at a time."""
    today = settings_of(request).today
    asked = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", request.query_params.get("thang", ""))
    first = date(int(asked[1]), int(asked[2]), 1) if asked else today.replace(day=1)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    with place_of(request) as place:
        items = workload.between(place.register.base, weeks[0][0], weeks[-1][-1], **whose(request).as_filter(), limit=1000)
    days: dict[str, list[dict[str, Any]]] = {}
    for item in items:
        days.setdefault(item["due_on"], []).append(item)
    before, after = first - timedelta(days=1), first + timedelta(days=31)
    return _page(
        request,
        "month.html",
        weeks=weeks,
        days=days,
        first=first,
        before=f"{before:%Y-%m}",
        after=f"{after:%Y-%m}",
        names=[_(name) for name in words.DAYS],
    )


def _page(request: Request, template: str, **values: Any) -> Response:
    asked = whose(request)
    units = [unit[0] for unit in settings_of(request).office.units if unit]
    return render(request, template, unit=asked.unit, ours=asked.ours, units=units, shown=SHOWN, **values)
