"""Quan hệ với văn bản viện dẫn: what the document does with those it cites: answers, carries out, replaces, amends or reminds of them."""

import re
from collections.abc import Sequence

from extractors._cited import Cited
from extractors._paragraphs import Paragraph
from extractors._sentences import sentences
from extractors.references import code_key
from models.document import Document
from models.found import Found, exclude
from models.record import Reference, Relation, RelationKind
from models.text import fold

_JOIN = r"[^;.:]{0,90}?"
_REPLACES = re.compile(rf"\b(?:thay the(?! cho nhau)|thay cho|bai bo|huy bo|thu hoi|het hieu luc|cham dut hieu luc)\b{_JOIN}$")
_ENDS = re.compile(r"^[^;.:]{0,60}\b(?:het hieu luc|khong con hieu luc|bi bai bo|duoc thay the|bi thay the|duoc thu hoi)\b")
_AMENDS = re.compile(
    rf"\b(?:sua doi(?:,? bo sung)?|dinh chinh|dieu chinh|bo sung(?! (?:cac|mot so)? ?(?:giai phap|nhiem vu))|gia han)\b{_JOIN}$"
)
_REMINDS = re.compile(r"\b(?:don doc|nhac(?! nho nhau)|nhac viec|nhac nho)\b")
_BEHIND = re.compile(
    r"\b(?:den nay|tuy nhien|qua theo doi|hien nay|tinh den|den het ngay|den ngay|den thoi diem)\b[^.]{0,160}\b"
    r"(?:chua (?:nhan|gui|co|bao cao|thuc hien|nop|hoan thanh)|cham (?:bao cao|gui|nop)|con thieu)"
    r"|\bqua (?:thoi )?han\b[^.]{0,100}\bchua\b|\bchua (?:nhan duoc|gui|nop) (?:bao cao|van ban|y kien)\b"
)
_CARRIES = re.compile(
    r"\b(?:thuc hien|trien khai|thi hanh|chap hanh|quan triet|can cu|tren co so chi dao|theo (?:chi dao|y kien chi dao))\b"
)
_REPLIES = re.compile(
    r"\b(?:phuc dap|tra loi|xet (?:de nghi|to trinh)|theo de nghi|theo yeu cau|nhan duoc|tiep nhan"
    r"|bao cao ket qua (?:thuc hien|trien khai))\b"
)
_SURE = 0.9


def find(
    *,
    document: Document,
    paragraphs: tuple[Paragraph, ...],
    cited: tuple[Cited, ...],
    references: tuple[Found[Reference], ...],
    replies_to: tuple[Found[str], ...],
    subject: Found[str] | None,
    issuer: Found[str] | None,
) -> tuple[Found[Relation], ...]:
    """Các quan hệ in the order of the references; what is only cited (a basis, a law, in passing) has none."""
    answered = {code_key(found.value) for found in replies_to if found.value}
    reminder = _is_reminder(paragraphs, subject)
    found = []
    for reference in references:
        if reference.value is None:
            continue
        key = code_key(reference.value.code)
        mentions = [mention for mention in cited if code_key(mention.citation.code) == key]
        kind = _kind(mentions, paragraphs, subject, answered=key in answered)
        if reminder and kind in (None, "carries_out") and _ours(reference.value, issuer):
            kind = "reminds"
        if kind is None:
            exclude("relations.only-cited", *reference.spans)
            continue
        spans = mentions[0].span if mentions else reference.spans[0]
        found.append(Found.at(document, Relation(reference.value.code, kind), f"relations.{kind}", _SURE * reference.confidence, spans))
    return tuple(found)


def _kind(mentions: Sequence[Cited], paragraphs: Sequence[Paragraph], subject: Found[str] | None, *, answered: bool) -> RelationKind | None:
    cues: list[RelationKind] = []
    for mention in mentions:
        text = (subject.value if subject and subject.value else "") if mention.paragraph < 0 else _sentence(paragraphs, mention)
        folded = fold(text)
        at = folded.find(fold(mention.citation.code))
        before, after = folded[: max(at, 0)], folded[at + len(mention.citation.code) :] if at >= 0 else ""
        cues += _cue(before, after)
    for kind in ("replaces", "amends"):
        if kind in cues and not (answered and kind == "amends" and "answers" in cues):
            return kind
    if not answered:
        return None
    return "carries_out" if "carries_out" in cues and "answers" not in cues else "answers"


def _cue(before: str, after: str) -> list[RelationKind]:
    if (found := _REPLACES.search(before)) and not _another(found[0]):
        return ["replaces"]
    if _ENDS.match(after):
        return ["replaces"]
    if (found := _AMENDS.search(before)) and not _another(found[0]):
        return ["amends"]
    said: list[RelationKind] = []
    if _REPLIES.search(before):
        said.append("answers")
    if _CARRIES.search(before):
        said.append("carries_out")
    return said


def _another(between: str) -> bool:
    """Another document is named between the cue and this one, and not in one list with it."""
    codes = list(re.finditer(r"\d+[a-z]?[/-][a-z0-9/&.-]*[a-z]", between))
    return bool(codes) and not re.search(r"(?:,|;|\bva)\s*(?:\w+ ){0,3}(?:so )?$", between[codes[-1].end() :])


def _sentence(paragraphs: Sequence[Paragraph], mention: Cited) -> str:
    text = paragraphs[mention.paragraph].text
    inside = (text[start:end] for start, end in sentences(text) if start <= mention.citation.start < end)
    return next(inside, text)


def _is_reminder(paragraphs: Sequence[Paragraph], subject: Found[str] | None) -> bool:
    """Văn bản đôn đốc: by its subject, or since it says that something asked for has not come."""
    if subject and subject.value and _REMINDS.search(fold(subject.value)):
        return True
    opening = " ".join(fold(paragraph.text) for paragraph in paragraphs[:4] if paragraph.zone == "body")
    return bool(_BEHIND.search(opening))


def _ours(reference: Reference, issuer: Found[str] | None) -> bool:
    """Only what the writer itself has sent is reminded of; without a named author it is taken for its own."""
    if reference.issuer is None or issuer is None or issuer.value is None:
        return True
    one, other = (re.sub(r"\bubnd\b", "uy ban nhan dan", fold(name)).split() for name in (reference.issuer, issuer.value))
    return one[-2:] == other[-2:] or other[: len(one)] == one
