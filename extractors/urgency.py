"""Độ khẩn: KHẨN, THƯỢNG KHẨN, HỎA TỐC (Decree 30/2020, Annex I, box 10b)."""

from extractors._boxes import marked
from extractors._evidence import from_lines
from extractors._zones import Zones
from models.document import Document
from models.found import Found


def find(*, document: Document, zones: Zones) -> Found[str] | None:
    """Mức độ khẩn, None where none is marked."""
    found = marked(zones, ("khẩn", "thượng khẩn", "hỏa tốc"))
    return from_lines(document, found[0], "urgency.box", 0.97, [found[1]]) if found else None
