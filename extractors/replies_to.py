"""Văn bản được trả lời, thực hiện: references that the opening says the document carries out, answers, decides or reports on."""

import re
from collections.abc import Iterator, Sequence

from extractors._cited import Cited
from extractors._opening import answered
from extractors._paragraphs import Paragraph
from extractors._sentences import sentences
from extractors.references import code_key
from models.document import Document
from models.found import Found, exclude
from models.record import Reference

_MARKED = re.compile(r"\s*(?:[IVX]{1,4}[.\-/)]|\d{1,2}[.)\-/]|[a-zđ]\)|Điều \d|Chương |Phần )")
_ANNOUNCES = re.compile(r"\b(?:báo cáo|trả lời|thông báo|kết luận|có ý kiến|giải trình|đề nghị|yêu cầu)\b[^;.]{0,120}\bnhư sau\s*:\s*$")
"""What comes after `…, UBND xã báo cáo như sau:` is the content, and answers nothing."""

_OPENING = 14
_SURE = 0.93


def find(
    *,
    document: Document,
    paragraphs: tuple[Paragraph, ...],
    cited: tuple[Cited, ...],
    references: tuple[Found[Reference], ...],
    doc_type: Found[str] | None,
    subject: Found[str] | None,
) -> tuple[Found[str], ...]:
    """Các văn bản được trả lời, in the order of the references."""
    kind = doc_type.value if doc_type else None
    reached: dict[str, Cited] = {}
    for answer in _answered(paragraphs, cited, kind, subject):
        reached.setdefault(code_key(answer.citation.code), answer)
    found = []
    for reference in references:
        mention = reached.get(code_key(reference.value.code)) if reference.value else None
        if mention and reference.value:
            found.append(Found.at(document, reference.value.code, "replies_to.opening", _SURE * reference.confidence, mention.span))
        else:
            exclude("replies_to.not-answered", *reference.spans)
    return tuple(found)


def _answered(paragraphs: Sequence[Paragraph], cited: Sequence[Cited], kind: str | None, subject: Found[str] | None) -> Iterator[Cited]:
    if subject and subject.value:
        yield from _in_sentence(subject.value, 0, len(subject.value), [c for c in cited if c.paragraph < 0], kind)
    for number in _opening(paragraphs):
        here = [c for c in cited if c.paragraph == number]
        if here:
            for start, end in sentences(paragraphs[number].text):
                yield from _in_sentence(paragraphs[number].text, start, end, here, kind)


def _in_sentence(text: str, start: int, end: int, here: Sequence[Cited], kind: str | None) -> Iterator[Cited]:
    inside = [c for c in here if start <= c.citation.start < end]
    marks = [(c.citation.start - start, c.citation.end - start, c.citation.doc_type) for c in inside]
    for at in answered(text[start:end], marks, kind):
        yield inside[at]


def _opening(paragraphs: Sequence[Paragraph]) -> Iterator[int]:
    """Numbers of the paragraphs before the first item, article, heading or table."""
    for number, paragraph in enumerate(paragraphs[:_OPENING]):
        if paragraph.zone != "body" or paragraph.table is not None or _MARKED.match(paragraph.text):
            return
        yield number
        if _ANNOUNCES.search(paragraph.text):
            return
