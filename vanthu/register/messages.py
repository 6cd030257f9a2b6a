"""Thư đã nhận: which messages of a mailbox were looked at, so that none is taken in twice; no names stand here, any may be secret."""

from vanthu.register.connection import Base


def numbers(base: Base, mailbox: str) -> set[str]:
    """Numbers (UIDs) of the messages of a mailbox that are done."""
    return {row["number"] for row in base.rows("SELECT number FROM messages WHERE mailbox=?", mailbox)}


def knows(base: Base, key: str) -> bool:
    """True where a message with this Message-ID and these attachments was taken in, from whichever mailbox."""
    return base.value("SELECT 1 FROM messages WHERE key=? AND file IS NOT NULL", key) is not None


def note(base: Base, mailbox: str, number: str, key: str, file: str | None) -> None:
    """A message is done; `file`: the hash of its bytes as they were put into the inbox, None where there was nothing to take in."""
    with base.transaction():
        row = {"mailbox": mailbox, "number": number, "key": key, "file": file, "at": base.now()}
        base.db["messages"].upsert(row, pk=("mailbox", "number"))
