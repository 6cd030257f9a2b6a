"""Cụm từ chỉ thời hạn: the words before a date that make it a limit (`trước ngày`, `chậm nhất`, `đến hết`, `trong quý`), and ranges.

Says what is printed; whether it is a limit that this document sets is judged in `_judge`. Patterns are on folded text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from extractors._dates import Moment, moments
from extractors._periods import Period, periods
from extractors._recurrence import TIME, WEEKDAY, Rule
from extractors._regime import recurrences
from models.record import Deadline
from models.text import fold

Cue = Literal["before", "until", "within", "at", "done", "from", "range", "period", "vague", "none"]

_BY = r"(?:(?:cham|muon|tre) nha[tl](?: la)?(?: (?:vao|den|trong|truoc|sau|het|cuoi|luc|hoi|khong qua))*)"
_BEFORE = (
    rf"(?:{_BY}|(?:tu nay )?(?:den )?(?:t?r?uoc|uuoc|truoe|trudc|trvoc)(?: hoac trong| va trong)?(?: (?:thoi diem|cuoi|het))?"
    r"|khong (?:duoc )?(?:qua|muon hon|cham hon|tre hon|de qua|cham qua))"
)
_LATEST = (
    r"(?:thoi )?han(?: (?:cuoi cung|cuoi|chot|nop|gui|bao cao|tra loi|hoan thanh|nhan|dang ky|gop y|phan hoi|bo sung|tiep nhan))*"
    r"(?: (?:ho so|bao cao|danh sach|y kien(?: gop y)?|van ban|bai(?: du thi)?|tai lieu|phieu|ket qua|don)\b)?"
    r"(?: (?:la|den|vao|truoc|trong|het))*"
)
_UNTIL = (
    r"(?:(?:ke )?tu (?:nay|gio) (?:cho )?(?:den|toi)(?: het| cuoi)?"
    r"|(?:keo dai|gia han|lui)(?: thoi gian| thoi han)?(?: them)? (?:den|toi|sang)(?: het)?"
    r"|(?:cho )?(?:den|toi)(?: (?:het|cuoi|truoc))?|het)"
)
_WITHIN = r"trong(?: (?:thoi gian|khoang|pham vi|cuoi|nua dau|nua cuoi))?"
_AT = r"(?:vao(?: (?:luc|hoi|cuoi|giua|khoang|dip))?|luc|hoi)"
_FROM = r"(?:(?:ke |bat dau |tinh )?tu(?: sau)?|sau|ke)"
_CUES: tuple[tuple[Cue, str], ...] = (
    ("before", rf"{_BEFORE}|{_LATEST}"),
    ("until", _UNTIL),
    ("within", _WITHIN),
    ("at", _AT),
    ("done", r"(?:hoan thanh|xong|hoan tat)"),
    ("from", _FROM),
)
_CUE = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _CUES)
_CLOCK = rf"(?:(?:luc |hoi )?{TIME}(?: (?:va|hoac) {TIME})?(?:,| ngay)?(?: cua)? )?"
_LEAD = re.compile(
    rf"(?<![\w/])(?:(?:{_CUE})[\s:]\s?)?(?P<tail>{_CLOCK}(?:(?:cua )?(?:buoi )?(?:sang|chieu|trua|toi|dem)(?: ngay)?,? )?"
    rf"(?:\(?{WEEKDAY}\)?,? )?(?:\(?(?:cac |cua )?(?:ngay|nguy|ngav|nga)[.,:]?\s?(?:(?:mai|hom nay|kia)\s?\()?"
    rf"|cuoi |nay,? \(?(?:ngay )?)?)$"
)
_BETWEEN = re.compile(
    rf" ?(?:\([^)]{{0,25}}\) ?)?(?:-|–|den|toi)(?: het)?(?: truoc)?"
    rf"(?: {TIME},?)?(?: (?:sang|chieu|toi))?(?: \(?{WEEKDAY}\)?,?)?(?: ?\(?ngay)? ?"
)
_FIRST_DAY = re.compile(rf"(?:(?:tu|vao|trong)\s)?(?:{TIME},? )?(?:(?:sang|chieu|dem) )?(?:\(?{WEEKDAY}\)?,? )?(?:cac )?(?:ngay )?$")
_BARE_FIRST = re.compile(
    r"(?:tu )?(?:cac )?ngay (?P<day>\d{1,2})(?: ?\([^)]{0,20}\))?(?:(?:, ?\d{1,2})*"
    r"(?: ?- ?| va | den het | den | den ngay | den het ngay |, ?|, ngay | va ngay ))$"
)
_HAS_TIME = re.compile(TIME)
_OPEN = re.compile(r"(?:den )?truoc ")
_AND = re.compile(r"(?:,| va)(?: thang)? ?")
_VAGUE = re.compile(
    r"(?:tuan(?: (?:dau|cuoi|thu \w+|\d))?|(?:thuong|trung|ha) tuan|dau|giua|nua dau|nua cuoi|khoang|nhung ngay \w+)(?: cua)? $"
)
_JOIN = re.compile(r"(?: ?\([^)]{0,60}\))?(?:,|;| va|, va| hoac)(?: cac)?(?: ngay)? ?")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A time expression with the words that lead to it, `text[start:end]`; `core` is the date, period or rule itself.

    `open_before`: `trước` a month, quarter or year, which ends before it begins; `timed`: a time of day stands in it.
    """

    start: int
    end: int
    cue: Cue
    core: Moment | Rule | Period
    first: Moment | None = None
    open_before: bool = False
    timed: bool = False

    @property
    def hurt(self) -> bool:
        """True where recognition took a figure for a letter."""
        return any(isinstance(m, Moment) and m.hurt for m in (self.core, self.first))

    def moved(self, by: int) -> "Phrase":
        """The same expression where the text it stands in begins `by` characters into a longer one."""
        return replace(self, start=self.start + by, end=self.end + by)

    def due_on(self, year: int | None) -> date | None:
        """The day it names, `year` where none is printed; `trước tháng 7/2026` ends with June."""
        if not isinstance(self.core, Moment):
            return None
        last = self.core.last_day(year)
        if last and self.open_before:
            months = {"month": 1, "quarter": 3, "half": 6, "year": 12}[self.core.kind]
            first = (last.year * 12 + last.month - months) % 12 + 1
            return date(last.year, first, 1) - timedelta(days=1)
        return last

    def deadlines(self, text: str, year: int | None) -> list[Deadline]:
        """What it says as values of the record."""
        printed = text[self.start : self.end].strip(" (,;:")
        if isinstance(self.core, Rule):
            return [Deadline(printed, recurring=rrule) for rrule in self.core.rrules]
        if isinstance(self.core, Period):
            return [Deadline(printed, relative=self.core.relative)]
        due = self.due_on(year)
        return [Deadline(printed, due_on=due)] if due else []


