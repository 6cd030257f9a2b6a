"""Ngày, tháng, năm ban hành (Decree 30/2020, Annex I, box 4)."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from extractors import _hand
from extractors._caption import Caption
from extractors._evidence import least_confidence, real_date
from extractors._lives import lived
from extractors._place_date import PlaceDate
from models.context import Context
from models.document import Document, Mark
from models.found import Found, Span

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("mot gieng", "hai", "ba", "tu bon", "nam", "sau", "bay", "tam", "chin", "muoi", "muoimot", "muoihai chap"), 1
    )
    for name in names.split()
}
_FIRST_YEAR = 1945
_SURE = 0.86
_SURE_BY_HAND = 0.95
_OF_NOBODY = 0.6


def find(
    *,
    document: Document,
    place_date: PlaceDate | None,
    caption: tuple[Caption, ...],
    code: Found[str] | None,
    issuer: Found[str] | None,
    context: Context,
) -> Found[date] | None:
    """Ngày ban hành; value None where day or month is blank or cannot be read; the day of a digital signature is a candidate.

    A day that was not read in the header is taken from the caption of an annex that bears the document's own number. A day on which
    there was no such issuer needs a look.
    """
    own = _in_header(document, place_date, context)
    if own and own.value and issuer and issuer.value and not lived(issuer.value, own.value):
        return replace(own, rule="issued_on.no-such-issuer-then", confidence=min(own.confidence, _OF_NOBODY))
    if own is None or own.value is not None or code is None or code.value is None:
        return own
    return next((found for c in caption if c.code.code == code.value and (found := _from_caption(document, own, c))), own)


def _from_caption(document: Document, own: Found[date], caption: Caption) -> Found[date] | None:
    sure = least_confidence(document, caption.span.start, caption.span.end)
    if caption.issued_on is None or sure < _SURE:
        return None
    return Found.at(document, caption.issued_on, "issued_on.caption", 0.88 * sure, caption.span, candidates=own.candidates)


def _in_header(document: Document, place_date: PlaceDate | None, context: Context) -> Found[date] | None:
    if place_date is None:
        return None
    line, match = place_date.line, place_date.match
    span = Span(line.line.start + match.start(), line.line.start + match.end())
    signed = (context.signed_on.isoformat(),) if context.signed_on else ()
    days, months = _by_hand(document, place_date)
    known = (str(context.signed_on.day), str(context.signed_on.month)) if context.signed_on else ("", "")
    day, month = _part(document, place_date, "day", days, known[0]), _part(document, place_date, "month", months, known[1])
    sure = _sure(document, place_date, "year")
    if day and month and sure >= _SURE and (read := real_date(day.text, month.text, _year(match))) and read.year >= _FIRST_YEAR:
        written = [part.sure for part in (day, month) if part.by_hand]
        if written and context.signed_on and read != context.signed_on:
            return Found.at(document, None, "issued_on.doubtful", 0.5, span, candidates=(read.isoformat(), *signed))
        if written:
            return Found.at(document, read, "issued_on.hand", 0.85 * min(written), span, candidates=signed)
        return Found.at(document, read, "issued_on.place-date", 0.98 * min(month.sure, sure), span)
    seen = _printed(match, "day"), _printed(match, "month")
    issued = real_date(*seen, _year(match))
    if issued is None or issued.year < _FIRST_YEAR:
        return Found.at(document, None, "issued_on.unread" if all(seen) else "issued_on.day-blank", 0.3, span, candidates=signed)
    return Found.at(document, None, "issued_on.doubtful", 0.5, span, candidates=(issued.isoformat(), *signed))


class _Part(NamedTuple):
    text: str
    sure: float
    by_hand: bool


def _part(document: Document, place_date: PlaceDate, name: str, marks: Sequence[Mark], signed: str) -> _Part | None:
    """Day or month as printed, or as a hand wrote it; None where it cannot be relied on. `signed`: that of a digital signature."""
    printed = _printed(place_date.match, name)
    sure = _sure(document, place_date, name)
    if printed and sure >= (_SURE_BY_HAND if marks else _SURE) and not _hand.denied(marks, printed):
        return _Part(printed, sure, False)
    start, match = place_date.line.line.start, place_date.match
    own = _hand.is_own(document, start + match.start(name), start + match.end(name), marks)
    written = _hand.number(marks, "" if own else printed, signed)
    return _Part(*written, True) if written else None


def _printed(match: re.Match[str], name: str) -> str:
    text = re.sub(r"[^\w]", "", match[name])
    return _month(text) if name == "month" else text


def _year(match: re.Match[str]) -> str:
    return re.sub(r"[^\w]", "", match["year"])


def _sure(document: Document, place_date: PlaceDate, name: str) -> float:
    """Confidence of the words of a part; of the day, that of `ngày` too."""
    start, match = place_date.line.line.start, place_date.match
    return least_confidence(document, start + match.start(0 if name == "day" else name), start + match.end(name))


def _month(month: str) -> str:
    return str(_MONTHS.get(month, month))


def _by_hand(document: Document, place_date: PlaceDate) -> tuple[list[Mark], list[Mark]]:
    """Marks of handwriting before `tháng`, and after it."""
    line, match = place_date.line, place_date.match
    at = line.line.start
    day, month = (
        document.locate(at + a, at + b) for a, b in ((match.start(), match.end("day") + 1), (match.end("day"), match.end("month") + 1))
    )
    name = document.locate(at + match.end("day"), at + match.end("day") + len("tháng"))
    if not day or not month or not name:
        return [], []
    edge = name[1].right - name[1].height / 2
    days = [m for m in _hand.over(line.page, day[1]) if m.box.middle[0] < edge]
    return days, [m for m in _hand.over(line.page, month[1]) if m.box.middle[0] >= edge]
