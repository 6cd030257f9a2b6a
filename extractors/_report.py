"""Phần khó khăn và phần kiến nghị của báo cáo: the passages under their headings, in their column, or in a paragraph of their own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from extractors._items import Item
from extractors._lexicon import table
from extractors._outline import closes_document
from extractors._paragraphs import Paragraph
from extractors._patterns import upper_share
from models.document import Document
from models.found import Found, Span, exclude
from models.text import fold, one_line

Kind = Literal["difficulties", "recommendations"]

REPORT = "báo cáo"
_HEADING = 110
"""Letters up to which a line may be a heading of such a part."""
_ASKS = re.compile(r"\W*(?:(?:tran trong |kinh |xin )*(?:de nghi|kien nghi|de xuat|kinh mong|mong)\b)")
_WRITER_ASKS = re.compile(r"[^.,;:]{2,70}?\s(?:tran trong |kinh |xin )*(?:de nghi|kien nghi|de xuat|kinh mong)\s")
_NONE = re.compile(
    r"\W*(?:hien )?(?:khong|chua)(?: co| phat sinh| gap)?"
    r"(?:,? (?:va |hay |hoac )?(?:kho khan|vuong mac|ton tai|han che|kien nghi|de xuat|y kien|noi dung|gi|nao|lon|dang ke|khac|trong ky))*"
    r"[\W]*"
)
_CLOSES = re.compile(r"\bbao cao\b.{0,90}\b(?:biet|chi dao|tong hop|theo doi|xem xet|cho y kien)\b[^.;]{0,30}\W*$")
_LABEL = re.compile(r"[^:]{3,110}?:\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Passage:
    """Đoạn tìm thấy: its text, where it stands, and the rule that took it."""

    kind: Kind
    text: str
    spans: tuple[Span, ...]
    rule: str


def find(*, paragraphs: tuple[Paragraph, ...], items: tuple[Item, ...], doc_type: Found[str] | None) -> tuple[Passage, ...]:
    """Các đoạn of a báo cáo in order; none of any other type."""
    if doc_type is None or doc_type.value != REPORT:
        return ()
    found = [*_Parts(items).passages(), *_cells(paragraphs)]
    told = [passage for passage in found if not _NONE.fullmatch(fold(passage.text))]
    for passage in (p for p in found if p not in told):
        exclude(f"{passage.kind}.none-told", *passage.spans)
    return tuple(sorted(told, key=lambda p: p.spans[0].start))


@cache
def _phrases(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{fold(row['phrase'])}\b" for row in table("report_headings") if row["kind"] == kind))


def _kinds(heading: str) -> tuple[Kind, ...]:
    """What a heading speaks of: its first words count, `Kết quả xử lý kiến nghị` is none."""
    folded = fold(heading)
    other = _phrases("causes").search(folded)
    kinds: list[Kind] = []
    for kind in ("difficulties", "recommendations"):
        here = _phrases(kind).search(folded)
        if here and (other is None or here.start() < other.start()):
            kinds.append(kind)
    return tuple(kinds)


class _Parts:
    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        self.parts: dict[int, tuple[Kind, ...]] = {}

    def passages(self) -> Iterator[Passage]:
        for item in self.items:
            above = self.parts.get(item.parent, ()) if item.parent is not None else ()
            label, rest = _split(item)
            named = _kinds(label)
            self.parts[item.index] = () if _other(label) else named or above
            if not self.parts[item.index]:
                yield from _asked(item)
            elif rest and not item.children:
                yield _told(item, len(item.text) - len(rest) if named else 0, self.parts[item.index])


def _told(item: Item, start: int, kinds: tuple[Kind, ...]) -> Passage:
    """An item under a heading of such a part; what asks for something is a proposal where the heading speaks of both."""
    end = len(item.text)
    for paragraph in reversed(item.paragraphs[1:]):
        if not _CLOSES.search(fold(paragraph.text)):
            break
        end -= len(paragraph.text) + 1
    asks = _ASKS.match(fold(item.text[start:]))
    kind: Kind = "recommendations" if kinds == ("recommendations",) or (asks and "recommendations" in kinds) else "difficulties"
    return Passage(kind, _tidy(item.text[start:end]), (Span(item.offsets[start], item.offsets[end - 1] + 1),), "section")


def _asked(item: Item) -> Iterator[Passage]:
    """Unnumbered paragraphs outside such a part by which the writer asks for something; the opening and the closing are none."""
    free = item.kind in ("plain", "leaf") and item.parent is None and item.index
    for paragraph in item.paragraphs[0 if free else 1 :]:
        folded = fold(paragraph.text)
        if (_ASKS.match(folded) or _WRITER_ASKS.match(folded)) and not closes_document(paragraph.text, last=False):
            yield Passage("recommendations", _tidy(paragraph.text), (paragraph.span(0, len(paragraph.text)),), "sentence")


def _tidy(text: str) -> str:
    return one_line(text).removesuffix("/.").strip()


def _split(item: Item) -> tuple[str, str]:
    """(heading, what stands behind it): `Khó khăn, vướng mắc: Giá cát tăng …`; a line that is only one of the two has the other empty."""
    text = item.text
    if item.heading or (len(text) < _HEADING and upper_share(text) > 0.85):
        return text, ""
    label = _LABEL.match(text)
    return (label[0], text[label.end() :]) if label and _opens(label[0]) else ("", text)


def _opens(label: str) -> bool:
    """True for words before a colon that begin as such a heading does; `Giải quyết khó khăn của dân: …` tells of something else."""
    bare = re.sub(r"^\W*(?:(?:ve|nhung|mot so|cac)\s+)*", "", fold(label))
    return any(_phrases(kind).match(bare) for kind in ("difficulties", "recommendations", "causes"))


def _other(label: str) -> bool:
    """A heading of something else: it ends what the one above opened."""
    return bool(_phrases("causes").search(fold(label))) and not _kinds(label)


def _cells(paragraphs: Sequence[Paragraph]) -> Iterator[Passage]:
    """The cells of a column whose head names such a part."""
    number: int | None = None
    columns: dict[int, Kind] = {}
    for row in paragraphs:
        if row.table is None:
            continue
        if row.table != number:
            number = row.table
            columns = {n: kinds[0] for n, cell in enumerate(row.cells) if len(kinds := _kinds(cell.text)) == 1}
            continue
        for n, kind in columns.items():
            if n < len(row.cells) and row.cells[n].text:
                cell = row.cells[n]
                yield Passage(kind, one_line(cell.text), (cell.span(0, len(cell.text)),), "cell")


_SURE = {"section": 0.93, "cell": 0.92, "sentence": 0.85}


def found(document: Document, passages: Sequence[Passage], kind: Kind) -> tuple[Found[str], ...]:
    """The passages of one kind with their evidence; how sure follows how well their words were read."""
    out = []
    for passage in (p for p in passages if p.kind == kind):
        words = [w.confidence for _, w in document.words_between(passage.spans[0].start, passage.spans[-1].end)]
        clear = min(1.0, 0.1 + sum(words) / len(words)) if words else 1.0
        out.append(Found.at(document, passage.text, f"{kind}.{passage.rule}", _SURE[passage.rule] * clear, *passage.spans))
    return tuple(out)
