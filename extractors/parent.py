"""Cơ quan, tổ chức chủ quản trực tiếp (Decree 30/2020, Annex I, box 2)."""

from extractors import _body
from extractors._issuing import Issuing
from models.context import Context
from models.document import Document
from models.found import Found


def find(*, document: Document, headed: Issuing, context: Context) -> Found[str] | None:
    """Cơ quan chủ quản printed over the issuer, in normal case; None where there is none."""
    return _body.find(document, headed.parent, "parent", 0.95, context)
