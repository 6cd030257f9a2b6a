"""Kỳ báo cáo: the period that an item of a regime wants a report of, and whether a report tells of that period.

Named as clerks do: «tháng 4/2024», «quý II/2024», «6 tháng đầu năm 2024», «năm 2024», «tuần 08/04/2024 - 14/04/2024».
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from models.text import fold

_ROMAN = ("I", "II", "III", "IV")
_TURN = 10
"""A report due by this day of a month tells of the month before: its own is hardly begun."""

_EARLY, _LATE = timedelta(days=20), timedelta(days=5)
"""Offices close their figures before the period of the calendar does (Decree 09/2019: the 14th of its last month)."""

_SPOKEN = re.compile(
    r"\bbao cao (?:so ket |tong ket |dinh ky |ket qua (?:thuc hien )?|cong tac |tinh hinh )*(?:cua )?"
    r"(?:(?P<half>(?:0?6|sau) thang)(?: (?P<which>dau|cuoi) nam)?|(?P<nine>(?:0?9|chin) thang)|(?P<quarter>(?:hang |hằng )?quy(?! [ivx\d]))"
    r"|(?P<year>(?:ca )?nam)(?! (?:19|20)\d\d))\b"
)
_YEAR = re.compile(r"\b(?:bao cao|tong ket|ket qua)\b[^;.]{0,60}\bnam (?P<year>(?:19|20)\d\d)\b")


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day of a period of the calendar, and its name."""

    name: str
    first: date
    last: date


def month(year: int, number: int) -> Period:
    """Tháng."""
    return Period(f"tháng {number}/{year}", date(year, number, 1), _end(year, number))


def quarter(year: int, number: int) -> Period:
    """Quý."""
    return Period(f"quý {_ROMAN[number - 1]}/{year}", date(year, 3 * number - 2, 1), _end(year, 3 * number))


def half(year: int, number: int) -> Period:
    """6 tháng đầu năm, 6 tháng cuối năm."""
    return Period(f"6 tháng {('đầu', 'cuối')[number - 1]} năm {year}", date(year, 6 * number - 5, 1), _end(year, 6 * number))


def nine(year: int) -> Period:
    """9 tháng đầu năm."""
    return Period(f"9 tháng đầu năm {year}", date(year, 1, 1), _end(year, 9))


def year_of(year: int) -> Period:
    """Năm."""
    return Period(f"năm {year}", date(year, 1, 1), date(year, 12, 31))


