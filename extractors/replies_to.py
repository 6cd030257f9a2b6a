"""Trả lời, thực hiện: those of the cited documents that this one says it carries out, answers, decides on or reports on."""

import re
from collections.abc import Iterator

from extractors._citations import Citation
from extractors._paragraphs import Paragraph
from extractors.references import cited_in, code_key
from models.document import Document
from models.found import Found
from models.record import Reference
from models.text import fold

_ANSWERS = "|".join(
    (
        "thuc hien|trien khai|de thuc hien|chap hanh|quan triet|phuc dap|tra loi|tiep theo|tiep thu|nhan duoc",
        "xet|xem xet|sau khi xem xet|can cu y kien|tren co so de nghi",
        "theo (?:de nghi|yeu cau|chi dao|y kien chi dao|tinh than|noi dung)",
    )
)
_CUE = re.compile(rf"(?:^|[;,.(]\s*|\bva\s+|\b(?:hom nay|ngay [\d/]+),?[^;.]*?)(?:{_ANSWERS})\b")
_OTHER = re.compile(
    r"(?:^|[;.]\s*|,\s*)(?:can cu|tren co so y kien tham dinh|y kien tham dinh|sau khi nghe|theo quy dinh|theo bao cao|theo so lieu)\b"
    r"|\by kien (?:tham dinh|gop y|cua)\b"
)
_OPENS_ORDER = re.compile(r"^\W*(?:\d{1,2}\s?[.)\-]|[ivx]+\s?[.)]|[a-zd]\)|dieu \d|chuong |phan |muc )")
_OPENING = 6


def find(
    *, document: Document, paragraphs: tuple[Paragraph, ...], subject: Found[str] | None, references: tuple[Found[Reference], ...]
) -> tuple[Found[str], ...]:
    """Codes out of the references, from the opening formulas and the subject (domain: `Thực hiện`, `Phúc đáp`, `Xét đề nghị … tại …`)."""
    opening = {id(p) for p in _opening(paragraphs)}
    known = {code_key(f.value.code): f for f in references if f.value}
    answered: dict[str, Found[str]] = {}
    for cited in cited_in(document, paragraphs, subject):
        key = code_key(cited.citation.code.code)
        if key not in known or key in answered:
            continue
        if cited.paragraph is None:
            said = bool(subject and subject.value and re.match(r"(?:phuc dap|tra loi|tiep theo|thuc hien)\b", fold(subject.value)))
        else:
            said = id(cited.paragraph) in opening and _answers(cited.paragraph.text, cited.citation)
        if said:
            found = known[key]
            answered[key] = Found(cited.citation.code.code, "replies_to.opening", found.confidence, found.spans, found.page, found.box)
    return tuple(f for key, f in ((k, answered.get(k)) for k in known) if f)


def _opening(paragraphs: tuple[Paragraph, ...]) -> Iterator[Paragraph]:
    """The paragraphs before the first numbered item, heading or table: grounds of a decision can be many."""
    for n, paragraph in enumerate(paragraphs):
        folded = fold(paragraph.text)
        if paragraph.table is not None or paragraph.zone != "body" or _OPENS_ORDER.match(folded):
            return
        if n >= _OPENING and not re.match(r"\W*(?:can cu|theo|xet|thuc hien)\b", folded):
            return
        yield paragraph


def _answers(text: str, citation: Citation) -> bool:
    """The last cue before the citation, in its own part of the sentence, is one of answering.

    `Thực hiện A và B`: the cue holds for both; what B is said to carry out itself (`B về việc triển khai C`) is not answered.
    """
    before = fold(text[: citation.start])
    # `TYPE số … của BODY về việc triển khai TYPE số …`: within the name of another document
    if re.search(r"\b(?:ve|ve viec|v/v)\s[^;.]*$", _after_last_code(before)) and not re.search(
        r"\bva (?:y kien[^;]*|theo[^;]*)?\W*$", before
    ):
        return False
    cues = [(m.start(), True) for m in _CUE.finditer(before)] + [(m.start(), False) for m in _OTHER.finditer(before)]
    return bool(cues) and max(cues)[1]


def _after_last_code(before: str) -> str:
    """What stands since the last code: a `về việc` there names what that document is about."""
    codes = [*re.finditer(r"\d+\s?[/-]\s?[a-z\d]", before)]
    return before[codes[-1].end() :] if codes else ""
