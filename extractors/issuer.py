"""Tên cơ quan, tổ chức ban hành văn bản (Decree 30/2020, Annex I, box 2)."""

from dataclasses import replace

from extractors._evidence import from_lines
from extractors._issuing import Issuing, is_doubtful, name_of
from extractors._voting import settle_tail
from models.document import Document
from models.found import Found


def find(*, document: Document, issuing: Issuing) -> Found[str] | None:
    """Cơ quan ban hành, its lines joined, in normal case."""
    if not issuing.issuer:
        return None
    name = settle_tail(document, name_of(issuing.issuer), issuing.issuer)
    if is_doubtful(issuing.issuer):
        return replace(from_lines(document, None, "issuer.doubtful", 0.5, issuing.issuer), candidates=(name,))
    return from_lines(document, name, "issuer.header", 0.97, issuing.issuer)
