"""Vai trò của đoạn: which paragraphs head a list, and which close the document and belong to no item."""

import re

from extractors._cues import cue
from extractors._markers import readings
from extractors._paragraphs import Paragraph
from extractors._patterns import upper_share
from models.text import fold

_HEADING_WORDS = 26
_TITLE_LETTERS = 6
_SHORT = 6
_GIVEN = re.compile(r"\b(?:duoc|nhiem vu|da) giao\b")
_SUBMIT = re.compile(r"(?:tai lieu|ho so|bao cao|van ban|ket qua|danh sach|y kien)\b[^.;]{0,60}?\b(?:gui|nop|chuyen)\b")
"""`Tài liệu xin gửi về …` after the last of the things that are asked for."""
_FEW = 200
_VAGUE = re.compile(r"\b(?:nghiem tuc|khan truong|quan tam)\b.{0,25}thuc hien\W*$")


def is_heading(text: str, following: Paragraph | None) -> bool:
    """True where the text of a numbered item only names what comes after it: a title, a body, or a sentence that ends in a colon."""
    bare = text.strip()
    if not bare or upper_share(bare) > 0.85:
        return True
    if following is None:
        return False
    if bare[-1] == ":":
        return True
    if bare[-1] in ";!?…" or bare.endswith("..."):
        return False
    if bare[-1] == ".":
        return _names_section(bare) and not readings(following.text)
    return len(bare.split()) <= _HEADING_WORDS


def _names_section(text: str) -> bool:
    """`Mục đích.`: a heading with a full stop."""
    folded = fold(text)
    return len(text.split()) <= _SHORT and any(cue(kind).match(folded) for kind in ("aims", "facts", "past", "charge"))


def is_title(text: str) -> bool:
    """True for a line in capitals: a heading of the whole document."""
    letters = sum(c.isalpha() for c in text)
    return upper_share(text) > 0.85 and letters >= _TITLE_LETTERS and letters > 0.6 * len(text.replace(" ", ""))


def opens_list(text: str) -> bool:
    """True where an unnumbered paragraph introduces what follows it."""
    return text.rstrip().endswith(":") or bool(re.search(r"\b(?:nhu sau|sau day|noi dung sau|nhiem vu sau)[\s.:;]*$", fold(text)))


def opens_body(text: str) -> bool:
    """True for the sentence that opens the body: what it answers or carries out, then `… như sau:`."""
    return bool(re.match(r"(?:xet|thuc hien|phuc dap|can cu|sau khi|de|tiep theo|tra loi|ngay)\b", fold(text)))


def enforces(text: str) -> bool:
    """True for a paragraph that charges named persons and bodies with carrying the document out."""
    return bool(cue("enforce").search(fold(text[-120:])))


def submits(text: str) -> bool:
    """`Tài liệu xin gửi về Tòa án … trong thời hạn 15 ngày`: where what was asked for is to be sent."""
    return bool(_SUBMIT.match(fold(text[:160])))


def closes_document(text: str, *, last: bool) -> bool:
    """True for what follows the last item and is no part of it: closing, contact, effect, or the writer's final demand."""
    head = fold(text[:160])
    if cue("closing").match(head) or submits(text):
        return True
    vague = len(text) < _FEW and bool(_VAGUE.search(fold(text[-60:])))
    return last and (vague or bool(cue("final").search(_GIVEN.sub("", head[:110]))))
