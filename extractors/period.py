"""Kỳ báo cáo: the stretch of time that a báo cáo reports on (docs/record.md, Report)."""

import re
from collections.abc import Sequence
from datetime import timedelta

from extractors._citations import citations
from extractors._evidence import least_confidence
from extractors._markers import readings
from extractors._paragraphs import Paragraph
from extractors._reckoning import Reckoning
from extractors._stretches import Stretch, stretches
from extractors._zones import Zones
from models.document import Document
from models.found import Found, Span, exclude
from models.record import ReportPeriod
from models.text import fold, one_line

REPORT = "báo cáo"
_OPENING = 6
_DATA = re.compile(r"\b(?:so lieu|ky bao cao|thoi gian bao cao|chot|ket qua|tinh hinh)\b[^;.]{0,110}$")
_REPORTS = re.compile(r"\bbao cao\b")
_NEXT = re.compile(
    r"\b(?:phuong huong|du kien)\b"
    r"|(?:[;,]|\bva)\s*(?:mot so )?(?:trong tam )?(?:nhiem vu|ke hoach|muc tieu|giai phap|chuong trinh cong tac)\b"
)
_AHEAD = timedelta(days=45)
"""A period may end so long after the report was signed: reports of a month or a quarter are due before its end."""


def find(
    *, document: Document, zones: Zones, paragraphs: tuple[Paragraph, ...], reckoning: Reckoning, doc_type: Found[str] | None
) -> Found[ReportPeriod] | None:
    """Kỳ báo cáo: printed days of the data first, then the period that the title names, then the one the opening names.

    A month, quarter or year named without days is its days of the calendar; several at once are taken from the first to the last day.
    """
    if doc_type is None or doc_type.value != REPORT:
        return None
    title = _title(zones)
    opening = _opening(paragraphs)
    found = (
        _days(title, reckoning)
        or next((days for text in opening if (days := _days(text, reckoning, cued=True))), None)
        or _named(title, reckoning)
        or next((named for text in opening if (named := _in_opening(text, reckoning))), None)
    )
    return _found(document, *found) if found else None


_Place = tuple[Paragraph, list[Stretch], str]


def _title(zones: Zones) -> Paragraph:
    """The lines under the type's name as one text."""
    text, offsets = "", list[int]()
    for line in zones.title[1:]:
        if text:
            text, offsets = f"{text} ", [*offsets, offsets[-1] + 1]
        for n, word in enumerate(line.line.words):
            blank = bool(n)
            text += f"{' ' if blank else ''}{word.text}"
            offsets += [word.start - 1] * blank + [*range(word.start, word.end)]
    return Paragraph(text, tuple(offsets))


def _opening(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """What stands before the first heading, item or table."""
    found: list[Paragraph] = []
    for paragraph in paragraphs[:_OPENING]:
        if paragraph.zone != "body" or paragraph.table is not None or readings(paragraph.text):
            break
        found.append(paragraph)
    return found


def _free(paragraph: Paragraph, reckoning: Reckoning) -> list[Stretch]:
    """Stretches of a text that belong to no cited document."""
    cited = citations(paragraph.text, reckoning.year)
    return [s for s in stretches(paragraph.text, reckoning.year) if not any(c.start <= s.start < c.end for c in cited)]


def _days(paragraph: Paragraph, reckoning: Reckoning, *, cued: bool = False) -> _Place | None:
    folded = fold(paragraph.text)
    days = [s for s in _free(paragraph, reckoning) if s.form == "days"]
    for stretch in days:
        if cued and not _DATA.search(folded, 0, stretch.start):
            exclude("period.not-of-the-data", paragraph.span(stretch.start, stretch.end))
    kept = [s for s in days if not cued or _DATA.search(folded, 0, s.start)]
    return (paragraph, kept, "days") if kept else None


def _named(paragraph: Paragraph, reckoning: Reckoning, start: int = 0, rule: str = "title") -> _Place | None:
    """Named before what is planned next; a span of years only where nothing shorter is named."""
    free = [s for s in _free(paragraph, reckoning) if s.start >= start]
    after = _NEXT.search(fold(paragraph.text), start)
    done = [s for s in free if after is None or s.start < after.start()] or free
    for stretch in (s for s in free if s not in done):
        exclude("period.planned-next", paragraph.span(stretch.start, stretch.end))
    kept = [s for s in done if s.form != "years"] or done
    settled = [_settled(s, reckoning) for s in kept]
    return (paragraph, settled, rule) if settled else None


def _in_opening(paragraph: Paragraph, reckoning: Reckoning) -> _Place | None:
    cue = next(iter([*_REPORTS.finditer(fold(paragraph.text))][-1:]), None)
    return _named(paragraph, reckoning, cue.end(), "opening") if cue else None


def _settled(stretch: Stretch, reckoning: Reckoning) -> Stretch:
    """`tháng 12, nhiệm vụ tháng 01 năm 2026` of January: a period that was printed without its year and lies ahead is the last one."""
    if stretch.dated or not reckoning.floor or stretch.last <= reckoning.floor + _AHEAD:
        return stretch
    first, last = (
        day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day) for day in (stretch.first, stretch.last)
    )
    return Stretch(stretch.start, stretch.end, first, last, stretch.form, dated=False)


def _found(document: Document, paragraph: Paragraph, kept: Sequence[Stretch], rule: str) -> Found[ReportPeriod]:
    start, end = min(s.start for s in kept), max(s.end for s in kept)
    period = ReportPeriod(one_line(paragraph.text[start:end]).strip(" ("), min(s.first for s in kept), max(s.last for s in kept))
    span = paragraph.span(start, end)
    sure = least_confidence(document, span.start, span.end)
    return Found.at(
        document, period, f"period.{rule}", {"days": 0.95, "title": 0.92, "opening": 0.85}[rule] * sure, Span(span.start, span.end)
    )
