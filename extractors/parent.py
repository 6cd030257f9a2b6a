"""Cơ quan, tổ chức chủ quản trực tiếp (Decree 30/2020, Annex I, box 2)."""

from dataclasses import replace

from extractors._evidence import from_lines
from extractors._issuing import Issuing, is_doubtful, name_of
from extractors._learnt import mended
from extractors._voting import settle_tail
from models.context import Context
from models.document import Document
from models.found import Found


def find(*, document: Document, headed: Issuing, context: Context) -> Found[str] | None:
    """Cơ quan chủ quản printed over the issuer, in normal case; None where there is none."""
    if not headed.parent:
        return None
    own = _read(document, headed)
    words = [word for line in headed.parent for word in line.line.words]
    return mended(own, words, (body.name for body in context.learnt.bodies), "parent.learnt")


def _read(document: Document, headed: Issuing) -> Found[str]:
    name = settle_tail(document, name_of(headed.parent), headed.parent)
    if is_doubtful(document, headed.parent):
        return replace(from_lines(document, None, "parent.doubtful", 0.5, headed.parent), candidates=(name,))
    return from_lines(document, name, "parent.header", 0.95, headed.parent)
