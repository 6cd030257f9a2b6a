"""Chế độ báo cáo định kỳ: recurring limits (`ngày 15 hằng tháng`, `ngày 20 của tháng cuối quý`, `thứ Năm hằng tuần`) as RFC 5545 RRULEs.

A phrase without a day (`định kỳ hằng quý`) gives none: it sets no date. Patterns are on folded text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors._dates import Moment, moments

EVERY = r"(?:hang|moi|tung)"
TIME = (
    r"\d{1,2}(?:\s?(?:gio|h|g)\b\s?(?:\d{2}\b)?|\s?(?:gio|h|g)\d{2}\b|:\d{2}\b)"
    r"(?:\s?(?:phut|p\b|['’′`]))?(?:\s\(?(?:sang|trua|chieu|toi)\)?)?"
)
WEEKDAY = r"(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)"

_DAYS = {
    "hai": "MO",
    "2": "MO",
    "ba": "TU",
    "3": "TU",
    "tu": "WE",
    "4": "WE",
    "nam": "TH",
    "5": "TH",
    "sau": "FR",
    "6": "FR",
    "bay": "SA",
    "7": "SA",
}
_NEXT = r"(?:sau(?: lien ke)?|tiep theo|lien ke(?: sau)?|ke tiep|toi)"
_DAY = r"(?:ngay )?(?:mung )?(?P<day>\d{1,2})"
_MORE = r"(?P<more>(?:(?:,| va| den(?: het)?)(?: ngay)? \d{1,2}(?!\s?[/\d]))*)"
QUARTER_MONTHS = {"dau": (1, 4, 7, 10), "giua": (2, 5, 8, 11), "thu hai": (2, 5, 8, 11), "cuoi": (3, 6, 9, 12)}
_LAST_OF_MONTH = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_OFQUARTER_MONTHS = re.compile(
    rf"\b{_DAY} (?:(?:cua|trong) )?thang (?P<place>dau|giua|thu hai|cuoi)(?: tien| cung)?"
    rf"(?: cua)?(?: {EVERY})? (?:quy|ky)(?: bao cao)?(?: {_NEXT})?\b"
)
_OF_MONTHS = re.compile(
    rf"\b{_DAY} (?:cua )?(?:cac )?thang (?P<months>\d{{1,2}}(?:(?:,| va|;)(?: thang)? \d{{1,2}})+)(?!\s?/)(?: (?:cua )?{EVERY} nam)?"
)
_OF_MONTH = re.compile(rf"\b{_DAY}{_MORE},? ?(?:(?:cua )?{EVERY} thang|(?:cua )?thang {_NEXT}(?! nam| quy))\b")
_LAST_DAY = re.compile(rf"\bngay (?P<working>lam viec )?cuoi(?: cung)?(?: cua)? (?:{EVERY} )?(?P<of>thang|quy)\b")
_OF_WEEK = re.compile(rf"\b(?P<days>{WEEKDAY}(?:(?:,| va)(?: ngay)? {WEEKDAY})*),? (?:cua )?(?:{EVERY} tuan|tuan {_NEXT})\b")
_WEEK_FIRST = re.compile(
    rf"\b{EVERY} tuan,?(?: (?:mot|1|01) lan,?)?(?: \(?(?:vao|truoc|cham nhat|trong))*(?: {TIME})?,?"
    rf"(?: buoi)?(?: (?:sang|chieu))?(?: ngay)? (?P<days>{WEEKDAY}(?:(?:,| va) {WEEKDAY})*)"
)
_OF_DAY = re.compile(rf"{TIME}(?:(?:,| va)(?: luc| truoc)? {TIME})*,? {EVERY} ngay\b")
_DAY_FIRST = re.compile(rf"\b{EVERY} ngay,? \(?(?P<lead>truoc|vao|cham nhat|luc)(?: luc)? {TIME}(?:(?:,| va)(?: truoc)? {TIME})*")
_YEARLY_AFTER = re.compile(rf",? ?\(?(?:cua )?(?:{EVERY} nam|nam {_NEXT})\b")
_JOINED = re.compile(r"(?: \([^)]{0,40}\))?(?:,|;| va|, va| hoac)(?: truoc)?(?: cac)?(?: ngay)? ?")


@dataclass(frozen=True, slots=True)
class Rule:
    """A recurring day as printed: `text[start:end]`; several `rrules` where one RRULE cannot say it (10/6 and 25/11)."""

    start: int
    end: int
    rrules: tuple[str, ...]
    name: str


def spoken(folded: str) -> list[Rule]:
    """Recurring days that say themselves how often they come."""
    return [*_quarterly(folded), *_monthly(folded), *_yearly(folded), *_weekly(folded), *_daily(folded)]


def rule(match: re.Match[str], name: str, *rrules: str) -> Rule:
    return Rule(match.start(), match.end(), rrules, name)


def month_day(day: str) -> int | None:
    return int(day) if 1 <= int(day) <= 31 else None


def quarter_days(months: tuple[int, ...] | list[int], day: int) -> str:
    return f"FREQ=MONTHLY;BYMONTH={','.join(map(str, months))};BYMONTHDAY={day}"


def _quarterly(folded: str) -> Iterator[Rule]:
    for match in _OFQUARTER_MONTHS.finditer(folded):
        if day := month_day(match["day"]):
            yield rule(match, "quarterly", quarter_days(QUARTER_MONTHS[match["place"]], day))
    for match in _OF_MONTHS.finditer(folded):
        months = sorted({int(m) for m in re.findall(r"\d+", match["months"])})
        if (day := month_day(match["day"])) and months[-1] <= 12:
            freq = "MONTHLY" if len(months) > 2 else "YEARLY"
            yield rule(match, "months", f"FREQ={freq};BYMONTH={','.join(map(str, months))};BYMONTHDAY={day}")


def _monthly(folded: str) -> Iterator[Rule]:
    for match in _OF_MONTH.finditer(folded):
        days = [int(d) for d in (match["day"], *re.findall(r"\d+", match["more"]))]
        if " den" in match["more"]:
            days = days[-1:]
        if all(1 <= d <= 31 for d in days):
            yield rule(match, "monthly", f"FREQ=MONTHLY;BYMONTHDAY={','.join(map(str, days))}")
    for match in _LAST_DAY.finditer(folded):
        freq = "FREQ=MONTHLY" + (";BYMONTH=3,6,9,12" if match["of"] == "quy" else "")
        day = ";BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1" if match["working"] else ";BYMONTHDAY=-1"
        yield rule(match, "last-day", freq + day)


def _yearly(folded: str) -> Iterator[Rule]:
    """`ngày 25/11 hằng năm`, `15/6 và 15/12 hằng năm`, `tháng 12 hằng năm`."""
    here = [m for m in moments(folded) if m.year is None and m.kind != "half"]
    while here:
        group = [here.pop(0)]
        while here and _JOINED.fullmatch(folded[group[-1].end : here[0].start]):
            group.append(here.pop(0))
        if (after := _YEARLY_AFTER.match(folded, group[-1].end)) and (rules := yearly_rules(group)):
            yield Rule(group[0].start, after.end(), rules, "yearly")


def yearly_rules(group: list[Moment]) -> tuple[str, ...]:
    days: dict[int, list[int]] = {}
    for moment in group:
        if moment.month is None or not 1 <= moment.month <= 12:
            return ()
        day = moment.day or _LAST_OF_MONTH[moment.month]
        if not 1 <= day <= 31:
            return ()
        days.setdefault(day, []).append(moment.month)
    return tuple(f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))};BYMONTHDAY={day}" for day, months in days.items())


def _weekly(folded: str) -> Iterator[Rule]:
    for pattern in (_OF_WEEK, _WEEK_FIRST):
        for match in pattern.finditer(folded):
            yield rule(match, "weekly", f"FREQ=WEEKLY;BYDAY={by_day(match['days'])}")


def by_day(days: str) -> str:
    return ",".join("SU" if sunday else _DAYS[day] for day, sunday in re.findall(r"thu (\w+)|(chu nhat)", days))


def _daily(folded: str) -> Iterator[Rule]:
    for match in _OF_DAY.finditer(folded):
        yield rule(match, "daily", "FREQ=DAILY")
    for match in _DAY_FIRST.finditer(folded):
        yield rule(match, "daily-before" if match["lead"] in ("truoc", "cham nhat") else "daily", "FREQ=DAILY")
