"""Ngày làm việc: the working calendar of Vietnamese state offices and the days on which time limits end.

Monday to Friday, less the public holidays (Labour Code 2019, Articles 111-112) that the `holidays` library knows. Over the library stands
the table `workdays.tsv`: announced swaps, made-up Saturdays, compensating days, each with its source; what is not announced yet says so.
"""

import csv
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path

from models.record import Relative

_DAY = timedelta(days=1)
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_UNITS = {"hour": "giờ", "calendar": "ngày", "working": "ngày làm việc", "week": "tuần", "month": "tháng"}
_LAST_WORKING = {"BYDAY": "MO,TU,WE,TH,FR", "BYSETPOS": "-1"}
_LONGEST = {"hour": 24 * 3660, "calendar": 3660, "working": 2600, "week": 522, "month": 120}


@dataclass(frozen=True, slots=True)
class Announced:
    """A row of the table: a day that an announcement makes off or working."""

    works: bool
    what: str
    source: str


@cache
def announced() -> dict[date, Announced]:
    """Lịch nghỉ đã thông báo, hoán đổi: the table by day."""
    with Path(__file__).with_suffix(".tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {date.fromisoformat(r["date"]): Announced(r["state"] == "work", r["what"], r["source"]) for r in rows}


@cache
def _holidays(year: int) -> dict[date, str]:
    from holidays.countries.vietnam import Vietnam  # a tenth of a second that a search need not pay

    return dict(Vietnam(years=year, language="vi").items())


def holiday(day: date) -> str | None:
    """Ngày nghỉ lễ, tết: its name, None on other days, Saturdays and Sundays among them."""
    if row := announced().get(day):
        return None if row.works else row.what
    return _holidays(day.year).get(day)


def is_working(day: date) -> bool:
    """True on ngày làm việc: the table has the last word, then weekends, then the library."""
    if row := announced().get(day):
        return row.works
    return day.weekday() < 5 and holiday(day) is None


def add_working_days(start: date, n: int) -> date:
    """Cộng ngày làm việc: the `n`th working day after `start`, itself not counted (Civil Code 2015, Article 147); `start` for 0."""
    day = start
    for _ in range(n):
        day = _working_from(day + _DAY)
    return day


def _working_from(day: date) -> date:
    """The day itself or the next working one: a last day off moves on (Civil Code 2015, Article 148.5)."""
    while not is_working(day):
        day += _DAY
    return day


def _working_until(day: date) -> date:
    while not is_working(day):
        day -= _DAY
    return day


def last_safe_day(due: date) -> date:
    """Ngày an toàn cuối cùng: the last working day before `due`, which `trước ngày X` leaves out read to the letter."""
    return _working_until(due - _DAY)


def working_days_before(day: date, n: int) -> date:
    """Lùi ngày làm việc: the `n`th working day before `day`, itself not counted."""
    for _ in range(n):
        day = last_safe_day(day)
    return day


def dated_reason(phrase: str, due: str) -> str:
    """Căn cứ của hạn ghi ngày: the printed phrase, and that its day is one off where it is: such a day does not move, and is told."""
    day = date.fromisoformat(due)
    off = "" if is_working(day) else f"; {day:%d/%m/%Y} là {holiday(day) or _WEEKDAYS[day.weekday()]}"
    return f"«{phrase}»{off}"


def due_date(relative: Relative, *, issued: date | None, received: date) -> date | None:
    """Ngày đến hạn: the last day of a limit that runs from the day of issue or of receipt (Civil Code 2015, Articles 147-148).

    The day of the event is not counted and a last day off moves to the next working day. Months and weeks end on the same day of the
    month or week, or on the month's last day where it has no such day (148.3-4). Hours end on a day reckoned from the day of the event
    in whole days, and do not move: who asks for an answer in 24 hours (floods, epidemics) means Sundays too.
    None where the limit runs from another event, where its day of issue is unknown, and beyond ten years, which is a misreading.
    """
    start = _start(relative, issued, received)
    if start is None or relative.count > _LONGEST[relative.unit]:
        return None
    end = _end(relative, start)
    return end if relative.unit == "hour" else _working_from(end)


def _start(relative: Relative, issued: date | None, received: date) -> date | None:
    return {"issued": issued, "received": received, "event": None}[relative.start]


def _end(relative: Relative, start: date) -> date:
    """The last day before it moves off a day off."""
    if relative.unit == "working":
        return add_working_days(start, relative.count)
    if relative.unit == "month":
        return _same_day(start, relative.count)
    days = {"hour": relative.count // 24, "calendar": relative.count, "week": 7 * relative.count}[relative.unit]
    return start + timedelta(days=days)


def _same_day(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def next_due(rrule: str, after: date) -> date | None:
    """Kỳ báo cáo tiếp theo: the first day after `after` that an RFC 5545 RRULE names; None where it has ended or is no RRULE.

    Day 29 to 31 is the last day of a shorter month, as clerks mean it, where the RFC would skip the month. The last working day of a month
    (`BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1`) heeds holidays. A day fixed in a dispatch does not move off days off: the law moves periods only.
    """
    try:
        parts = dict(part.split("=", 1) for part in rrule.upper().split(";"))
        return min(filter(None, (_next(single, after) for single in _singles(parts))), default=None)
    except (ValueError, KeyError):
        return None


def _singles(parts: dict[str, str]) -> Iterator[dict[str, str]]:
    """One rule a day of the month, each 29-31 as `28 up to it, the last there is`, which holds a month at a time."""
    days = parts.get("BYMONTHDAY", "").split(",")
    if "BYSETPOS" in parts or all(int(day or 0) < 29 for day in days):
        yield parts
        return
    monthly = {"FREQ": "MONTHLY"} if "BYMONTH" in parts else {}
    for day in days:
        upto = ",".join(map(str, range(28, int(day) + 1)))
        yield parts | monthly | ({"BYMONTHDAY": upto, "BYSETPOS": "-1"} if int(day) > 28 else {"BYMONTHDAY": day})


def _next(parts: dict[str, str], after: date) -> date | None:
    from dateutil.rrule import rrulestr

    start = datetime.combine(after + _DAY, time())
    working = parts.items() >= _LAST_WORKING.items()
    if working:
        start = start.replace(day=1)
    for found in rrulestr(";".join(f"{name}={value}" for name, value in parts.items()), dtstart=start):
        day = _working_until(found.date()) if working else found.date()
        if day > after:
            return day
    return None


def reason(relative: Relative, *, issued: date | None, received: date) -> str:
    """Căn cứ tính hạn: how `due_date` came to its day, in Vietnamese, naming the holidays left out and a last day that moved."""
    start = _start(relative, issued, received)
    what = f"{relative.count:02} {_UNITS[relative.unit]}"
    if (due := due_date(relative, issued=issued, received=received)) is None or start is None:
        return f"{what}, chưa tính được ngày đến hạn"
    return f"{what} từ {start:%d/%m/%Y}" + (_left_out(start, due) if relative.unit == "working" else _moved(_end(relative, start), due))


def _left_out(start: date, due: date) -> str:
    between = [start + timedelta(days=n) for n in range(1, (due - start).days)]
    off = [day for day in between if not is_working(day)]
    weekend = dict.fromkeys(_WEEKDAYS[day.weekday()] for day in off if day.weekday() > 4)
    named = [*sorted(weekend, key=_WEEKDAYS.index), *_named([day for day in off if day.weekday() < 5])]
    return f", trừ {', '.join(named)}" if named else ""


def _named(off: list[date]) -> Iterator[str]:
    """Each holiday once a year with its days."""
    days: dict[tuple[str | None, int], list[date]] = {}
    for day in off:
        days.setdefault((holiday(day), day.year), []).append(day)
    for (name, _), group in days.items():
        last = f"–{group[-1]:%d/%m/%Y}" if len(group) > 1 else ""
        yield f"{group[0]:%d/%m/%Y}{last} ({name})"


def _moved(end: date, due: date) -> str:
    if end == due:
        return ""
    why = holiday(end) if end.weekday() < 5 else None
    return f"; {end:%d/%m/%Y} là {why or _WEEKDAYS[end.weekday()]}, chuyển sang {due:%d/%m/%Y}"
