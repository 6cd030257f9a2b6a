"""Cơ quan, tổ chức chủ quản trực tiếp (Decree 30/2020, Annex I, box 2)."""

from extractors._evidence import from_lines
from extractors._issuing import Issuing, name_of
from extractors._voting import settle_tail
from models.document import Document
from models.found import Found


def find(*, document: Document, issuing: Issuing) -> Found[str] | None:
    """Cơ quan chủ quản printed over the issuer, in normal case; None where there is none."""
    if not issuing.parent:
        return None
    return from_lines(document, settle_tail(document, name_of(issuing.parent), issuing.parent), "parent.header", 0.95, issuing.parent)
