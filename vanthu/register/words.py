"""Từ trên trang: what was read with its place, kept so that a person can point at it on the page picture."""

import json
import zlib

from models.document import Box, Document, Page, Word
from models.text import fold
from vanthu.register.connection import Base

_MARKS = ".,;:()[]«»\"'“”…-–+•"

Placed = tuple[str, Box, int]
"""A word, its box on the upright scan, and the number of its line on the page."""


def write(base: Base, document_id: int, document: Document) -> None:
    """The words as read now, in place of those read before."""
    base.db["words"].delete_where("document_id=?", [document_id])
    base.db["words"].insert_all(
        {"document_id": document_id, "page": page.number, "words": _packed(page)} for page in document.pages if page.lines
    )


def _packed(page: Page) -> bytes:
    """JSON, squeezed: a page of 400 words takes about 5 kB so."""
    rows = [[word.text, *_box(page, word), line] for line, one in enumerate(page.lines) for word in one.words]
    return zlib.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode(), 9)


def _box(page: Page, word: Word) -> tuple[int, int, int, int]:
    box = page.on_scan(word.box)
    return box.left, box.top, box.right, box.bottom


def of_page(base: Base, document_id: int, page: int) -> list[Placed] | None:
    """Words of a page in reading order; None where they were not kept: read before the register kept them, or no words."""
    packed = base.value("SELECT words FROM words WHERE document_id=? AND page=?", document_id, page)
    if packed is None:
        return None
    return [(text, Box(left, top, right, bottom), line) for text, left, top, right, bottom, line in json.loads(zlib.decompress(packed))]


def inside(words: list[Placed], area: Box) -> list[Placed]:
    """Words that a drawn area holds by their middles; of an area without size, the word that lies under it."""
    if area.width < 3 or area.height < 3:
        x, y = area.middle
        return [word for word in words if word[1].left <= x <= word[1].right and word[1].top <= y <= word[1].bottom][:1]
    return [word for word in words if _holds(area, word[1])]


def _holds(area: Box, box: Box) -> bool:
    x, y = box.middle
    return area.left <= x <= area.right and area.top <= y <= area.bottom


def find(base: Base, document_id: int, text: str) -> tuple[int, Box] | None:
    """(page, box on the upright scan) of the words of a text that follow one another so on one page; None where they do not."""
    asked = [plain for word in fold(text).split() if (plain := word.strip(_MARKS))]
    for row in base.rows("SELECT page FROM words WHERE document_id=? ORDER BY page", document_id) if asked else []:
        placed = [(plain, box) for word, box, _ in of_page(base, document_id, row["page"]) or [] if (plain := fold(word).strip(_MARKS))]
        there = [plain for plain, _ in placed]
        for start in range(len(there) - len(asked) + 1):
            if there[start : start + len(asked)] == asked:
                return row["page"], Box.around([box for _, box in placed[start : start + len(asked)]])
    return None


def text_of(words: list[Placed]) -> str:
    """Words as one text, a line break where another line begins."""
    lines: dict[int, list[str]] = {}
    for text, _, line in words:
        lines.setdefault(line, []).append(text)
    return "\n".join(" ".join(line) for line in lines.values())
