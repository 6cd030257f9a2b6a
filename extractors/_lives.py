"""Tên cơ quan theo thời gian: whether there was a body of that name on a day.

Provinces, levels, ministries and departments that began or ended, each with the act that says so, stand in lexicon/body_lives.tsv.
Schools, hospitals and the like keep old names and are never judged.
"""

from datetime import date
from functools import cache

from extractors._lexicon import table
from models.text import fold

_JUDGED = (
    *("uy ban nhan dan", "ubnd", "hoi dong nhan dan", "hdnd", "chu tich", "van phong", "so ", "bo ", "uy ban dan toc", "ban dan toc"),
    *("cong an", "tinh uy", "thanh uy", "huyen uy", "quan uy", "thi uy", "uy ban quan ly von"),
)


@cache
def _lives() -> tuple[tuple[str, date, date], ...]:
    """Folded name, first day, last day."""
    rows = table("body_lives")
    return tuple((fold(r["name"]), _day(r["since"]) or date.min, _day(r["until"]) or date.max) for r in rows)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def lived(name: str, on: date) -> bool:
    """False where the name says a place or body that had ended by that day, or had not begun."""
    here = fold(name)
    if not here.startswith(_JUDGED):
        return True
    return all(first <= on <= last for words, first, last in _lives() if f" {words} " in f" {here} ")
