"""Văn bản viện dẫn: every other document cited by number, in order of first mention, each code once (docs/record.md)."""

import re
from dataclasses import replace

from extractors._citations import Citation
from extractors._cited import Cited
from models.document import Document
from models.found import Found, exclude
from models.record import Reference


def find(*, document: Document, cited: tuple[Cited, ...]) -> tuple[Found[Reference], ...]:
    """Văn bản viện dẫn: what any mention prints of a document's type, date and author is kept with it."""
    first: dict[str, Cited] = {}
    known: dict[str, Citation] = {}
    for mention in cited:
        key = code_key(mention.citation.code)
        if key in first:
            exclude("references.cited-before", mention.span)
        first.setdefault(key, mention)
        known[key] = _fill(known[key], mention.citation) if key in known else mention.citation
    return tuple(_found(document, first[key], known[key]) for key in first)


def code_key(code: str) -> str:
    """A code for comparing: leading zeros of its number are often left out where it is cited."""
    return re.sub(r"^0+(?=\d)", "", code).upper()


def _fill(known: Citation, also: Citation) -> Citation:
    return replace(
        known,
        doc_type=known.doc_type or also.doc_type,
        issued_on=known.issued_on or also.issued_on,
        issuer=known.issuer or also.issuer,
        confidence=max(known.confidence, also.confidence),
    )


def _found(document: Document, first: Cited, known: Citation) -> Found[Reference]:
    reference = Reference(known.code, known.doc_type, known.issued_on, known.issuer)
    return Found.at(document, reference, "references.cited", known.confidence * first.read, first.span)
