"""Ngày, tháng, năm ban hành (Decree 30/2020, Annex I, box 4)."""

import re
from datetime import date

from extractors import _hand
from extractors._caption import Caption
from extractors._evidence import least_confidence, real_date
from extractors._layout import Placed
from extractors._place_date import PlaceDate
from models.context import Context
from models.document import Box, Document
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


def find(
    *, document: Document, place_date: PlaceDate | None, caption: tuple[Caption, ...], code: Found[str] | None, context: Context
) -> Found[date] | None:
    """Ngày ban hành; value None where day or month is blank or cannot be read; the day of a digital signature is a candidate.

    A day that was not read in the header is taken from the caption of an annex that bears the document's own number.
    """
    own = _in_header(document, place_date, context)
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
    day, month, year = (re.sub(r"[^\w]", "", match[name]) for name in ("day", "month", "year"))
    by_hand = _day_place(document, place_date)
    written = _hand.number(line.page, by_hand, day) if by_hand else None
    issued = real_date(day, _month(month), year)
    signed = (context.signed_on.isoformat(),) if context.signed_on else ()
    sure = min(least_confidence(document, line.line.start + match.start(n), line.line.start + match.end(n)) for n in ("month", "year"))
    if (
        issued
        and issued.year >= _FIRST_YEAR
        and sure >= _SURE
        and least_confidence(document, span.start, line.line.start + match.end("day")) >= _least(line, by_hand)
    ):
        return Found.at(document, issued, "issued_on.place-date", 0.98 * sure, span)
    if written and sure >= _SURE and (read := real_date(written[0], _month(month), year)):
        return Found.at(document, read, "issued_on.hand", 0.85 * written[1], span, candidates=signed)
    if issued is None or issued.year < _FIRST_YEAR:
        blank = not (day and month)
        return Found.at(document, None, "issued_on.day-blank" if blank else "issued_on.unread", 0.3, span, candidates=signed)
    return Found.at(document, None, "issued_on.doubtful", 0.5, span, candidates=(issued.isoformat(), *signed))


def _least(line: Placed, by_hand: Box | None) -> float:
    return _SURE_BY_HAND if by_hand and _hand.over(line.page, by_hand) else _SURE


def _month(month: str) -> str:
    return str(_MONTHS.get(month, month))


def _day_place(document: Document, place_date: PlaceDate) -> Box | None:
    """Where the day stands: between `ngày` and `tháng`."""
    line, match = place_date.line, place_date.match
    place = document.locate(line.line.start + match.start(), line.line.start + match.end("day") + 1)
    return place[1] if place else None