def phrases(text: str, *, effective_at_signing: bool = False, years: bool = False) -> list[Phrase]:
    """All time expressions of a sentence from left to right, not overlapping; `years`: `2026 - 2028` is a range too (in a table's cell)."""
    folded = fold(text)
    found: list[Phrase] = []
    for rule in recurrences(text):
        found.append(_led(folded, rule.start, rule.end, rule))
    for period in periods(text, effective_at_signing=effective_at_signing):
        found.append(Phrase(period.start, period.end, "period", period))
    free = [m for m in moments(text) if not _taken(found, m.start, m.end)]
    found += _dated(folded, free, years)
    return sorted(found, key=lambda p: p.start)


def _taken(found: Sequence[Phrase], start: int, end: int) -> bool:
    return any(start < p.end and p.start < end for p in found)


def _dated(folded: str, free: list[Moment], years: bool) -> Iterator[Phrase]:
    at = 0
    before: Phrase | None = None
    while at < len(free):
        here = free[at]
        after = free[at + 1] if at + 1 < len(free) else None
        if after and (span := _range(folded, here, after, years)) is not None:
            before = Phrase(span, after.end, "range", after, here)
            at += 1
        elif (start := _days_of_one_month(folded, here)) is not None:
            before = Phrase(start, here.end, _led(folded, start, here.end, here).cue, here)
        else:
            before = _inherit(folded, before, _led(folded, here.start, here.end, here))
        yield before
        at += 1


def _range(folded: str, first: Moment, last: Moment, years: bool) -> int | None:
    """Where a range of two dates begins, None where the two are no range."""
    between = folded[first.end : last.start]
    if not _BETWEEN.fullmatch(between) and not (_AND.fullmatch(between) and _follows(first, last)):
        return None
    if first.form == last.form == "year_alone" and not years:
        return None
    lead = _FIRST_DAY.search(folded, max(0, first.start - 60), first.start)
    return lead.start() if lead else first.start


def _follows(first: Moment, last: Moment) -> bool:
    """`tháng 6, 7/2026`: two months that follow each other, the year printed once."""
    return first.kind == last.kind == "month" and first.year is None and first.month == (last.month or 0) - 1


def _days_of_one_month(folded: str, here: Moment) -> int | None:
    """`ngày 25 và 26/11/2025`, `từ ngày 5 đến 9/7/2026`: where it begins; its day is the last."""
    if here.kind != "day":
        return None
    match = _BARE_FIRST.search(folded, max(0, here.start - 40), here.start)
    return match.start() if match and int(match["day"]) <= 31 else None


def _led(folded: str, start: int, end: int, core: Moment | Rule | Period) -> Phrase:
    """The expression with the words before it that lead to it."""
    low = max(0, start - 90)
    if _VAGUE.search(folded, max(0, start - 20), start) and not isinstance(core, Rule):
        return Phrase(start, end, "vague", core)
    match = _LEAD.search(folded, low, start)
    if not match:
        return Phrase(start, end, "none", core)
    cue: Cue = next((name for name, _ in _CUES if match.group(name)), "none")
    first = match.start()
    if cue == "done":
        first = match.start("tail")
    whole = isinstance(core, Moment) and core.kind != "day"
    return Phrase(
        first,
        end,
        cue,
        core,
        None,
        whole and bool(_OPEN.fullmatch(folded[first:start])),
        _HAS_TIME.search(folded, first, start) is not None,
    )


def _inherit(folded: str, before: Phrase | None, here: Phrase) -> Phrase:
    """`trước ngày 15/6 và 15/12/2026`: the second date takes the words of the first."""
    plain = here.cue == "none" and before is not None and before.cue in ("before", "until", "within", "at", "done")
    if plain and before is not None and isinstance(before.core, Moment) and _JOIN.fullmatch(folded[before.end : here.core.start]):
        return Phrase(here.start, here.end, before.cue, here.core)
    return here
