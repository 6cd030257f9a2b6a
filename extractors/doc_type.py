"""Tên loại văn bản (Decree 30/2020, Article 7 and Annex I, box 5a; Law on Promulgation of Legal Documents; 66-QĐ/TW for the Party)."""

from extractors._evidence import from_lines
from extractors._lexicon import doc_types, type_of_title
from extractors._symbols import abbreviations
from extractors._zones import Zones
from models.document import Document
from models.found import Found


def find(*, document: Document, zones: Zones, code: Found[str] | None) -> Found[str] | None:
    """Tên loại in lower case; `công văn` where no type's name is printed; None for a paper without any header."""
    for line in zones.title[:1]:
        known = type_of_title(line.text)
        if known:
            return from_lines(document, known[0], "doc_type.title", min(1.0, known[1] + 0.02), [line])
    named = None if zones.about else _by_symbol(code, letter=bool(zones.addressees))
    if named:
        return Found(named, "doc_type.symbol", 0.7, code.spans if code else ())
    if zones.header_left or zones.addressees:
        return from_lines(document, "công văn", "doc_type.letter", 0.95, zones.addressees[:1])
    return None


def _by_symbol(code: Found[str] | None, letter: bool) -> str | None:
    """Type that the symbol names, where its title was lost; of what is addressed like a letter, none that may be a body or a unit."""
    if code is None or code.value is None:
        return None
    kind = [part for part in code.value.replace("/", "-").split("-")[1:] if not part.isdigit()][:1]
    if not kind or kind[0] == "CV" or (letter and kind[0] in abbreviations()):
        return None
    return next((t.name for t in doc_types() if kind[0] in t.codes), None)
