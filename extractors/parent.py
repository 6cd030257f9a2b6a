"""Cơ quan, tổ chức chủ quản trực tiếp (Decree 30/2020, Annex I, box 2)."""

from extractors._evidence import from_lines
from extractors._issuing import Issuing, name_of
from models.document import Document
from models.found import Found


def find(*, document: Document, issuing: Issuing) -> Found[str] | None:
    """Cơ quan chủ quản printed over the issuer, in normal case; None where there is none."""
    return from_lines(document, name_of(issuing.parent), "parent.header", 0.95, issuing.parent) if issuing.parent else None
