"""Tên cơ quan, tổ chức ban hành văn bản (Decree 30/2020, Annex I, box 2)."""

from dataclasses import replace

from extractors._evidence import from_lines
from extractors._issuing import Issuing, is_doubtful, name_of
from extractors._learnt import mended
from extractors._voting import settle_tail
from models.context import Context
from models.document import Document
from models.found import Found


def find(*, document: Document, headed: Issuing, context: Context) -> Found[str] | None:
    """Cơ quan ban hành, its lines joined, in normal case."""
    if not headed.issuer:
        return None
    own = _read(document, headed)
    words = [word for line in headed.issuer for word in line.line.words]
    return mended(own, words, (body.name for body in context.learnt.bodies), "issuer.learnt")


def _read(document: Document, headed: Issuing) -> Found[str]:
    name = settle_tail(document, name_of(headed.issuer), headed.issuer)
    if is_doubtful(document, headed.issuer):
        return replace(from_lines(document, None, "issuer.doubtful", 0.5, headed.issuer), candidates=(name,))
    return from_lines(document, name, "issuer.header", 0.97, headed.issuer)
