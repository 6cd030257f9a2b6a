"""Tên cơ quan, tổ chức ban hành văn bản (Decree 30/2020, Annex I, box 2)."""

from extractors import _body
from extractors._issuing import Issuing
from models.context import Context
from models.document import Document
from models.found import Found


def find(*, document: Document, headed: Issuing, context: Context) -> Found[str] | None:
    """Cơ quan ban hành, its lines joined, in normal case."""
    return _body.find(document, headed.issuer, "issuer", 0.97, context)
