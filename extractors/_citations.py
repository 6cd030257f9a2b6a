"""Viện dẫn văn bản: each mention of a document by its number in a text, with the type, date and author printed with it.

First citation by Decree 30/2020 (Annex I, II.6): `Công văn số 286/UBND-KGVX ngày 01 tháng 02 năm 2024 của Ủy ban nhân dân tỉnh …`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from extractors._authors import author_after, author_before
from extractors._codes import CodeMatch, find_codes
from extractors._dates import moments
from extractors._lexicon import doc_types
from extractors._patterns import CAPITAL
from models.text import fold

_SURE = 0.5
_NUMBER_CUE = re.compile(r"(?:\bso|\bs6)\s?[:.]?\s*$")
_NO_DOCUMENT = re.compile(
    r"(?:mau|bieu|bieu mau|quyen|phu luc|ho so|ma|thua|to ban do|tai khoan|dien thoai|so hieu)(?: don)?(?: so)?\s?[:.]?\s*$"
)
_LISTED = re.compile(r"\s*(?:,|;|va|, va|hoac)\s*(?:so)?\s?[:.]?\s*$")
_WHEN = re.compile(
    r"(?:\s?\([^)]{0,50}\))?\s*[,.]?\s*(?:(?:hoi|luc) [^,;.]{3,16} )?"
    r"(?:(?:duoc )?(?:ky|ban hanh|ky ban hanh|cung|de) )?(?:ngay|nguy|ngav)[.,]?\s*$"
)
_DAY_FIRST = re.compile(r"(?:^|[.;,]\s|\b(?:vao|tu))\s*ngay (?P<date>[\d/.\- ]{5,10}|\d{1,2} thang \d{1,2} nam \d{4}),?\s")
_JOINED = re.compile(r"\s*(?:,|;|và|, và)?\s*(?:các )?\s*(?:số)?\s*")
_GENERIC = ("van ban", "cong van, van ban")


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention at `text[start:end]` (from the type's name to the last word of the date or author); `printed`: its code, unrepaired."""

    start: int
    end: int
    code: str
    doc_type: str | None = None
    issued_on: date | None = None
    issuer: str | None = None
    confidence: float = 1.0
    listed: bool = False
    printed: str = ""


def citations(text: str, year: int | None = None) -> list[Citation]:
    """Các văn bản được viện dẫn in a paragraph, in order, a code as often as it stands there; `year` for dates without one."""
    folded = fold(text)
    found: list[Citation] = []
    last_end = 0
    for code in find_codes(text):
        cited = _read(text, folded, code, found[-1] if found else None, last_end, year)
        if cited:
            found.append(cited)
            last_end = cited.end
    return _share_authors(text, found)


def _read(text: str, folded: str, code: CodeMatch, before: Citation | None, last_end: int, year: int | None) -> Citation | None:
    kind, start = _type(text, folded, code.start)
    listed = before is not None and kind is None and bool(_LISTED.fullmatch(folded[last_end : code.start]))
    cued = bool(_NUMBER_CUE.search(folded, 0, code.start))
    if _NO_DOCUMENT.search(folded, max(0, code.start - 30), code.start):
        return None
    if (code.confidence < _SURE and not (kind or listed)) or not (cued or kind or listed or code.confidence >= 0.85):
        return None
    if listed and before:
        kind = before.doc_type
    issued_on, end = _date_after(folded, code.end, year)
    issuer, end = author_after(text, end)
    if issued_on is None and issuer:
        issued_on, end = _date_after(folded, end, year)
    if issuer is None:
        issuer = author_before(text, last_end, start)
    if issued_on is None:
        issued_on = _date_before(folded, last_end, start, year)
    printed = None if kind and fold(kind) in _GENERIC else kind
    return Citation(start, end, code.code, printed, issued_on, issuer, code.confidence, listed, code.printed)


def _type(text: str, folded: str, at: int) -> tuple[str | None, int]:
    """Type named before the number, and where the name begins."""
    cue = _NUMBER_CUE.search(folded, 0, at)
    end = cue.start() if cue else at
    low = max(0, end - 90)
    clause = re.split(r"[,;.()]| và | va (?=[A-ZĐ])", text[low:end])[-1]
    first = end - len(clause)
    best: tuple[bool, int, int, str] | None = None
    here = folded[first:end]
    for name in _names():
        for match in re.finditer(rf"(?<!\w){re.escape(fold(name))}(?!\w)", here):
            words = text[first + match.start() : end]
            this = words[:1].isupper(), match.start(), len(name), name
            if _is_name(words, match.end() - match.start()) and (best is None or this > best):
                best = this
    if best:
        return best[3], first + best[1]
    return _unknown_type(text, first, end)


def _is_name(words: str, length: int) -> bool:
    """The type's name with a capital (or directly before the number), and no verb between it and the number."""
    rest = words[length:].strip()
    capital = words[:1].isupper() or not rest
    return capital and len(rest.split()) <= 9 and not re.search(r"\b(?:của|tại|theo|về|ngày)\b", rest)


def _unknown_type(text: str, first: int, end: int) -> tuple[str | None, int]:
    """`Chứng thư thẩm định giá số …`: a capital, then small words up to the number."""
    match = re.search(rf"(?:^|\s)([{CAPITAL}]\w+(?: \w+){{1,4}})\s*$", text[first:end])
    if match is None or match[1][1:] != match[1][1:].lower():
        return None, end
    return match[1].lower(), first + match.start(1)


def _names() -> Sequence[str]:
    return (*(t.name for t in doc_types()), "văn bản")


def _date_after(folded: str, at: int, year: int | None) -> tuple[date | None, int]:
    for moment in moments(folded[at : at + 90]):
        if moment.kind == "day" and _WHEN.fullmatch(folded[at : at + moment.start]):
            return moment.last_day(year), at + moment.end
        break
    return None, at


def _date_before(folded: str, low: int, at: int, year: int | None) -> date | None:
    """`Ngày 11/3/2026, Chủ tịch UBND phường ban hành Quyết định số …`."""
    matches = [m for m in _DAY_FIRST.finditer(folded, low, at) if not re.search("[;.]", folded[m.end() : at])]
    found = moments(matches[-1]["date"]) if matches and at - matches[-1].end() < 110 else []
    issues = matches and re.search(r"\b(?:co|ban hanh|gui|ky|phat hanh)\b", folded[matches[-1].end() : at])
    return found[0].last_day(year) if found and issues else None


def _share_authors(text: str, found: list[Citation]) -> list[Citation]:
    """`Nghị quyết số … và số … của Hội đồng …`: documents joined in a list have one author, named after the last or before the first."""
    pairs = [n for n in range(1, len(found)) if _JOINED.fullmatch(text[found[n - 1].end : found[n].start])]
    for n in reversed(pairs):
        if found[n - 1].issuer is None and found[n].doc_type == found[n - 1].doc_type:
            found[n - 1] = replace(found[n - 1], issuer=found[n].issuer)
    for n in pairs:
        named_before = found[n - 1].issuer and "của" not in text[found[n - 1].start : found[n - 1].end]
        if found[n].issuer is None and (named_before or found[n].listed):
            found[n] = replace(found[n], issuer=found[n - 1].issuer)
    return found
