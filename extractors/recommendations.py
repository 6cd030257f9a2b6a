"""Đề xuất, kiến nghị that a báo cáo puts to others (docs/record.md, Report)."""

from extractors._report import Passage, found
from models.document import Document
from models.found import Found


def find(*, document: Document, report: tuple[Passage, ...]) -> tuple[Found[str], ...]:
    """Các đề xuất, kiến nghị, a found passage each, in order."""
    return found(document, report, "recommendations")
