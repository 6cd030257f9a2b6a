"""Độ mật: MẬT, TỐI MẬT, TUYỆT MẬT (Decree 30/2020, Annex I, box 10a; Law on State Secrets)."""

from extractors._boxes import marked
from extractors._evidence import from_lines
from extractors._zones import Zones
from models.document import Document
from models.found import Found


def find(*, document: Document, zones: Zones) -> Found[str] | None:
    """Độ mật, None where none is marked."""
    found = marked(zones, ("mật", "tối mật", "tuyệt mật"))
    return from_lines(document, found[0], "secrecy.box", 0.97, [found[1]]) if found else None
