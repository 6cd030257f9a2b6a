"""What was read of a file, as JSON: pages, lines, words with boxes and confidences."""

from typing import Any

from models.document import Box, Document, Line, Mark, Page, Word


def as_json(document: Document) -> dict[str, Any]:
    """`{name, text, notes, pages}`; boxes are `[left, top, right, bottom]` in pixels of the page's stated size, on the upright scan.

    Offsets (`start`, `end`) point into `text`; confidences are 0–1; of a table row `cells` are half-open ranges of its words.
    """
    pages = [_page(page) for page in document.pages]
    return {"name": document.name, "text": document.text, "notes": [*document.notes], "pages": pages}


def _page(page: Page) -> dict[str, Any]:
    plain = {name: getattr(page, name) for name in ("number", "width", "height", "dpi", "source", "rotation", "skew")}
    return plain | {
        "notes": [*page.notes],
        "marks": [_mark(page, mark) for mark in page.marks],
        "lines": [_line(page, line) for line in page.lines],
    }


def _line(page: Page, line: Line) -> dict[str, Any]:
    words = [_word(page, word) for word in line.words]
    out = {"text": line.text, "box": _box(page, line.box), "start": line.start, "end": line.end, "words": words}
    return out | ({} if line.table is None else {"table": line.table, "cells": [[*cell] for cell in line.cells]})


def _word(page: Page, word: Word) -> dict[str, Any]:
    """`raw`: the first reading, of a word that was mended alone."""
    out = {"text": word.text, "box": _box(page, word.box), "confidence": round(word.confidence, 3), "start": word.start}
    return out | ({} if word.raw is None else {"raw": word.raw})


def _mark(page: Page, mark: Mark) -> dict[str, Any]:
    return {"kind": mark.kind, "box": _box(page, mark.box), "text": mark.text, "confidence": round(mark.confidence, 3)}


def _box(page: Page, box: Box) -> list[int]:
    placed = page.on_scan(box)
    return [placed.left, placed.top, placed.right, placed.bottom]
