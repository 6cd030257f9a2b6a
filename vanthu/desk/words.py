"""How values are said on a page."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from markupsafe import Markup, escape

from vanthu.messages import reason, sentences
from vanthu.said import day, limit, pages

BOOKS = {"den": "Văn bản đến", "dang": "Văn bản của Đảng", "di": "Văn bản đi"}
_DAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_EVENTS = {
    "registered": "Vào sổ",
    "imported": "Chuyển từ sổ cũ",
    "corrected": "Đính chính",
    "reread": "Đọc lại",
    "voided": "Hủy số",
    "attached": "Thêm tệp",
    "state": "Đổi trạng thái mục theo dõi",
    "assigned": "Phân công",
    "probable_duplicate": "Có thể trùng",
    "forgotten": "Quên tên đã học",
    "split": "Tách ra văn bản khác",
    "joined": "Gộp",
    "not_split": "Không tách",
}
_PARTS = {
    "name": "họ tên",
    "position": "chức vụ",
    "authority": "quyền hạn ký",
    "number": "số",
    "date": "ngày",
    "text": "lời văn",
    "start": "từ ngày",
    "end": "đến ngày",
}


def weekday(value: str) -> str:
    """Thứ Tư, 06/3/2024."""
    return f"{_DAYS[date.fromisoformat(value).weekday()]}, {day(value)}"


def moment(value: str | None) -> str:
    """14:05 ngày 06/3/2024."""
    if not value:
        return ""
    return f"{datetime.fromisoformat(value):%H:%M} ngày {day(value)}"


def hits(passage: str | None) -> Markup:
    """A passage, escaped, what was found in it marked: the register sets it between « and »."""
    parts = re.split("«([^«»]*)»", passage or "")
    return Markup("").join(Markup("<mark>{}</mark>").format(part) if n % 2 else escape(part) for n, part in enumerate(parts))


def label(key: str) -> str:
    """A field's name: `tasks.0` by its list, `signer.name` with its part."""
    head, *rest = key.split(".")
    known = sentences().get(f"field.{head}", {"vi": head})["vi"]
    return " ".join([known, *(_PARTS.get(part, str(int(part) + 1) if part.isdecimal() else part) for part in rest)])


def size(count: int | None) -> str:
    """1,2 MB."""
    if not count:
        return ""
    return f"{count / 1e6:.1f} MB".replace(".", ",") if count >= 100_000 else f"{max(1, round(count / 1000))} kB"


def grouped(count: int) -> str:
    """12.345, as numbers are grouped here."""
    return f"{count:,}".replace(",", ".")


def state(value: str) -> str:
    """The state of a follow-up item."""
    return sentences()[f"state.{value}"]["vi"]


def note(key: str) -> str:
    """What the reading of a page or document lacks: `scaled_down`, `page_failed:OSError`."""
    name, _, detail = key.partition(":")
    known = sentences().get(f"note.{name}")
    return known["vi"].format(detail=detail) if known else key


def signature(found: Mapping[str, Any]) -> str:
    """Chữ ký số: whose, when, and whether the file is still what was signed."""
    key = "unknown" if found["error"] else "altered" if found["altered"] or not found["intact"] else "well" if found["whole"] else "partly"
    verdict = sentences()[f"cli.signed_{key}"]["vi"].format(error=found["error"])
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
    "state": state,
    "note": note,
    "signature": signature,
    "reason": reason,
    "pages": pages,
    "why_split": lambda rule: sentences()[rule]["vi"],
    "book": lambda value: BOOKS.get(value, value),
    "event": lambda value: _EVENTS.get(value, value),
    "percent": lambda value: f"{round(100 * value)}%",
}
