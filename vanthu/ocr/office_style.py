"""Lối viết hành chính: readings that no office paper prints, mended by `office_style.tsv`: `(b/€)`, `ƯBND`, a semicolon for a bullet.

Each row: a pattern for a whole word, what is meant, where the word stands in its line or cell, what the next word begins with.
What was read stays beside it as `raw`.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from models.document import Box, Line, Word


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: re.Pattern[str]
    meant: str
    at: str
    after: re.Pattern[str] | None

    def mend(self, words: Sequence[Word], n: int) -> str | None:
        """What the word is to read, None where the rule does not hold for it."""
        if (self.at == "first" and n) or (self.at == "last" and n + 1 < len(words)):
            return None
        if self.after and not (n + 1 < len(words) and self.after.match(words[n + 1].text)):
            return None
        match = self.pattern.fullmatch(words[n].text)
        return match.expand(self.meant) if match else None


@cache
def _rules() -> tuple[_Rule, ...]:
    text = (files("vanthu") / "ocr" / "office_style.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(
        _Rule(re.compile(row["pattern"]), row["meant"], row["at"], re.compile(row["after"]) if row["after"] else None) for row in rows
    )


def lines(found: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of a page with such words mended, each line and each cell for itself."""
    return tuple(_line(line) for line in found)


def _line(line: Line) -> Line:
    words: list[Word] = []
    cells = []
    for first, last in line.cells if line.table is not None else ((0, len(line.words)),):
        start = len(words)
        words += mended(line.words[first:last])
        cells.append((start, len(words)))
    if tuple(words) == line.words:
        return line
    return replace(line, words=tuple(words), cells=tuple(cells) if line.table is not None else ())


def mended(words: Sequence[Word]) -> list[Word]:
    """The words of a line or a cell."""
    return [new for n in range(len(words)) for new in _word(words, n)]


def _word(words: Sequence[Word], n: int) -> Iterator[Word]:
    word = words[n]
    meant = next((text for rule in _rules() if (text := rule.mend(words, n)) is not None), None)
    if meant is None or meant == word.text:
        yield word
        return
    raw = word.raw or word.text
    # A word that was read as one, its blank lost, is parted as its letters are.
    left, whole = word.box.left, max(1, len(meant))
    for part in meant.split(" "):
        right = min(word.box.right, left + round(word.box.width * (len(part) + 1) / whole))
        yield replace(word, text=part, raw=raw, box=Box(left, word.box.top, max(left + 1, right), word.box.bottom))
        left = min(right, word.box.right - 1)
