"""Nhiệm vụ: every piece of work that the document assigns, who is charged with it, who helps, until when."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from extractors._items import Item
from extractors._orders import Order, orders
from extractors._paragraphs import Paragraph
from extractors._task_tables import rows
from models.document import Document
from models.found import Found, Span, exclude
from models.record import Deadline, Task

_ASSIGN_NOTHING = frozenset(
    ["báo cáo", "tờ trình", "giấy ủy quyền", "giấy giới thiệu", "giấy nghỉ phép", "phiếu gửi", "phiếu chuyển", "phiếu báo", "hợp đồng"]
)


@dataclass(frozen=True, slots=True)
class _Limits:
    deadlines: tuple[Found[Deadline], ...]
    starts: list[tuple[int, int]]

    @staticmethod
    def of(deadlines: tuple[Found[Deadline], ...]) -> "_Limits":
        """The deadlines with their places in order."""
        return _Limits(deadlines, sorted((f.spans[0].start, n) for n, f in enumerate(deadlines) if f.spans))

    def within(self, spans: Iterable[Span]) -> tuple[int, ...]:
        """Indexes of the deadlines that begin in `spans`."""
        found: set[int] = set()
        for span in spans:
            first, last = bisect_left(self.starts, (span.start, 0)), bisect_left(self.starts, (span.end, 0))
            found.update(n for _, n in self.starts[first:last])
        return tuple(sorted(found))

    def due(self, indexes: Iterable[int]) -> date | None:
        """The earliest date among them."""
        dates = [found.value.due_on for n in indexes if (found := self.deadlines[n]).value and found.value.due_on]
        return min(dates, default=None)


def find(
    *,
    document: Document,
    paragraphs: tuple[Paragraph, ...],
    items: tuple[Item, ...],
    deadlines: tuple[Found[Deadline], ...],
    doc_type: Found[str] | None,
    issuer: Found[str] | None,
) -> tuple[Found[Task], ...]:
    """Các nhiệm vụ, in order (docs/record.md, "Tasks"); none for a report or a proposal, whatever it means to do."""
    kind = (doc_type.value if doc_type else None) or "công văn"
    if kind in _ASSIGN_NOTHING:
        exclude("tasks.assigns-nothing", *(doc_type.spans if doc_type else ()))
        return ()
    limits = _Limits.of(deadlines)
    own = (issuer.value if issuer else None) or ""
    assigned = [*orders(items, limits.within, kind, own), *rows(paragraphs, kind)]
    found = [_found(document, order, limits) for order in assigned]
    return tuple(sorted(found, key=lambda f: f.spans[0].start))


def _found(document: Document, order: Order, limits: _Limits) -> Found[Task]:
    indexes = limits.within(order.spans) or order.inherited
    due = limits.due(indexes)
    text = order.text.rstrip().removesuffix("./.").rstrip()
    task = Task(order.ordinal, text, order.lead, order.support, due, indexes)
    return Found.at(document, task, f"tasks.{order.rule}", order.confidence * _clarity(document, order.spans), *order.spans)


def _clarity(document: Document, spans: tuple[Span, ...]) -> float:
    """How well the words of a task were read, 0–1; a few bad words in a long item do not spoil it."""
    words = [word for _, word in document.words_between(spans[0].start, spans[0].end)]
    if not words:
        return 1.0
    return min(1.0, 0.1 + sum(w.confidence for w in words) / len(words))
