"""Điều kiện của danh sách: what the address of a list asks for – words, filters, order, columns – read with forbearance."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request

from vanthu.desk.language import gettext
from vanthu.register.listing import ORDERS
from vanthu.register.values import BadValue, parse_date

_LONGEST = 500
_MOST_PAGES = 100_000


def _(text: str) -> str:
    """Marks a text that is translated when it is said."""
    return text


COLUMNS = {
    "number": _("Số đến"),
    "received_on": _("Ngày đến"),
    "code": _("Số, ký hiệu"),
    "issued_on": _("Ngày văn bản"),
    "subject": _("Tên loại, trích yếu"),
    "issuer": _("Cơ quan ban hành"),
    "items": _("Việc"),
    "place": _("Địa danh"),
    "signer_name": _("Người ký"),
    "pages": _("Số trang"),
}
SHOWN = ("number", "received_on", "code", "issued_on", "subject", "issuer", "items")


def column_names() -> dict[str, str]:
    """Each column with its heading."""
    return {name: gettext(heading) for name, heading in COLUMNS.items()}


def number(text: str) -> int | None:
    """A number that an address may bear."""
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


DUE = {"tre": "late", "hom-nay": "today", "tuan-nay": "week", "tuan-sau": "next_week"}
"""Named ranges of due days as addresses and searches bear them."""


def due_names() -> dict[str, str]:
    """Each of `DUE` as people are offered it."""
    return {"tre": gettext("Trễ hạn"), "hom-nay": gettext("Hôm nay"), "tuan-nay": gettext("Tuần này"), "tuan-sau": gettext("Tuần sau")}


FILTERS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "so": ("book", _known("den", "dang", "di")),
    "nam": ("year", number),
    "loai": ("doc_type", str),
    "coquan": ("issuer", str),
    "donvi": ("unit", str),
    "tu": ("received_from", _day),
    "den": ("received_until", _day),
    "bhtu": ("issued_from", _day),
    "bhden": ("issued_until", _day),
    "han": ("due", lambda text: DUE.get(text)),
    "trangthai": ("state", _known("registered", "void")),
    "canxem": ("needs_look", _yes),
    "trung": ("duplicate", _yes),
}


_SAID = {"coquan": "coquan", "loai": "loai", "donvi": "donvi"}
"""Filters that a search has words for."""


def _due_said(name: str) -> str:
    """Open items in a named range, in the words of a search."""
    return "trangthai:tre" if name == "tre" else f'han:{name} trangthai:"chưa xong"'


@dataclass(frozen=True)
class Asked:
    """`given`: what stands in the address, by name; what makes no sense is left out of the rest."""

    given: dict[str, str]
    filters: dict[str, Any]
    query: str
    order: str
    columns: tuple[str, ...]
    page: int

    @property
    def filtered(self) -> int:
        """How many filters are set."""
        return sum(name in FILTERS for name in self.given)

    @property
    def as_query(self) -> str:
        """The same list in the words of the search, to be kept under a name; empty where words cannot say it."""
        if not {name for name in self.given if name in FILTERS} <= {*_SAID, "nam", "tu", "den", "bhtu", "bhden", "han"}:
            return ""
        parts = [self.query] if self.query else []
        parts += [f'{field}:"{self.given[name]}"' for name, field in _SAID.items() if name in self.given]
        parts += [f"den:{self.filters['year']}"] if self.filters.get("year") else []
        parts += [_due_said(self.given["han"])] if self.filters.get("due") else []
        for field, first, last in (("den", "received_from", "received_until"), ("ngay", "issued_from", "issued_until")):
            low, high = self.filters.get(first), self.filters.get(last)
            if low or high:
                parts.append(f"{field}:{low or ''}..{high or ''}")
        return " ".join(parts)

    def link(self, path: str = "/", **changes: Any) -> str:
        """The address of the same list with something else in it."""
        asked = urlencode({name: value for name, value in (self.given | changes).items() if value})
        return f"{path}?{asked}" if asked else path


def asked(request: Request) -> Asked:
    """What a request asks for."""
    parts = request.query_params
    given = {name: value.strip()[:_LONGEST] for name, value in parts.items() if value.strip()}
    columns = [name for text in parts.getlist("cot") for name in text.split(",") if name in COLUMNS]
    if columns:
        given["cot"] = ",".join(dict.fromkeys(columns))
    order = given.get("xep", "")
    return Asked(
        given,
        {name: read(given[key]) for key, (name, read) in FILTERS.items() if key in given},
        given.get("q", ""),
        order if order.removesuffix("-") in ORDERS else "",
        tuple(dict.fromkeys(columns)) or SHOWN,
        min(max(1, number(given.get("trang", "1")) or 1), _MOST_PAGES),
    )
