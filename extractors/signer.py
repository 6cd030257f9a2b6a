"""Chức vụ, quyền hạn, họ tên người ký (Decree 30/2020, Annex I, boxes 7a, 7b; 36-HD/VPTW)."""

from collections.abc import Sequence
from dataclasses import replace

from extractors._evidence import from_lines
from extractors._learnt import mended_signer, of_body
from extractors._person import tidy
from extractors._signature import Signature
from extractors._titles import is_body, lacks_deputy_mark, signs_for
from models.context import Context
from models.document import Document, Word
from models.found import Found
from models.record import Signer


def find(
    *, document: Document, signature: Signature | None, issuer: Found[str] | None, parent: Found[str] | None, context: Context
) -> Found[Signer] | None:
    """Người ký: name, last title line, lines of authority over it joined by `; `."""
    if signature is None:
        return None
    position, authority = _shared(signature)
    signer = Signer(signature.name, position, authority)
    strength = 0.95 if signer.name and position else 0.6
    own = replace(from_lines(document, signer, "signer.block", strength, signature.lines), candidates=signature.candidates)
    return mended_signer(own, _name_words(signature), of_body(context.learnt, issuer, parent))


def _name_words(signature: Signature) -> Sequence[Word]:
    """The words of the printed name, without rank; none where no such line was read."""
    if not signature.name and not signature.candidates:
        return ()
    line = signature.lines[-1]
    return line.line.words[-len(tidy(line.text).split()) :]


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
