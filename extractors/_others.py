"""Người được giao ở vế sau: whom a paragraph charges that begins with what its own writer does."""

import re

from extractors._clauses import parse

_STARTS = re.compile(r"[.;]\s+(?=(?:Giao|Yêu cầu|Đề nghị|giao|yêu cầu|đề nghị) )|:\s+|\bđể\s+")


def charges_others(text: str) -> tuple[str, ...]:
    """`Sở X đính chính như sau: các đơn vị gửi …`, `UBND … chuyển Công văn …. Giao Y …`, `… đồng ý để Nhà trường gửi …`."""
    clauses = (parse(text[start.end() :]) for start in _STARTS.finditer(text))
    return next((clause.lead for clause in clauses if clause.lead and clause.form in ("assign", "subject")), ())
