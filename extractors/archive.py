"""Lưu: who keeps the copy (Decree 30/2020, Annex I, box 9b, last line)."""

import re
from dataclasses import replace

from extractors._evidence import from_lines
from extractors._listing import Entry, text_of
from extractors._receivers import Receivers
from models.document import Document
from models.found import Found

_SURE = 0.58  # an abbreviation read with less is as often wrong as right
_RUN_ON = re.compile(r"^V[TIL][^\W\d_]")  # a comma read as a letter
_OFFICE = re.compile(r"^V[TIL1ÍF][;.,:]*(?=\s|$)\s*")  # văn thư keeps the copy; its T is what recognition misreads


def find(*, document: Document, receivers: Receivers) -> Found[str] | None:
    """What follows `Lưu:`; None where no such line stands."""
    if receivers.archive is None:
        return None
    entry, start = receivers.archive
    text = text_of(entry)[start:].strip(" :;.,")
    read = entry[0].page.source == "ocr"
    value = (_OFFICE.sub(_keeper, text) if read else text).strip(" ,")
    if not value:
        return None
    if _worst(entry) < _SURE or (_RUN_ON.match(value) and read):
        return replace(from_lines(document, None, "archive.doubtful", 0.5, entry), candidates=(value,))
    return from_lines(document, value, "archive.line", 0.96, entry)


def _keeper(office: re.Match[str]) -> str:
    """VT with its mark: a comma is read as a full stop or a semicolon, never as a colon."""
    return "VT: " if ":" in office[0] else "VT, "


def _worst(entry: Entry) -> float:
    """Confidence of the entry's worst word with a letter; VT apart, which can be nothing else."""
    words = [w for line in entry for w in line.line.words if re.search(r"\w", w.text) and not _OFFICE.match(w.text)]
    return min((w.confidence for w in words), default=1.0)
