"""Sổ đăng ký: the register's lines by page, filtered and searched."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from vanthu.desk.page import place_of, render
from vanthu.register.values import BadValue, parse_date

SIZE = 50
_LONGEST_QUERY = 500
_MOST_PAGES = 100_000


def show(request: Request) -> Response:
    """The page that the address asks for; values that make no sense do not filter."""
    given = {name: value.strip()[:_LONGEST_QUERY] for name, value in request.query_params.items() if value.strip()}
    filters = {name: read(given[key]) for key, (name, read) in _FILTERS.items() if key in given}
    query = given.get("q", "")
    page = min(max(1, _number(given.get("trang", "1")) or 1), _MOST_PAGES)
    with place_of(request) as place:
        total = place.register.count_lines(query, **filters)
        lines = place.register.lines(query, offset=(page - 1) * SIZE, limit=SIZE, **filters)
        choices = place.register.choices()
        empty = not total and not place.register.count()
    return render(
        request,
        "register.html",
        query=query,
        given=defaultdict(str, given),
        lines=lines,
        total=total,
        choices=choices,
        empty=empty,
        page=page,
        pages=max(1, -(-total // SIZE)),
        filtered=sum(key in _FILTERS for key in given),
        link=lambda **changes: "/?" + urlencode({name: value for name, value in (given | changes).items() if value}),
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except BadValue:
        return None


def _known(*values: str) -> Callable[[str], str | None]:
    return lambda text: text if text in values else None


def _yes(text: str) -> bool | None:
    return True if text == "1" else None


_FILTERS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "so": ("book", _known("den", "dang", "di")),
    "nam": ("year", _number),
    "loai": ("doc_type", str),
    "coquan": ("issuer", str),
    "tu": ("received_from", _day),
    "den": ("received_until", _day),
    "trangthai": ("state", _known("registered", "void")),
    "canxem": ("needs_look", _yes),
    "trung": ("duplicate", _yes),
}
