"""Chữ viết tay: what the reading of handwriting says of a place where print should stand."""

import re
from collections.abc import Sequence

from extractors._lexicon import doc_types
from extractors._patterns import letters
from extractors._symbols import type_codes
from models.context import Context
from models.document import Box, Document, Mark, Page
from models.text import fold

SURE = 0.8  # a handwritten number read with less is kept only where something else agrees with it (docs/benchmarks.md)
AGREED = 0.6


def over(page: Page, box: Box) -> list[Mark]:
    """Marks of handwriting that touch a place, the nearest to its middle first."""
    touching = [m for m in page.marks if m.kind == "handwriting" and _touches(m.box, box)]
    return sorted(touching, key=lambda m: abs(m.box.middle[0] - box.middle[0]))


def number(marks: Sequence[Mark], *others: str) -> tuple[str, float] | None:
    """The number that marks at one place say and how sure it is, None where none was read for sure.

    `others`: what recognition of print made of it, and what is known of it beside the page; two that agree are surer than one.
    """
    known = {other.lstrip("0") for other in others}
    for mark in marks:
        text = _text(mark)
        if text and (mark.confidence >= SURE or (text.lstrip("0") in known and mark.confidence >= AGREED)):
            return text, mark.confidence
    return None


def is_own(document: Document, start: int, end: int, marks: Sequence[Mark]) -> bool:
    """True where `text[start:end]` is what a mark itself was read as: no second reading that could agree with it."""
    words = [word for _, word in document.words_between(start, end)]
    return any(mark.text and word.box.left == mark.box.left and word.text.startswith(mark.text) for word in words for mark in marks)


def in_file_name(context: Context, symbol: str) -> set[str]:
    """Numbers that the file's name gives with this symbol: `CV 221-UBND-NV.signed.pdf`, `221.UBND.pdf`, `cong van so 221.pdf`."""
    name = fold(context.file_name)
    first = re.match(r"(?:\d{4}/)?\w+", fold(symbol).lstrip("/-"))
    found = set(re.findall(r"(?<![a-z])(?:so|cv)[\W_]*0*(\d{1,5})(?!\d)", name))
    if first:
        written = r"[\W_]*".join(map(re.escape, first[0].split("/")))
        found |= set(re.findall(rf"(?<!\d)0*(\d{{1,5}})[\W_]*{written}(?![a-z])", name))
    return found


def cited(context: Context, symbol: str) -> set[str]:
    """Numbers with which other documents cite one of this symbol."""
    parts = (re.fullmatch(r"0*(\d+)\W(.+)", code) for code in context.cited)
    return {match[1] for match in parts if match and letters(match[2]) == letters(symbol)}


def whole_type(document: Document, symbol: str) -> bool:
    """False for the `TT` or `CT` of a symbol beside a pen that may have lost a small r, as no title of the page names the shorter type."""
    first = re.match(r"[/-]?([A-ZĐ]+)(?![\w])", symbol)
    if first is None or first[1] + "r" not in type_codes():
        return True
    names = {kind.name for kind in doc_types() if first[1] in kind.codes}
    return any(line.text.isupper() and line.text.strip().lower() in names for line in document.pages[0].lines)


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
