"""Việc còn sót: a piece of work that reading has missed, added by a person, with the place on the page where it stands."""

import json
from collections.abc import Sequence
from typing import Any

from models.document import Box, Page
from vanthu.register import words
from vanthu.register.connection import Base
from vanthu.register.corrections import Place
from vanthu.register.values import parse_date

Row = dict[str, Any]


def task(text: str, lead: Sequence[str] = (), support: Sequence[str] = (), due_on: str = "", ordinal: str | None = None) -> Row:
    """A task as the record holds it; BadValue where the day will not do."""
    due = parse_date(due_on).isoformat() if due_on.strip() else None
    return {"ordinal": ordinal, "text": text, "lead": [*lead], "support": [*support], "due_on": due}


def field_of(base: Base, document_id: int) -> str:
    """The name under which one more task is added by a correction: that of the place behind the last."""
    record = json.loads(base.value("SELECT record FROM documents WHERE id=?", document_id) or "{}")
    return f"tasks.{len(record.get('tasks') or [])}"


def place_of(base: Base, document_id: int, text: str) -> Place | None:
    """Where a text stands on the pages; None where its words do not follow one another on any."""
    found = words.find(base, document_id, text)
    return as_read(base, document_id, *found) if found else None


def as_read(base: Base, document_id: int, number: int, box: Box) -> Place | None:
    """A box of the upright scan in pixels of the page as it was read, as values keep their places; None where there is no such page."""
    sql = "SELECT width, height, source, warp FROM pages WHERE document_id=? AND number=?"
    page = base.row(sql, document_id, number)
    if page is None:
        return None
    warp = tuple(json.loads(page["warp"])) if page["warp"] else ()
    read = Page(number, page["width"], page["height"], 0, page["source"], warp=warp).off_scan(box)
    return number, [read.left, read.top, read.right, read.bottom]
