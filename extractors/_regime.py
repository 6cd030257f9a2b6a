"""Chế độ báo cáo: recurring days, those too that only the sentence round them tells how often they come.

`Chế độ báo cáo: tháng (trước ngày 20), quý (trước ngày 18 tháng cuối quý), 6 tháng (trước ngày 15/6), năm (trước ngày 05/12)`.
Patterns are on folded text.
"""

import re
from collections.abc import Iterator

from extractors._dates import moments
from extractors._recurrence import EVERY, QUARTER_MONTHS, TIME, WEEKDAY, Rule, by_day, month_day, quarter_days, rule, spoken, yearly_rules
from models.text import fold

_LED = r"\(?(?:truoc|cham nhat|vao)(?: la| vao)?"
_BARE_DAY = re.compile(r"\bngay (?P<day>\d{1,2})(?!\s?[/\-.\d]\s?\d|\d|\s?thang|\s?(?:,|va) \d)")
_SOME_MONTH = re.compile(r"\bngay (?P<day>\d{1,2}) (?:(?:cua|trong) )?thang (?P<place>dau|giua|thu hai|cuoi)\b")
_WEEK_REPORT = re.compile(rf"\bbao cao tuan[^,;.]{{0,30}}? {_LED} (?P<at>(?:{TIME},? )?(?:ngay )?(?P<days>{WEEKDAY}))")
_DAY_REPORT = re.compile(rf"\bbao cao (?:nhanh )?(?:{EVERY} )?ngay,? {_LED} (?P<at>{TIME})(?!,? ngay)")
_MONTHLY = re.compile(rf"\b(?:{EVERY} thang|bao cao thang)\b")
_OF_MONTH_REPORT = re.compile(rf"(?<!\d )\bthang,? {_LED} $")
_QUARTERLY = re.compile(rf"\b{EVERY} quy\b")
_YEARLY = re.compile(rf"\b(?:{EVERY} (?:nam|quy|thang)|dinh ky)\b")
_YEAR_REPORT = re.compile(r"\b(?:nam|\d{1,2} thang)\b[^,;]{0,30}$")


def recurrences(text: str) -> list[Rule]:
    """All recurring days of a sentence, left to right, not overlapping."""
    folded = fold(text)
    found: list[Rule] = []
    said = spoken(folded)
    for here in (*said, *_by_context(folded, regime=any("MONTHLY" in r for s in said for r in s.rrules))):
        if not any(here.start < other.end and other.start < here.end for other in found):
            found.append(here)
    return sorted(found, key=lambda r: r.start)


def _by_context(folded: str, *, regime: bool) -> Iterator[Rule]:
    """A day without a month, or without a year, in a sentence that says it comes every month or year; `regime`: another one does."""
    for match in _WEEK_REPORT.finditer(folded):
        yield Rule(match.start("at"), match.end(), (f"FREQ=WEEKLY;BYDAY={by_day(match['days'])}",), "weekly")
    for match in _DAY_REPORT.finditer(folded):
        yield Rule(match.start("at"), match.end(), ("FREQ=DAILY",), "daily")
    quarterly = _QUARTERLY.search(folded)
    for match in _SOME_MONTH.finditer(folded):
        if quarterly and quarterly.start() < match.start() and (day := month_day(match["day"])):
            yield rule(match, "quarterly-context", quarter_days(QUARTER_MONTHS[match["place"]], day))
    yield from _months(folded)
    yield from _years(folded, regime)


def _months(folded: str) -> Iterator[Rule]:
    monthly = _MONTHLY.search(folded)
    for match in _BARE_DAY.finditer(folded):
        said = (monthly and monthly.start() < match.start()) or _OF_MONTH_REPORT.search(folded, 0, match.start())
        if said and (day := month_day(match["day"])):
            yield rule(match, "monthly-context", f"FREQ=MONTHLY;BYMONTHDAY={day}")


def _years(folded: str, regime: bool) -> Iterator[Rule]:
    yearly = _YEARLY.search(folded)
    for moment in moments(folded):
        said = yearly or (regime and _YEAR_REPORT.search(folded, 0, moment.start))
        if said and moment.year is None and moment.kind == "day" and (rules := yearly_rules([moment])):
            yield Rule(moment.start, moment.end, rules, "yearly-context")
