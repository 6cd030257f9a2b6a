"""Tập văn bản quét chung một tệp: where in a stack a new document begins.

A document begins with Quốc hiệu and its number or date at the top of a page (Decree 30/2020, Annex I; 36-HD/VPTW for the Party), after the
one before has ended with Nơi nhận and signature. Annexes, forms, copies' closing pages and what a letter says it is sent with stay with it:
a wrong split costs a number of the register, a wrong join hides a document. So what is not sure is proposed to a person.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz.fuzz import ratio

from extractors._codes import CodeMatch, find_codes
from extractors._sheets import Sheet, sheets, text_of
from models.document import Document
from models.text import fold

SURE = 0.9
"""Splits with this confidence are made, others proposed."""

RULES = {
    "batch.separator": 0.99,
    "batch.head": 0.99,
    "batch.head-unended": 0.95,
    "batch.letterhead": 0.95,
    "batch.draft": 0.6,
    "batch.unnumbered": 0.6,
    "batch.head-first-unknown": 0.7,
    "batch.cited": 0.5,
    "batch.sent-along": 0.5,
    "batch.same-code": 0.5,
    "batch.numbered-on": 0.5,
    "batch.letterhead-bare": 0.6,
    "batch.motto-alone": 0.5,
    "batch.open-number": 0.6,
    "batch.folio-again": 0.3,
}
"""How sure each rule is that a document begins where it fires."""

_SENT = re.compile(r"gui kem|kem theo|dinh kem|sao gui")
_CITED_DAY = re.compile(r"^\W*ngay\s*(\d{1,2})(?:\s*thang\s*|\s?[/.-]\s?)(\d{1,2})(?:\s*nam\s*|\s?[/.-]\s?)(\d{4})\b")
_FILE_SENT = re.compile(
    r"(?:gui kem|kem theo|dinh kem|trinh kem)[^.;]{0,40}\b(?:ho so|tai lieu)|\b(?:ho so|tai lieu)[^.;]{0,40}(?:gui kem|kem theo|dinh kem)"
)
_REACH = 90  # letters before and after such words in which the type of what is sent is looked for
_SAME = 85


@dataclass(frozen=True, slots=True)
class Beginning:
    """A document begins, or may begin, on page `page` of the file, by this rule."""

    page: int
    rule: str

    @property
    def confidence(self) -> float:
        """How sure it is, 0–1."""
        return RULES[self.rule]

    @property
    def sure(self) -> bool:
        """True where the split is made without a person."""
        return self.confidence >= SURE

    def as_json(self) -> dict[str, Any]:
        """As it is kept and shown."""
        return {"page": self.page, "rule": self.rule, "confidence": self.confidence}


@dataclass(frozen=True, slots=True)
class Part:
    """One document of the stack: numbers of its pages, a cover sheet last; where it may be split further."""

    pages: tuple[int, ...]
    rule: str | None = None
    proposals: tuple[Beginning, ...] = ()

    @property
    def first(self) -> int:
        """The page that it begins with."""
        return self.pages[0]


@dataclass
class _Open:
    """The document that is being gone through."""

    rule: str | None = None
    covers: list[Sheet] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    proposals: list[Beginning] = field(default_factory=list)

    @property
    def content(self) -> list[Sheet]:
        return [sheet for sheet in self.sheets if not sheet.blank]

    @property
    def ended(self) -> bool:
        return any(sheet.ends for sheet in self.content)

    def closed(self) -> Part:
        return Part(tuple(sheet.number for sheet in (*self.sheets, *self.covers)), self.rule, tuple(self.proposals))


def split(document: Document) -> tuple[Part, ...]:
    """The documents of a file in order, one where it holds no more. Separators, with what stands on their backs, belong to none."""
    if not document.pages or any(page.source in ("docx", "xlsx") for page in document.pages):
        return (Part(tuple(page.number for page in document.pages)),)
    all_sheets = sheets(document)
    opened, left_out, cut = [_Open()], False, False
    for at, sheet in enumerate(all_sheets):
        now = opened[-1]
        if sheet.means == "separator":
            left_out, cut = True, True
            continue
        if sheet.blank:
            if not left_out:
                now.sheets.append(sheet)
            continue
        found = Beginning(sheet.number, "batch.separator") if cut and now.sheets else _beginning(now, sheet, all_sheets[at + 1 :])
        left_out = cut = False
        if found and found.sure:
            opened.append(_Open(found.rule))
        elif found:
            now.proposals.append(found)
        _take(opened[-1], sheet, all_sheets[at + 1 :])
    return tuple(one.closed() for one in opened if one.sheets or one.covers) or (Part(tuple(page.number for page in document.pages)),)


def _take(now: _Open, sheet: Sheet, after: Sequence[Sheet]) -> None:
    covers = (sheet.means == "cover" or sheet.loose) and not now.content and _heads_next(after)
    (now.covers if covers else now.sheets).append(sheet)


def _heads_next(after: Sequence[Sheet]) -> bool:
    """True where the next page with text, further covers aside, bears the head of a document."""
    following = next((sheet for sheet in after if not sheet.blank and sheet.means != "cover"), None)
    return following is not None and following.means is None and (following.motto or following.code is not None)


def _beginning(now: _Open, sheet: Sheet, after: Sequence[Sheet]) -> Beginning | None:
    """Whether a document begins on a page, the open one being what it is; None where it goes on."""
    if not now.content:
        return None
    rule = _rule(now, sheet, after)
    return Beginning(sheet.number, rule) if rule else None


def _rule(now: _Open, sheet: Sheet, after: Sequence[Sheet]) -> str | None:
    if sheet.means == "cover":
        return "batch.head" if now.ended and _heads_next(after) else None
    if sheet.means in ("annex", "copy") or sheet.placeholders:
        return None
    numbered = sheet.number_line is not None
    if sheet.motto and (numbered or sheet.dated):
        return _whole_head(now, sheet)
    if numbered and sheet.code and now.ended and (sheet.dated or sheet.is_addressed):
        whole = sheet.dated and sheet.is_addressed
        return _unless_sent(now, sheet, "batch.letterhead" if whole else "batch.letterhead-bare")
    if sheet.motto and now.ended:
        return "batch.motto-alone"
    return "batch.folio-again" if sheet.folio == 1 and now.ended and _last_folio(now) > 1 else None


def _whole_head(now: _Open, sheet: Sheet) -> str:
    """The rule for a page with motto and number or date."""
    if sheet.folio is not None and sheet.folio > 1:
        return "batch.numbered-on"
    if _may_be_blank(now, sheet):
        return "batch.open-number"
    if sheet.number_line is None:
        return "batch.unnumbered"
    if not sheet.code and not sheet.dated:
        return "batch.draft"
    if not now.ended and not any(one.motto for one in now.content):
        return "batch.head-first-unknown"
    return _unless_sent(now, sheet, "batch.head" if now.ended else "batch.head-unended" if sheet.dated else "batch.motto-alone")


def _may_be_blank(now: _Open, sheet: Sheet) -> bool:
    """A head without number and day that is not one written by hand for sure: a form, or a draft that was sent along."""
    if not sheet.open_number and (sheet.code or sheet.has_day):
        return False
    return _speaks_of_draft(now, sheet) or (not sheet.has_month and (sheet.open_number or not sheet.symbol))


def _speaks_of_draft(now: _Open, sheet: Sheet) -> bool:
    """The open document speaks of the draft of a paper of this type: mostly another office's, sent for comment."""
    kind = fold(sheet.title or "")
    return bool(kind) and re.search(rf"du thao\W+(?:\w+\W+){{0,3}}{re.escape(kind)}\b", fold(text_of(now.content))) is not None


