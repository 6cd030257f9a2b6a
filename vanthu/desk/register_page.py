"""Sổ đăng ký: the register's lines by page, filtered, sorted and searched."""

from collections import defaultdict
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from vanthu.desk.asked import asked, column_names, due_names
from vanthu.desk.page import place_of, render, settings_of
from vanthu.register import listing, numbering, review
from vanthu.register.listing import ORDERS
from vanthu.register.workload import MOST

SIZE = 50


def show(request: Request) -> Response:
    """The page that the address asks for; values that make no sense do not filter."""
    what = asked(request)
    plain = not what.query and not what.filtered
    with place_of(request) as place:
        base = place.register.base
        # of what a search finds one more is counted than is told: enough to say that there are more
        found = listing.page(base, what.query, offset=(what.page - 1) * SIZE, limit=SIZE, order=what.order, most=MOST + 1, **what.filters)
        values: dict[str, Any] = {
            "choices": place.register.choices(),
            "empty": not found.total and plain,
            "waiting": review.waiting(base),
            "gaps": numbering.faults(base) if plain and what.page == 1 else [],
            "saved": place.register.matters.searches(),
        }
    return render(
        request,
        "register.html",
        query=what.query,
        given=defaultdict(str, what.given),
        lines=found.lines,
        total=found.total,
        page=what.page,
        pages=max(1, -(-(min(found.total, MOST) if what.query else found.total) // SIZE)),
        more=bool(what.query) and found.total > MOST and len(found.lines) == SIZE,
        filtered=what.filtered,
        as_query=what.as_query,
        link=what.link,
        columns=what.columns,
        names=column_names(),
        due_names=due_names(),
        sortable=ORDERS,
        order=what.order,
        seek=f"?{urlencode({'q': what.query})}" if what.query else "",
        units=[unit[0] for unit in settings_of(request).office.units if unit],
        **values,
    )
