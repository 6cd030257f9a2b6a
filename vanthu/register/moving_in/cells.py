"""Ô: what a cell of an old book says: a day, a number, a code, a type with its subject."""

import re
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from extractors._lexicon import doc_types
from models.text import fold, one_line
from vanthu.register import codes

_SERIALS = range(20_000, 80_000)
"""Excel's day numbers from 1954 to 2119: a day that was typed into a column not formatted as one."""

DITTO = {'"', "''", "nt", "-nt-", "n.t", "như trên", "〃", "”", "″", "- nt -"}
_LEAD = re.compile(r"(?:v/v|về việc|về)\b[\s:,]*", re.IGNORECASE)


def day(value: Any, year: int | None = None, epoch_1904: bool = False) -> date | None:
    """A day as Excel holds it or as clerks write it, day first; without a year it is of `year`. ValueError where it is none."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int) and value in _SERIALS:
        return (date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30)) + timedelta(days=value)
    return _written(str(value), year)


def _written(text: str, year: int | None) -> date:
    bare = re.sub(r"^ngày\s+|\s+\d{1,2}:\d{2}(:\d{2})?$", "", text.strip().lower())
    bare = re.sub(r"\s*tháng\s*|\s*năm\s*", "/", bare)
    if parts := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:t.*)?", bare):
        return date(int(parts[1]), int(parts[2]), int(parts[3]))
    parts = re.fullmatch(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})(?:\s*[/.\-]\s*(\d{4}|\d{2}))?", bare)
    if parts is None:
        raise ValueError(text)
    if parts[3] is None and year is None:
        raise ValueError(text)
    given = int(parts[3]) if parts[3] else year or 0
    return date(given + 2000 if parts[3] and given < 100 else given, int(parts[2]), int(parts[1]))


def number(value: Any) -> int | None:
    """Số đến; None where there is none. ValueError where it is no whole number (`12a`)."""
    if value is None or (isinstance(value, int) and value > 0):
        return value
    parts = re.fullmatch(r"(?:số\s*:?\s*)?0*(\d{1,7})(?:\s*/\s*(?:đến|\d{4}))?\.?", str(value).strip().lower())
    if parts is None or int(parts[1]) == 0:
        raise ValueError(value)
    return int(parts[1])


def code(value: Any, plain: Any = None, symbol: Any = None) -> str | None:
    """Số và ký hiệu in one piece, out of one column or two; Party codes keep their hyphen."""
    if value is None and (plain is not None or symbol is not None):
        sign = str(symbol or "").strip().lstrip("/")
        value = f"{plain if plain is not None else ''}/{sign}" if sign else plain
    if value is None:
        return None
    bare = re.sub(r"^số\s*:?\s*", "", str(value).strip(), flags=re.IGNORECASE)
    return "".join(bare.split()) or None


def type_and_subject(text: str | None, written: str | None, code: str | None) -> tuple[str | None, str | None]:
    """Tên loại and trích yếu out of their common column.

    The symbol goes before the first words: a letter's subject may begin with `Hướng dẫn`, a decree's with `quy định`.
    """
    subject = one_line(text or "") or None
    by_symbol = _types_by_symbol(code)
    named, rest = _type_of(subject) if subject else (None, None)
    kind = (_type_of(written)[0] or one_line(written).lower()) if written else None
    if named and (named == kind or (kind is None and (not by_symbol or named in by_symbol))):
        kind, subject = named, rest or subject
    if subject:
        subject = _LEAD.sub("", subject, count=1) or subject
    return kind or next(iter(by_symbol), None), subject


def _type_of(text: str) -> tuple[str | None, str | None]:
    """(type, what follows it) where a text begins with a type's name."""
    found = _names().match(fold(text))
    if found is None:
        return None, text
    named = next(known.name for known in doc_types() if fold(known.name) == found[0])
    return named, text[found.end() :].lstrip(" :,;-–.") or None


@cache
def _names() -> re.Pattern[str]:
    """Any type's name, folded, the longest first."""
    names = sorted((fold(known.name) for known in doc_types()), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, names))})\b")


def _types_by_symbol(code: str | None) -> list[str]:
    """Types that the symbol may name (`BC-UBND`), the usual one first; an administrative symbol that names none is a letter's."""
    key, symbol = codes.key(code), codes.symbol(code)
    if key is None or symbol is None:
        return []
    family = "party" if codes.is_party(code) else "legal" if key.has_year else "state"
    first = re.split(r"[-/]", re.sub(r"^\d{4}/", "", symbol))[0].upper()
    named = [known.name for known in doc_types() if family in known.families and first in map(str.upper, known.codes)]
    return named or (["công văn"] if family == "state" and "-" in symbol else [])
