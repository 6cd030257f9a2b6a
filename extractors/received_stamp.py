"""Dấu ĐẾN: the receiving office's number and day (Decree 30/2020, Annex IV)."""

import re
from dataclasses import replace
from datetime import date, timedelta

from extractors._evidence import from_lines, real_date
from extractors._layout import Placed
from extractors._zones import Zones
from models.document import Document
from models.found import Found
from models.record import ReceivedStamp
from models.text import fold

_NUMBER = re.compile(r"\bso\b\s*[:.]?\s*(?:den\s*[:.]?\s*)?(\d{1,6})\b")
_DAY = re.compile(r"\bngay\b\s*[:.]?\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{4}|\d{2}))?\b")
_SURE = 0.93  # these numbers are written by hand
_LATEST = timedelta(45)
_SURE_OF_MARK = 0.8  # whoever reads the mark leaves out what is not sure


def find(*, document: Document, zones: Zones, issued_on: Found[date] | None) -> Found[ReceivedStamp] | None:
    """Số đến, ngày đến, each None where not legible or not filled in; None where there is no stamp."""
    own = issued_on.value if issued_on else None
    if zones.stamp:
        stamp = _read("\n".join(_sure_text(line) for line in zones.stamp), own)
        return from_lines(document, stamp, "received_stamp.print", 0.9, zones.stamp)
    for page in document.pages:
        for mark in page.marks:
            if mark.kind == "received_stamp":
                stamp = _read(mark.text, own) if mark.confidence >= _SURE_OF_MARK else ReceivedStamp(None, None)
                if stamp.date and not _likely(stamp.date, issued_on):
                    stamp = replace(stamp, date=None)
                return Found(stamp, "received_stamp.mark", mark.confidence, (), page.number, mark.box)
    return None


def _likely(received: date, issued_on: Found[date] | None) -> bool:
    """False for a day by hand before the document's own, or so long after it that one of the two may be misread."""
    return issued_on is None or issued_on.value is None or timedelta(0) <= received - issued_on.value <= _LATEST


def _sure_text(line: Placed) -> str:
    """The words of a stamp's line, those that a scan does not show for certain as a mark."""
    return " ".join(
        w.text if w.confidence >= _SURE or line.page.source != "ocr" or not re.search(r"\d", w.text) else "…" for w in line.line.words
    )


def _read(text: str, own: date | None) -> ReceivedStamp:
    folded = fold(text)
    number, day = _NUMBER.search(folded), _DAY.search(folded)
    return ReceivedStamp(number[1] if number else None, _day(day[1], day[2], day[3] or "", own) if day else None)


def _day(day: str, month: str, printed: str, own: date | None) -> date | None:
    """A day of arrival; where no year is written it is that of the document's own day, or the next one if the year turned between."""
    if printed or own is None:
        return real_date(day, month, "20" + printed if len(printed) == 2 else printed)
    same, following = (real_date(day, month, str(year)) for year in (own.year, own.year + 1))
    return following if following and following - own <= _LATEST else same
