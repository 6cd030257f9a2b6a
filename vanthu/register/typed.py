"""Nhập tay: an entry for a paper of which there is no scan, typed in by a person with the next số đến."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from models.found import Found
from models.record import Deadline, Record, Task
from vanthu.errors import WrongUse
from vanthu.register import effective, entries, events, numbering, values
from vanthu.register.connection import Base

RULE = "typed.person"
FIELDS = ("code", "issued_on", "doc_type", "issuer", "subject", "urgency")
_SOURCE = "nhập tay"


def add(base: Base, given: Mapping[str, str], *, who: str, book: str = numbering.INCOMING) -> int:
    """Register what was typed: `FIELDS`, `received_on`, and of one piece of work `task`, `lead`, `due_on`; the entry's id.

    BadValue where a value will not do; WrongUse where neither code nor subject is given.
    """
    typed = {name: values.parse([name], given.get(name, "")) for name in FIELDS}
    if not typed["code"] and not typed["subject"]:
        raise WrongUse("register.nothing_typed")
    received = values.parse_date(given["received_on"]) if given.get("received_on", "").strip() else base.today
    record = _record(typed, _work(given))
    with base.transaction():
        row = {
            "direction": "out" if book == numbering.OUTGOING else "in",
            "book": book,
            "year": received.year,
            "arrival_number": numbering.draw(base, book, received.year),
            "received_on": received.isoformat(),
            "state": "registered",
            "registered_at": base.now(),
            "machine": json.dumps(effective.machine_json(None, record), ensure_ascii=False),
            "pages": 0,
        }
        document_id = int(base.db["documents"].insert(row, pk="id").last_pk)
        base.db["imported"].insert({"document_id": document_id, "source": _SOURCE, "row": 0})
        entries.refresh(base, document_id)
        events.add(base, "typed", who=who, document=document_id)
        return document_id


def _record(typed: Mapping[str, Any], work: tuple[Task, Deadline | None] | None) -> Record:
    found: dict[str, Any] = {name: Found(value, RULE, 1.0) for name, value in typed.items() if value is not None}
    if typed["issued_on"]:
        found["issued_on"] = Found(date.fromisoformat(typed["issued_on"]), RULE, 1.0)
    if work:
        found["tasks"] = (Found(work[0], RULE, 1.0),)
        found["deadlines"] = (Found(work[1], RULE, 1.0),) if work[1] else ()
    return Record(**found)


def _work(given: Mapping[str, str]) -> tuple[Task, Deadline | None] | None:
    """The piece of work, and its time limit where one is given."""
    text = values.parse(["tasks", 0, "text"], given.get("task", ""))
    due = values.parse(["tasks", 0, "due_on"], given.get("due_on", ""))
    if not text:
        return None
    day = date.fromisoformat(due) if due else None
    lead = tuple(values.parse(["tasks", 0, "lead"], given.get("lead", "")))
    limit = Deadline(f"{day:%d/%m/%Y}", day) if day else None
    return Task(None, text, lead, (), day, (0,) if limit else ()), limit
