"""Thời hạn: every time limit that the document sets for something to be done (docs/record.md, Deadlines)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from extractors._citations import citations
from extractors._due_cells import Columns, cell_limits, deadline_columns
from extractors._frame import Frame, Verdict
from extractors._judge import REPORTS, judge
from extractors._limits import Phrase, phrases
from extractors._paragraphs import Paragraph
from extractors._reckoning import Reckoning
from extractors._sentences import sentences
from extractors._setting import Setting, settings
from extractors._signals import Signals, signals
from models.document import Document
from models.found import Found, Span, exclude
from models.record import Deadline

_ALLOWED = 0.05
"""Recognition is seldom wholly sure of a figure that it has read right."""
_HURT = 0.7
"""A figure that was read as a letter may be another one."""
_TELLING = 6
"""Words from which a cell outside the columns of limits may order something by a date."""
_IN_CELL = re.compile(r"\.(?:before|period|recurring)")
_LAW = re.compile(
    r"(?:Luật|Nghị định|Thông tư|Pháp lệnh)[^.]{0,200} quy định "
    r"|^\W*Theo (?:quy định (?:tại |của )?)?(?:khoản|Điều|điểm|Luật|Bộ luật|Nghị định|Thông tư)\b"
)
_TIME = re.compile(r"\d|tháng|quý|tuần|ngày|giờ", re.IGNORECASE)


def find(
    *, document: Document, paragraphs: tuple[Paragraph, ...], reckoning: Reckoning, doc_type: Found[str] | None
) -> tuple[Found[Deadline], ...]:
    """Thời hạn in order of print; each with the phrase that sets it; needs a look where its rule is weak or its words were read badly."""
    kind = doc_type.value if doc_type else None
    if kind in REPORTS:
        exclude("deadlines.report", *(doc_type.spans if doc_type else ()))
        return ()
    found: list[Found[Deadline]] = []
    table: int | None = None
    columns = Columns()
    width = 0
    for paragraph, setting in zip(paragraphs, settings(paragraphs, reckoning, kind), strict=True):
        if paragraph.table is None:
            found += _prose(document, paragraph, setting)
        elif paragraph.table != table:
            heads = deadline_columns(paragraph, setting.frame)
            # A table that goes on over a page may be counted as a new one; its first row is then no head.
            goes_on = not heads.due and columns.due and len(paragraph.cells) == width
            found += _row(document, paragraph, columns, setting) if goes_on else ()
            columns = columns if goes_on else heads
            table, width = paragraph.table, len(paragraph.cells)
        else:
            found += _row(document, paragraph, columns, setting)
    return tuple(found)


def _prose(document: Document, paragraph: Paragraph, setting: Setting) -> Iterator[Found[Deadline]]:
    def refused(phrase: Phrase, verdict: Verdict) -> None:
        exclude(f"deadlines.{verdict.rule}", paragraph.span(phrase.start, phrase.end))

    here = limits(paragraph.text, setting.frame, effective_at_signing=setting.effective_at_signing, refused=refused)
    for phrase, deadline, rule, confidence in here:
        yield _found(document, paragraph, phrase.start, phrase.end, deadline, rule, confidence)


def limits(
    text: str, frame: Frame, *, effective_at_signing: bool = False, refused: Callable[[Phrase, Verdict], None] | None = None
) -> Iterator[tuple[Phrase, Deadline, str, float]]:
    """Limits of a paragraph: the phrase (places in `text`), what it says, the rule, and how sure; `refused` is told of the others."""
    for phrase, verdict in considered(text, frame, effective_at_signing=effective_at_signing):
        if not verdict.accepted and refused:
            refused(phrase, verdict)
        if verdict.accepted:
            for deadline in phrase.deadlines(text, frame.year_of(phrase)):
                yield phrase, deadline, verdict.rule, verdict.confidence * (_HURT if phrase.hurt else 1)


def considered(text: str, frame: Frame, *, effective_at_signing: bool = False) -> Iterator[tuple[Phrase, Verdict]]:
    """Every time expression of a paragraph (places in `text`) with the verdict on it: the rule that takes it, or the exclusion."""
    if not _TIME.search(text):
        return
    law = False
    for start, end in sentences(text):
        sentence = text[start:end]
        here = phrases(sentence, effective_at_signing=effective_at_signing)
        around = signals(sentence) if here else Signals(sentence, ())
        cited = citations(sentence, frame.year) if here else []
        for phrase in here:
            of_citation = any(c.start <= phrase.start < c.end for c in cited)
            verdict = (
                Verdict(False, "date-of-a-cited-document") if of_citation else judge(sentence, phrase, replace(frame, law=law), around)
            )
            yield phrase.moved(start), verdict
        law = law or bool(_LAW.search(sentence))


def _row(document: Document, row: Paragraph, columns: Columns, setting: Setting) -> Iterator[Found[Deadline]]:
    for column, cell in enumerate(row.cells):
        if column in columns.due and cell.text:
            here = list(cell_limits(cell.text, setting.frame))
            if not here:
                exclude("deadlines.no-limit-in-cell", cell.span(0, len(cell.text)))
            for start, end, deadline, confidence in here:
                yield _found(document, cell, start, end, deadline, "cell", confidence)
        elif column not in columns.other and len(cell.text.split()) > _TELLING:
            yield from (f for f in _prose(document, cell, setting) if _IN_CELL.search(f.rule))


def _found(
    document: Document, paragraph: Paragraph, start: int, end: int, deadline: Deadline, rule: str, confidence: float
) -> Found[Deadline]:
    span = paragraph.span(start, end)
    return Found.at(document, deadline, f"deadlines.{rule}", confidence * _read(document, span), span)


def _read(document: Document, span: Span) -> float:
    """How well the figures of the phrase were read: a date is as sure as its worst figure."""
    figures = (w.confidence for _, w in document.words_between(span.start, span.end) if any(c.isdigit() for c in w.text))
    return min(1.0, min(figures, default=1.0) + _ALLOWED)
