"""Chức vụ, quyền hạn, họ tên người ký (Decree 30/2020, Annex I, boxes 7a, 7b; 36-HD/VPTW)."""

from dataclasses import replace

from extractors._evidence import from_lines
from extractors._signature import Signature
from extractors._titles import is_body, lacks_deputy_mark, signs_for
from models.document import Document
from models.found import Found
from models.record import Signer


def find(*, document: Document, signature: Signature | None) -> Found[Signer] | None:
    """Người ký: name, last title line, lines of authority over it joined by `; `."""
    if signature is None:
        return None
    position, authority = _shared(signature)
    signer = Signer(signature.name, position, authority)
    strength = 0.95 if signer.name and position else 0.6
    return replace(from_lines(document, signer, "signer.block", strength, signature.lines), candidates=signature.candidates)


def _shared(block: Signature) -> tuple[str | None, str | None]:
    """(position, authority): the last title, the ones over it; where a line was not read, nothing that could be half of the truth."""
    titles = block.titles
    position = titles[-1] if titles and not _by_authority(titles[-1]) else None
    if not block.whole:
        return None, None
    over = titles[:-1] if position else titles
    if position and lacks_deputy_mark(titles) and block.lines[0].page.source == "ocr":
        return position, None
    return position, "; ".join(over) or None


def _by_authority(title: str) -> bool:
    """`TM. BAN THƯỜNG VỤ`, `KT. CHỦ TỊCH` say for whom somebody signs, not his own office; `Q. GIÁM ĐỐC` is one."""
    return is_body(title) or (signs_for(title) and not title.startswith("Q"))
