"""Tổng quan: for leaders, what is late, how units keep their days, how much came in; charts by pygal."""

from collections import defaultdict
from datetime import date
from typing import Any

import pygal
from pygal.style import Style
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from vanthu.desk.language import gettext as _
from vanthu.desk.page import place_of, render, settings_of
from vanthu.register import review, workload

_MONTHS = 12
_PARTS = ("in_time", "late", "open", "open_late")
_STYLE = Style(
    background="transparent",
    plot_background="transparent",
    foreground="#3d4654",
    foreground_strong="#1c2430",
    foreground_subtle="#8b93a0",
    colors=("#1d6b45", "#c27a00", "#1d4f7c", "#9a1f1f"),
    font_family="sans-serif",
    label_font_size=12,
    major_label_font_size=12,
    legend_font_size=13,
)
_MOST_UNITS = 14
_MOST_LINES = 8


def show(request: Request) -> Response:
    """The figures, the charts, and the table that the charts are drawn from."""
    with place_of(request) as place:
        base = place.register.base
        groups = workload.groups(base, ours=True, unit=None, limit=8)
        rows = workload.performance(base, _since(settings_of(request).today))
        waiting, count = review.waiting(base), place.register.count()
    return render(
        request, "overview.html", groups=groups, units=summed(rows, "unit"), months=summed(rows, "month"), waiting=waiting, count=count
    )


def _since(today: date) -> date:
    month = today.year * 12 + today.month - _MONTHS
    return date(month // 12, month % 12 + 1, 1)


def summed(rows: list[dict[str, Any]], by: str) -> dict[str, dict[str, int]]:
    """The counts of `_PARTS` by unit or by month; units with most that is late first."""
    out: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(_PARTS, 0))
    for row in rows:
        for part in _PARTS:
            out[row[by]][part] += row[part]
    if by == "month":
        return dict(sorted(out.items()))
    return dict(sorted(out.items(), key=lambda one: (-one[1]["open_late"], -one[1]["late"], one[0]))[:_MOST_UNITS])


def chart(request: Request) -> Response:
    """`don-vi` or `thang` as SVG."""
    by = {"don-vi": "unit", "thang": "month"}.get(request.path_params["by"])
    if by is None:
        raise HTTPException(404)
    with place_of(request) as place:
        found = summed(workload.performance(place.register.base, _since(settings_of(request).today)), by)
    names = {"in_time": _("đúng hạn"), "late": _("xong trễ"), "open": _("chưa đến hạn"), "open_late": _("đang trễ")}
    kind = pygal.HorizontalStackedBar if by == "unit" else pygal.StackedBar
    made = kind(
        style=_STYLE,
        js=[],
        width=720,
        height=120 + 34 * max(3, len(found)) if by == "unit" else 380,
        legend_at_bottom=True,
        legend_at_bottom_columns=4,
    )
    made.x_labels = [f"{key[5:]}/{key[:4]}" if by == "month" else key[:38] for key in found]
    longest = max((sum(one.values()) for one in found.values()), default=0)
    made.y_labels = range(0, longest + 1, max(1, -(-longest // _MOST_LINES)))  # whole pieces of work, no halves
    for part, name in names.items():
        made.add(name, [one[part] for one in found.values()])
    return Response(made.render(), media_type="image/svg+xml")
