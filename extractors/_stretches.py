"""Khoảng thời gian: stretches of days that a text names (`từ ngày … đến ngày …`, `quý III`, `9 tháng đầu năm 2025`, `2016 - 2025`)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from extractors._dates import Moment, moments
from models.text import fold

Form = Literal["days", "named", "years"]

_BETWEEN = re.compile(r"\s*(?:-|–|den|toi)(?: het)?(?: (?:ngay|thang|quy|nam))?\s*")
_LEAD = re.compile(r"(?:(?:ke )?tu )?(?:ngay )?$")
_BARE_FIRST = re.compile(r"(?:tu )?ngay (?P<day>\d{1,2})(?:\s*-\s*| den (?:het )?(?:ngay )?)$")
_YEARS = re.compile(r"(?<![\d/.])((?:19|20)\d\d)\s?[-–]\s?((?:19|20)\d\d)(?!\d)")
_MONTHS = re.compile(r"\b(0?[1-9]|1[01]) thang (dau|cuoi)(?: nam)?(?: ((?:19|20)\d\d))?(?!\d)")
_SCHOOL_YEAR = re.compile(r"nam hoc $")
_LENGTH = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days `first` to `last`, named at `text[start:end]`; `form`: by its days, by its name (month, quarter, year), as a span of years.

    `dated`: the year is printed with it.
    """

    start: int
    end: int
    first: date
    last: date
    form: Form
    dated: bool = True


def stretches(text: str, year: int | None) -> list[Stretch]:
    """All stretches of a text from left to right, not overlapping; one without a year takes that of the next date, else `year`."""
    folded = fold(text)
    found = [*_year_spans(folded), *_months(folded, year)]
    free = [m for m in moments(text) if not any(m.start < f.end and f.start < m.end for f in found)]
    found += _of_moments(folded, free, year)
    return sorted(found, key=lambda f: f.start)


def _year_spans(folded: str) -> Iterator[Stretch]:
    for match in _YEARS.finditer(folded):
        first, last = int(match[1]), int(match[2])
        if first < last and not _SCHOOL_YEAR.search(folded, 0, match.start()):
            yield Stretch(match.start(), match.end(), date(first, 1, 1), date(last, 12, 31), "years")


def _months(folded: str, year: int | None) -> Iterator[Stretch]:
    """`09 tháng đầu năm 2025`."""
    for match in _MONTHS.finditer(folded):
        of = int(match[3]) if match[3] else year
        count = int(match[1])
        if of and match[2] == "dau":
            yield Stretch(match.start(), match.end(), date(of, 1, 1), _last(of, count), "named", bool(match[3]))
        elif of:
            yield Stretch(match.start(), match.end(), date(of, 13 - count, 1), date(of, 12, 31), "named", bool(match[3]))


def _last(year: int, month: int) -> date:
    return Moment(0, 0, "month", "", year, month).last_day() or date(year, month, 1)


def _of_moments(folded: str, free: Sequence[Moment], year: int | None) -> Iterator[Stretch]:
    at = 0
    while at < len(free):
        here = free[at]
        after = free[at + 1] if at + 1 < len(free) else None
        if after and after.kind == here.kind and _BETWEEN.fullmatch(folded, here.end, after.start):
            stretch = _between(folded, here, after, year)
            at += 1
        else:
            coming = next((m.year for m in free[at:] if m.year), None)
            stretch = _alone(folded, here, coming or year)
        at += 1
        if stretch:
            yield stretch


def _between(folded: str, first: Moment, last: Moment, year: int | None) -> Stretch | None:
    end = last.last_day(year)
    begin = _first_day(first, end.year if end else None)
    if begin and end and begin > end and first.year is None:
        begin = _first_day(first, end.year - 1)
    if not begin or not end or begin > end:
        return None
    lead = _LEAD.search(folded, 0, first.start)
    form: Form = "days" if first.kind in ("day", "month") else "years" if first.kind == "year" else "named"
    return Stretch(lead.start() if lead else first.start, last.end, begin, end, form, last.year is not None)


def _alone(folded: str, here: Moment, year: int | None) -> Stretch | None:
    last = here.last_day(year)
    if last is None or here.form == "year_alone":
        return None
    if here.kind == "day":
        bare = _BARE_FIRST.search(folded, 0, here.start)
        if not bare or not 1 <= int(bare["day"]) < last.day:
            return None
        return Stretch(bare.start(), here.end, last.replace(day=int(bare["day"])), last, "days", here.year is not None)
    first = _first_day(here, year)
    return Stretch(here.start, here.end, first, last, "named", here.year is not None) if first else None


def _first_day(moment: Moment, year: int | None) -> date | None:
    last = moment.last_day(year)
    if last is None or moment.kind == "day":
        return last
    return date(last.year, last.month - _LENGTH[moment.kind] + 1, 1)
