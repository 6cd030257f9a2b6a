"""Khó khăn, vướng mắc that a báo cáo tells of, tồn tại and hạn chế among them (docs/record.md, Report)."""

from extractors._report import Passage, found
from models.document import Document
from models.found import Found


def find(*, document: Document, report: tuple[Passage, ...]) -> tuple[Found[str], ...]:
    """Các khó khăn, vướng mắc, a found passage each, in order."""
    return found(document, report, "difficulties")
