"""Các lần viện dẫn: every citation of the document with its place, the document's own code and captions of its annexes left out."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from extractors._citations import Citation, citations
from extractors._codes import AS_PRINTED
from extractors._evidence import least_confidence
from extractors._paragraphs import Paragraph
from extractors._reckoning import Reckoning
from models.document import Document
from models.found import Found, Span, exclude

_CAPTION = re.compile(r"\s*[\[(]?\s*(?:Ban hành )?kèm theo (?!:)(?!các\b)", re.IGNORECASE)


class Cited(NamedTuple):
    """A citation, where it stands, how well its code was read, and the paragraph (its number, -1 for the subject) it stands in."""

    citation: Citation
    span: Span
    read: float
    paragraph: int


def find(
    *,
    document: Document,
    paragraphs: tuple[Paragraph, ...],
    subject: Found[str] | None,
    code: Found[str] | None,
    reckoning: Reckoning,
) -> tuple[Cited, ...]:
    """Mọi lần viện dẫn in reading order: subject, body, annexes."""
    own = _key(code.value) if code and code.value else None
    symbols = {_symbol(c) for c in (code.value, *code.candidates) if c} if code else set()
    found = [*_in_subject(subject, reckoning.year)]
    for number, paragraph in enumerate(paragraphs):
        if paragraph.table is None and _CAPTION.match(paragraph.text) and (paragraph.zone == "annex" or len(paragraph.text) < 160):
            continue
        in_caption = paragraph.zone == "annex" and paragraph.table is None and paragraph.text.rstrip().endswith(")")
        for part in paragraph.cells or (paragraph,):
            here = _in_text(document, part, number, reckoning.year)
            found += (c for c in here if not (in_caption and _is_ours(c.citation, symbols, reckoning)))
    ours = [c for c in found if _key(c.citation.code) == own and not _of_another(c.citation, reckoning)]
    for mention in ours:
        exclude("references.own-code", mention.span)
    return tuple(c for c in found if c not in ours)


def _symbol(code: str) -> str:
    return re.sub(r"^\d*[a-zđ]?[-/]", "", code).upper()


def _is_ours(citation: Citation, symbols: set[str], reckoning: Reckoning) -> bool:
    """In the caption of an annex, where the number is written by hand: our symbol, and a date of our month."""
    day, floor = citation.issued_on, reckoning.floor
    return _symbol(citation.code) in symbols and (day is None or floor is None or (day.year, day.month) == (floor.year, floor.month))


def _of_another(citation: Citation, reckoning: Reckoning) -> bool:
    """The document's own number in another's hand: an author is named, and another day (`Báo cáo số 96/BC-UBND ngày … của UBND xã …`)."""
    return bool(citation.issuer and citation.issued_on and reckoning.floor) and citation.issued_on != reckoning.floor


def _key(code: str) -> str:
    return re.sub(r"^0+(?=\d)", "", code).upper()


def _in_subject(subject: Found[str] | None, year: int | None) -> Iterator[Cited]:
    if subject and subject.value and subject.spans:
        for citation in citations(subject.value, year):
            span = Span(subject.spans[0].start, subject.spans[-1].end)
            yield Cited(citation, span, subject.confidence, -1)


def _in_text(document: Document, part: Paragraph, number: int, year: int | None) -> Iterator[Cited]:
    for citation in citations(part.text, year) if part.text else ():
        span = part.span(citation.start, citation.end)
        read = least_confidence(document, span.start, span.end)
        yield Cited(_as_printed(citation) if read >= AS_PRINTED else citation, span, read, number)


def _as_printed(citation: Citation) -> Citation:
    """Of a text layer only what such layers lose is put right: a hyphen, the stroke of Đ; an odd symbol is the writer's own."""
    lost = re.sub(r"\W", "", citation.code.replace("Đ", "D")) == re.sub(r"\W", "", citation.printed.replace("Đ", "D"))
    return citation if lost else replace(citation, code=citation.printed)
