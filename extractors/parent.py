"""Cơ quan, tổ chức chủ quản trực tiếp (Decree 30/2020, Annex I, box 2)."""

from dataclasses import replace

from extractors._evidence import from_lines
from extractors._issuing import Issuing, is_doubtful, name_of
from extractors._voting import settle_tail
from models.document import Document
from models.found import Found


def find(*, document: Document, issuing: Issuing) -> Found[str] | None:
    """Cơ quan chủ quản printed over the issuer, in normal case; None where there is none."""
    if not issuing.parent:
        return None
    name = settle_tail(document, name_of(issuing.parent), issuing.parent)
    if is_doubtful(issuing.parent):
        return replace(from_lines(document, None, "parent.doubtful", 0.5, issuing.parent), candidates=(name,))
    return from_lines(document, name, "parent.header", 0.95, issuing.parent)
