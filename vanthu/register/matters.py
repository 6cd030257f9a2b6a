"""Việc phải theo dõi: the door to what is done with follow-up items, and to how documents hang together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from vanthu.register import acts, closings, entries, graph, items, matrix, recurring, saved
from vanthu.register.connection import Base

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Matters:
    """The matters of one register, `register.matters`."""

    base: Base

    # items

    def item(self, item_id: int) -> Row:
        """One item with the history of every change: see `items.show`."""
        return items.show(self.base, item_id)

    def extend(self, item_id: int, until: date | None, reason: str, *, who: str) -> None:
        """Gia hạn: see `acts.extend`."""
        acts.extend(self.base, item_id, until, reason, who=who)

    def split(self, item_id: int, parts: Sequence[tuple[str, str | None, date | None]], *, who: str) -> list[int]:
        """Tách an item: see `acts.split`."""
        return acts.split(self.base, item_id, parts, who=who)

    def merge(self, item_id: int, others: Sequence[int], *, who: str) -> None:
        """Gộp items: see `acts.merge`."""
        acts.merge(self.base, item_id, others, who=who)

    def instruct(self, document_id: int, text: str, *, who: str, **more: Any) -> int:
        """Bút phê; `more`: `unit`, `due_on`, `item_id`, `leader`: see `acts.instruct`."""
        return acts.instruct(self.base, document_id, text, who=who, **more)

    def instructions(self, document_id: int) -> list[Row]:
        """Bút phê on an entry."""
        return items.instructions(self.base, document_id)

    def hand_over(self, document_id: int, unit: str, *, who: str, **more: Any) -> int:
        """Chuyển giao; `more`: `person`, `item_id`, `on`, `note`: see `acts.hand_over`."""
        return acts.hand_over(self.base, document_id, unit, who=who, **more)

    def sign_for(self, handover_id: int, *, who: str, person: str | None = None) -> None:
        """Ký nhận: see `acts.sign_for`."""
        acts.sign_for(self.base, handover_id, who=who, person=person)

    def handovers(self, document_id: int) -> list[Row]:
        """Chuyển giao, ký nhận of an entry: columns 7 to 9 of the incoming book."""
        return items.handovers(self.base, document_id)

    def open_next(self) -> list[int]:
        """Mở kỳ báo cáo tiếp theo: see `recurring.open_next`."""
        return recurring.open_next(self.base)

    # answers

    def closings(self, document_id: int | None = None, *, waiting: bool = False) -> list[Row]:
        """Answers and what they fulfil: see `closings.listing`."""
        return closings.listing(self.base, document_id, waiting=waiting)

    def accept(self, closing_id: int, *, who: str) -> None:
        """Đồng ý a proposal: see `closings.accept`."""
        closings.accept(self.base, closing_id, who=who)

    def refuse(self, closing_id: int, *, who: str) -> None:
        """Refuse a proposal, undo a closing: see `closings.refuse`."""
        closings.refuse(self.base, closing_id, who=who)

    def matrix(self, document_id: int) -> Row:
        """Units and their reports: see `matrix.matrix`."""
        return matrix.matrix(self.base, document_id)

    def awaited(self, item_id: int) -> list[str]:
        """Bodies that still owe an answer: see `matrix.awaited`."""
        return matrix.awaited(self.base, item_id)

    # documents

    def relations(self, document_id: int) -> list[Row]:
        """What an entry does with each document that it cites: see `graph.relations`."""
        entries.entry(self.base, document_id)
        return graph.relations(self.base, document_id)

    def thread(self, document_id: int) -> list[Row]:
        """Vụ việc in order: see `graph.thread`."""
        entries.entry(self.base, document_id)
        return graph.thread(self.base, document_id)

    def related(self, document_id: int, limit: int = 10) -> list[Row]:
        """Văn bản liên quan: see `graph.related`."""
        entries.entry(self.base, document_id)
        return graph.related(self.base, document_id, limit)

    def missing(self) -> list[Row]:
        """Documents cited and never received: see `graph.missing`."""
        return graph.missing(self.base)

    # searches

    def save_search(self, name: str, query: str, *, who: str) -> None:
        """Lưu tìm kiếm: see `saved.save`."""
        saved.save(self.base, name, query, who=who)

    def drop_search(self, name: str) -> None:
        """Xóa tìm kiếm đã lưu; NotFound."""
        saved.drop(self.base, name)

    def saved_search(self, name: str) -> str:
        """The query kept under a name; NotFound."""
        return saved.get(self.base, name)

    def searches(self) -> list[Row]:
        """`{name, query, who, at}` by name."""
        return saved.listing(self.base)
