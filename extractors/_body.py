"""Tên cơ quan của phần đầu văn bản: the lines of one body, of the superior or of the issuing one, as its name."""

from collections.abc import Sequence
from dataclasses import replace

from extractors._evidence import from_lines
from extractors._issuing import is_doubtful, name_of
from extractors._layout import Placed
from extractors._learnt import mended
from extractors._voting import settle_tail
from models.context import Context
from models.document import Document
from models.found import Found


def find(document: Document, lines: Sequence[Placed], field: str, sure: float, context: Context) -> Found[str] | None:
    """The name in normal case, mended by what people wrote; None where there are no lines, blank where it was hardly read."""
    if not lines:
        return None
    name = settle_tail(document, name_of(lines), lines)
    own: Found[str]
    if is_doubtful(document, lines):
        own = replace(from_lines(document, None, f"{field}.doubtful", 0.5, lines), candidates=(name,))
    else:
        own = from_lines(document, name, f"{field}.header", sure, lines)
    words = [word for line in lines for word in line.line.words]
    return mended(own, words, (body.name for body in context.learnt.bodies), f"{field}.learnt")