def _unless_sent(now: _Open, sheet: Sheet, rule: str) -> str:
    """The rule, but where the open document cites this one, says that the like is sent with it, or has the same code."""
    if sheet.code and any(_same(sheet.code, one.code) for one in now.content):
        return "batch.same-code"
    if _cites(now, sheet):
        return "batch.cited"
    return "batch.sent-along" if _says_sent(now, sheet) else rule


def _same(one: CodeMatch, other: CodeMatch | None) -> bool:
    return other is not None and one.number.lstrip("0") == other.number.lstrip("0") and ratio(fold(one.symbol), fold(other.symbol)) >= _SAME


def _cites(now: _Open, sheet: Sheet) -> bool:
    """The open document cites this one: the same code, or the same symbol and day where the number is written by hand."""
    text = text_of(now.content)
    for cited in find_codes(text):
        if _same(cited, sheet.code):
            return True
        day = _CITED_DAY.match(fold(text[cited.end : cited.end + 40]))
        if day and ratio(fold(cited.symbol), fold(sheet.symbol)) >= _SAME and sheet.of_day(*map(int, day.groups())):
            return True
    return False


def _says_sent(now: _Open, sheet: Sheet) -> bool:
    """The open document says that papers of its file are sent with it, or one of this type: of its own office, or named right there."""
    text, kind = fold(text_of(now.content)), re.escape(fold(sheet.title or ""))
    if _FILE_SENT.search(text):
        return True
    if not kind:
        return False
    if re.search(rf"\b(?:sao gui|gui kem|dinh kem)\b[^.;(]{{0,25}}\b{kind}\b", text):
        return True
    own = ratio(now.content[0].issuer, sheet.issuer) >= _SAME
    return own and any(re.search(kind, text[max(0, cue.start() - _REACH) : cue.end() + _REACH]) for cue in _SENT.finditer(text))


def _last_folio(now: _Open) -> int:
    return max((sheet.folio or 0 for sheet in now.content), default=0)


def cut(document: Document, pages: Sequence[int]) -> Document:
    """The document that some pages of a file are, in the given order; their numbers stay those of the file."""
    known = {page.number: page for page in document.pages}
    return Document.assemble([known[number] for number in pages], document.name, document.notes)


def further(document: Document, refused: Sequence[int] = ()) -> tuple[Beginning, ...]:
    """Where one document of the register may be two: all that `split` finds, as proposals, but for pages that a person has refused."""
    parts = split(document)
    made = [Beginning(part.first, part.rule) for part in parts if part.rule]
    found = [*made, *(proposal for part in parts for proposal in part.proposals)]
    return tuple(sorted((one for one in found if one.page not in refused), key=lambda one: one.page))
