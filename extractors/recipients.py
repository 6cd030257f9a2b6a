"""Nơi nhận (Decree 30/2020, Annex I, box 9b)."""

from extractors._evidence import mean_confidence
from extractors._listing import text_of
from extractors._patterns import letters
from extractors._receivers import Receivers
from models.document import Document
from models.found import Found, Span


def find(*, document: Document, receivers: Receivers) -> tuple[Found[str], ...]:
    """Nơi nhận without the Lưu line, one string an entry, notes in brackets kept."""
    found = []
    for entry in receivers.entries:
        value = text_of(entry)
        if len(letters(value)) > 1:
            spans = tuple(Span(p.line.start, p.line.end) for p in entry)
            found.append(Found.at(document, value, "recipients.list", 0.97 * mean_confidence(entry), *spans))
    return tuple(found)
