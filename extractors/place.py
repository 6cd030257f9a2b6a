"""Địa danh ghi trên văn bản (Decree 30/2020, Annex I, box 4)."""

import re

from extractors._evidence import least_confidence
from extractors._learnt import mended
from extractors._place_date import PlaceDate
from extractors._voting import settle
from models.context import Context
from models.document import Document
from models.found import Found, Span
from models.text import one_line


def find(*, document: Document, place_date: PlaceDate | None, context: Context) -> Found[str] | None:
    """Địa danh: what stands before `, ngày …`; of several readings in the document the best is taken."""
    if place_date is None:
        return None
    line = place_date.line
    printed = line.text[: place_date.place_end]
    lead = len(printed) - len(printed.lstrip(" .,;:|_-'`"))
    name = one_line(printed).strip(" .,;:|_-'`")
    if not re.search(r"[^\W\d]{2}", name) or len(name) > 40:
        return None
    start, end = line.line.start + lead, line.line.start + place_date.place_end
    sure = least_confidence(document, start, end)
    value, factor = settle(document, name, sure)
    own = Found.at(document, value, "place.place-date", 0.97 * factor, Span(start, end))
    words = [word for _, word in document.words_between(start, end)]
    return mended(own, words, context.learnt.places, "place.learnt")
