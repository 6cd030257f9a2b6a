"""Xem văn bản mật: every look into the register of secret documents is an event of it, written before anything is shown."""

from vanthu.register import events
from vanthu.register.connection import Base


def note(base: Base, who: str, address: str, document_id: int | None) -> None:
    """Who asked for what; `address`: the name of the page. An id that no entry has is told without one."""
    with base.transaction():
        there = document_id is not None and base.value("SELECT 1 FROM documents WHERE id=?", document_id) is not None
        events.add(base, "viewed", who=who, document=document_id if there else None, address=address)
