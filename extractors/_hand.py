"""Chữ viết tay: what the reading of handwriting says of a place where print should stand."""

import re
from collections.abc import Sequence

from models.document import Box, Mark, Page

SURE = 0.93  # a handwritten number read with less is kept only where the reading of the print agrees with it
AGREED = 0.6


def over(page: Page, box: Box) -> list[Mark]:
    """Marks of handwriting that touch a place, the nearest to its middle first."""
    touching = [m for m in page.marks if m.kind == "handwriting" and _touches(m.box, box)]
    return sorted(touching, key=lambda m: abs(m.box.middle[0] - box.middle[0]))


def number(marks: Sequence[Mark], printed: str = "") -> tuple[str, float] | None:
    """The number that marks at one place say and how sure it is, None where none was read for sure.

    `printed`: what recognition of print made of it; two readings that agree are surer than one.
    """
    for mark in marks:
        text = _text(mark)
        if text and (mark.confidence >= SURE or (text == printed and mark.confidence >= AGREED)):
            return text, mark.confidence
    return None


def denied(marks: Sequence[Mark], printed: str) -> bool:
    """True where handwriting was read as another number than `printed`: recognition of print sees figures in what a hand wrote."""
    texts = {text.lstrip("0") for mark in marks if (text := _text(mark))}
    return bool(texts) and printed.lstrip("0") not in texts


def readings(marks: Sequence[Mark]) -> tuple[str, ...]:
    """What handwriting was read as, sure or not: suggestions to a person."""
    return tuple(text for mark in marks if (text := _text(mark)))


def _text(mark: Mark) -> str:
    text = re.sub(r"\s", "", mark.text)
    return text if re.fullmatch(r"\d{1,5}[a-zđ]?", text) else ""


def _touches(a: Box, b: Box) -> bool:
    return a.left < b.right + b.height and b.left - b.height < a.right and a.top < b.bottom and b.top < a.bottom