def _end(year: int, number: int) -> date:
    return date(year + number // 12, number % 12 + 1, 1) - timedelta(days=1)


def of_recurrence(rrule: str, due: date, text: str) -> Period | None:
    """The period whose report a regime wants by `due`; `text` (the item, the phrase) says what kind where the rule alone does not."""
    parts = dict(part.partition("=")[::2] for part in rrule.upper().split(";"))
    if parts.get("FREQ") == "DAILY":
        return Period(f"ngày {due:%d/%m/%Y}", due, due)
    if parts.get("FREQ") == "WEEKLY":
        monday = due - timedelta(days=due.weekday())
        return Period(f"tuần {monday:%d/%m/%Y} - {monday + timedelta(days=6):%d/%m/%Y}", monday, monday + timedelta(days=6))
    months = [int(number) for number in parts.get("BYMONTH", "").split(",") if number.isdecimal()]
    told = due.replace(day=1) - timedelta(days=1) if due.day <= _TURN else due
    kind = _kind(parts, months, fold(text))
    if kind == "month":
        return month(told.year, told.month)
    if kind == "quarter":
        return quarter(told.year, (told.month + 2) // 3)
    if kind == "half":
        return half(told.year, 1 if 2 < told.month < 9 else 2) if told.month > 2 else half(told.year - 1, 2)
    return year_of(due.year - (due.month < 3))


def _kind(parts: dict[str, str], months: list[int], folded: str) -> str:
    if len(months) == 4 or (not months and re.search(r"\b(?:hang|tung|moi) quy\b|\bcuoi quy\b", folded)):
        return "quarter"
    if len(months) == 2:
        return "half"
    if len(months) == 1 or parts.get("FREQ") == "YEARLY":
        return "half" if months and re.search(r"\b6 thang\b", folded) and not re.search(r"\bnam\b(?! \d)", folded) else "year"
    return "month"


def named(text: str | None, year: int) -> list[Period]:
    """Periods of reports that a text names, in no order; a bare year only where a report of it is spoken of."""
    if not text:
        return []
    from extractors._stretches import stretches  # searching need not wait for the extractors

    folded = fold(text)
    found = [_of_days(s.first, s.last) for s in stretches(text, year) if s.form == "named"]
    sub = [period for period in found if period and (period.last - period.first).days < 300]
    years = [year_of(int(match["year"])) for match in _YEAR.finditer(folded)]
    return list(dict.fromkeys([*sub, *(() if sub else years), *_spoken(folded, year)]))


def _of_days(first: date, last: date) -> Period | None:
    """The named period with these days; None where they are none of the calendar's."""
    same = (month(first.year, first.month), quarter(first.year, (first.month + 2) // 3), half(first.year, 1 if first.month < 7 else 2))
    return next((p for p in (*same, nine(first.year), year_of(first.year)) if (p.first, p.last) == (first, last)), None)


def _spoken(folded: str, year: int) -> Iterator[Period]:
    """`báo cáo 6 tháng`, `báo cáo năm`: without a year."""
    for match in _SPOKEN.finditer(folded):
        if match["half"]:
            yield half(year, 2 if match["which"] == "cuoi" else 1)
        elif match["nine"]:
            yield nine(year)
        elif match["year"]:
            yield year_of(year)


def of_item(text: str, phrase: str | None, due: date | None, others: list[str]) -> Period | None:
    """The one period whose report is due by `phrase`; `others`: further phrases of time limits in the same text.

    `báo cáo … trước ngày 22/5/2024 đối với báo cáo 6 tháng; trước ngày 08/11/2024 đối với báo cáo năm`: what follows the phrase up to
    the next one says it, else what stands before it.
    """
    if due is None:
        return None
    found = named(text, due.year)
    if len(found) > 1 and phrase:
        found = next((here for part in _around(text, phrase, others) if len(here := named(part, due.year)) == 1), [])
    return found[0] if len(found) == 1 else None


def _around(text: str, phrase: str, others: list[str]) -> Iterator[str]:
    at = text.find(phrase)
    if at < 0:
        return
    places = sorted(place for other in others if (place := text.find(other)) >= 0)
    end = next((place for place in places if place > at), len(text))
    start = next((place for place in reversed(places) if place < at), 0)
    yield text[at + len(phrase) : end]
    yield text[start:at]


def read(name: str | None) -> Period | None:
    """A period by its stored name."""
    if not name:
        return None
    if days := re.findall(r"(\d{2})/(\d{2})/(\d{4})", name):
        ends = [date(int(year), int(number), int(day)) for day, number, year in days]
        return Period(name, ends[0], ends[-1])
    from extractors._stretches import stretches

    found = [_of_days(s.first, s.last) for s in stretches(name, None)]
    return found[0] if len(found) == 1 else None


def agrees(wanted: Period, record: dict[str, Any], year: int) -> bool | None:
    """Whether a document tells of a period; None where it names no period at all."""
    told = named(record.get("subject"), year)
    printed = record.get("period")
    if wanted in told:
        return True
    if printed:
        first, last = date.fromisoformat(printed["start"]), date.fromisoformat(printed["end"])
        if _near(wanted, first, last):
            return True
    return False if told or printed else None


def _near(wanted: Period, first: date, last: date) -> bool:
    early, late = (timedelta(days=2), timedelta(days=2)) if (wanted.last - wanted.first).days < 10 else (_EARLY, _LATE)
    return -early <= first - wanted.first <= late and -early <= last - wanted.last <= late
