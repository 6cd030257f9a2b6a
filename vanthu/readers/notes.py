"""Ghi chú: what is missing in a document as it was read, said on its entry."""

import mmap
import unicodedata
from pathlib import Path

from models.document import Document

_ENOUGH_WORDS = 25
_LEAST_MARKED = 0.2
"""Of the words of Vietnamese print two thirds to four fifths bear a mark, of French a tenth, of English none."""


def about(document: Document) -> tuple[str, ...]:
    """Keys `note.*` of what a person should know about the whole document."""
    if all(page.source in ("blank", "failed") for page in document.pages):
        return ("no_text",)
    return () if is_vietnamese(document.text) else ("not_vietnamese",)


def is_vietnamese(text: str) -> bool:
    """False for a text long enough to tell that has hardly a letter with a mark: another language, or marks lost in reading."""
    words = [word for word in text.split() if len(word) > 1 and sum(map(str.isalpha, word)) > len(word) / 2]
    marked = sum(any(c in "đĐ" or unicodedata.decomposition(c) for c in word) for word in words)
    return len(words) < _ENOUGH_WORDS or marked >= _LEAST_MARKED * len(words)


def cut_off(path: Path) -> tuple[str, ...]:
    """Whether a PDF lacks its end: what could be read may not be all."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return () if data.rfind(b"%%EOF") >= 0 else ("cut_off",)
