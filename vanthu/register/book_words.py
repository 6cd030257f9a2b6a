"""Cách ghi trong sổ: how a clerk words the cells of the books."""

from datetime import date
from typing import Any

from vanthu.messages import say
from vanthu.said import day

Row = dict[str, Any]

_TEXT = 300
"""Letters of a task that a note repeats at most: the document itself has the rest."""


def about(row: Row) -> str:
    """Tên loại và trích yếu: `Công văn V/v …`, `Báo cáo kết quả …`."""
    kind, subject = (row["doc_type"] or "").capitalize(), row["subject"] or ""
    link = " V/v " if row["doc_type"] == "công văn" and subject else " "
    return f"{kind}{link}{subject}".strip()


def note(row: Row) -> str:
    """Ghi chú: that the number is void and why, how urgent it is, what the old book said."""
    void = say("book.void", reason=row["void_reason"] or "–") if row["state"] == "void" else ""
    return "\n".join(part for part in (void, (row["urgency"] or "").capitalize(), row["old_note"] or "") if part)


def receiver(handed: Row) -> str:
    """The unit that a document was handed to, and the person where one is named."""
    return ", ".join(part for part in (handed["unit"], handed["person"]) if part)


def receipt(handed: Row) -> str:
    """Ký nhận given on the system: who and when; on paper it is signed by hand."""
    return " ".join(part for part in (handed["received_by"], day(handed["received_at"])) if part)


def identified(row: Row) -> str:
    """Tên loại, số, ký hiệu, ngày tháng và tên cơ quan ban hành."""
    kind = (row["doc_type"] or "văn bản").capitalize()
    number = say("book.number", code=row["code"]) if row["code"] else say("book.no_number")
    issued = say("book.issued", day=day(row["issued_on"])) if row["issued_on"] else ""
    issuer = say("book.issuer", issuer=row["issuer"]) if row["issuer"] else ""
    return " ".join(part for part in (kind, number, issued, issuer) if part)


def progress(row: Row, today: date) -> str:
    """Tiến độ: the state, and by how many days it is late or was."""
    state, due = row["item_state"], date.fromisoformat(row["due_on"]) if row["due_on"] else None
    if state == "dropped":
        return say("book.dropped")
    if state == "done":
        closed = date.fromisoformat(row["closed_on"]) if row["closed_on"] else None
        how = _how(due, closed)
        return say("book.done", day=day(closed)).strip() + (f", {how}" if how else "")
    late = (today - due).days if due else 0
    return say(f"state.{state}").capitalize() + (f", {say('book.late', days=late)}" if late > 0 else "")


def _how(due: date | None, closed: date | None) -> str:
    if not due or not closed:
        return ""
    return say("book.done_late", days=(closed - due).days) if closed > due else say("book.in_time")


def answer(row: Row) -> str:
    """Số, ký hiệu văn bản trả lời, with its day."""
    return ", ".join(part for part in (row["answer_code"], day(row["answer_on"])) if part)


def item_note(row: Row) -> str:
    """Which task of the document it is, and what was noted on it."""
    text = " ".join((row["text"] or "").split())
    task = text if len(text) <= _TEXT else text[: _TEXT - 1].rstrip() + "…"
    return "\n".join(
        part for part in (say("book.item", ordinal=row["ordinal"], text=task) if row["ordinal"] else task, row["item_note"] or "") if part
    )
