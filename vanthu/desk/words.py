"""How values are said on a page."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from markupsafe import Markup, escape

from vanthu.desk.language import gettext
from vanthu.messages import event, field, reason, say, sentences
from vanthu.register.workload import MOST
from vanthu.said import day, limit, pages


def _(text: str) -> str:
    """Marks a text that is translated when it is said."""
    return text


BOOKS = {"den": _("Văn bản đến"), "dang": _("Văn bản của Đảng"), "di": _("Văn bản đi")}
DAYS = (_("Thứ Hai"), _("Thứ Ba"), _("Thứ Tư"), _("Thứ Năm"), _("Thứ Sáu"), _("Thứ Bảy"), _("Chủ nhật"))
_RELATIONS = {
    "answers": _("trả lời"),
    "carries_out": _("thực hiện"),
    "replaces": _("thay thế"),
    "amends": _("sửa đổi"),
    "reminds": _("đôn đốc"),
    "cites": _("viện dẫn"),
    "closes": _("hoàn thành"),
}
_PARTS = {
    "name": _("họ tên"),
    "position": _("chức vụ"),
    "authority": _("quyền hạn ký"),
    "number": _("số"),
    "date": _("ngày"),
    "text": _("lời văn"),
    "lead": _("chủ trì"),
    "support": _("phối hợp"),
    "due_on": _("hạn"),
    "code": _("số, ký hiệu"),
    "doc_type": _("loại"),
    "issued_on": _("ngày văn bản"),
    "issuer": _("cơ quan"),
    "start": _("từ ngày"),
    "end": _("đến ngày"),
}


def weekday(value: str) -> str:
    """Thứ Tư, 06/3/2024."""
    return f"{gettext(DAYS[date.fromisoformat(value).weekday()])}, {day(value)}"


def moment(value: str | None) -> str:
    """14:05 ngày 06/3/2024."""
    if not value:
        return ""
    return gettext("{time} ngày {day}").format(time=f"{datetime.fromisoformat(value):%H:%M}", day=day(value))


def hits(passage: str | None) -> Markup:
    """A passage, escaped, what was found in it marked: the register sets it between « and »."""
    parts = re.split("«([^«»]*)»", passage or "")
    return Markup("").join(Markup("<mark>{}</mark>").format(part) if n % 2 else escape(part) for n, part in enumerate(parts))


def label(key: str) -> str:
    """A field's name: `tasks.0` by its list, `signer.name` with its part."""
    head, *rest = key.split(".")
    known = field(head)
    return " ".join(
        [known, *(gettext(_PARTS[part]) if part in _PARTS else str(int(part) + 1) if part.isdecimal() else part for part in rest)]
    )


def size(count: int | None) -> str:
    """1,2 MB."""
    if not count:
        return ""
    return f"{count / 1e6:.1f} MB".replace(".", ",") if count >= 100_000 else f"{max(1, round(count / 1000))} kB"


def grouped(count: int) -> str:
    """12.345, as numbers are grouped here."""
    return f"{count:,}".replace(",", ".")


def some(count: int) -> str:
    """As many as were counted: `1.000+` where there are more."""
    return grouped(count) if count <= MOST else f"{grouped(MOST)}+"


def state(value: str) -> str:
    """The state of a follow-up item."""
    return say(f"state.{value}")


def note(key: str) -> str:
    """What the reading of a page or document lacks: `scaled_down`, `page_failed:OSError`."""
    name, _, detail = key.partition(":")
    return say(f"note.{name}", detail=detail) if f"note.{name}" in sentences() else key


def signature(found: Mapping[str, Any]) -> str:
    """Chữ ký số: whose, when, and whether the file is still what was signed."""
    key = "unknown" if found["error"] else "altered" if found["altered"] or not found["intact"] else "well" if found["whole"] else "partly"
    verdict = say(f"cli.signed_{key}", error=found["error"])
    return ", ".join(filter(None, (found["signer"], found["organisation"], moment(found["signed_at"])))) + f": {verdict}"


FILTERS: dict[str, Callable[..., Any]] = {
    "day": day,
    "limit": limit,
    "weekday": weekday,
    "moment": moment,
    "hits": hits,
    "label": label,
    "size": size,
    "grouped": grouped,
    "some": some,
    "state": state,
    "note": note,
    "signature": signature,
    "reason": reason,
    "pages": pages,
    "why_split": say,
    "book": lambda value: gettext(BOOKS.get(value, str(value))),
    "relation": lambda value: gettext(_RELATIONS.get(value, str(value))),
    "event": lambda value: event(value).capitalize(),
    "said": say,
    "percent": lambda value: f"{round(100 * value)}%",
}
