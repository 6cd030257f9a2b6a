"""Lưu: who keeps the copy (Decree 30/2020, Annex I, box 9b, last line)."""

from extractors._evidence import from_lines
from extractors._listing import text_of
from extractors._receivers import Receivers
from models.document import Document
from models.found import Found


def find(*, document: Document, receivers: Receivers) -> Found[str] | None:
    """What follows `Lưu:`; None where no such line stands."""
    if receivers.archive is None:
        return None
    entry, start = receivers.archive
    value = text_of(entry)[start:].strip(" :;.,")
    return from_lines(document, value, "archive.line", 0.96, entry) if value else None
