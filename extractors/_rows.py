"""Hàng của bảng: a row printed in two parts over a page break made whole, a table over pages made one, repeated heads dropped."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rapidfuzz.fuzz import ratio

from models.text import fold, one_line

if TYPE_CHECKING:
    from extractors._paragraphs import Paragraph

_SAME = 88
"""Likeness from which a row is the table's head again."""

_BETWEEN = 12
"""Characters of noise (a page number misread) that may stand between the parts of a table."""


def join_rows(paragraphs: "list[Paragraph]", pages: list[int]) -> "list[Paragraph]":
    """Paragraphs with the lower parts of rows joined to their upper parts, heads that a page repeats left out."""
    joined = _Joined()
    for here, page in zip(paragraphs, pages, strict=True):
        joined.add(here, page)
    return joined.done


@dataclass(slots=True)
class _Joined:
    done: "list[Paragraph]" = field(default_factory=list)
    heads: dict[int, str] = field(default_factory=dict)
    alias: dict[int, int] = field(default_factory=dict)
    last: int | None = None
    page: int = 0
    noise: int = 0

    def add(self, here: "Paragraph", page: int) -> None:
        """Take the next paragraph or row."""
        if here.table is None:
            self.noise += len(here.text)
            self.done.append(here)
            return
        new_page, self.page = page != self.page, page
        here = self._one_table(here, new_page=new_page)
        if not self._drop_or_merge(here, new_page=new_page):
            self.last, self.noise = len(self.done), 0
            self.done.append(here)

    def _one_table(self, here: "Paragraph", *, new_page: bool) -> "Paragraph":
        """The part of a table on a new page bears the number of its first part."""
        above = self.done[self.last] if self.last is not None else None
        if above is not None and above.table is not None and here.table is not None and here.table not in self.alias:
            same = len(above.cells) == len(here.cells) and self.noise <= _BETWEEN
            goes_on = new_page and same and here.table != above.table
            self.alias[here.table] = above.table if goes_on else here.table
        return replace(here, table=self.alias.get(here.table, here.table)) if here.table is not None else here

    def _drop_or_merge(self, here: "Paragraph", *, new_page: bool) -> bool:
        table, key = here.table or 0, fold(one_line(here.text))
        first = table not in self.heads
        if ratio(self.heads.setdefault(table, key), key) > _SAME and not first:
            return True
        above = self.done[self.last] if self.last is not None else None
        if self.last is None or above is None or not _goes_on(above, here, new_page=new_page):
            return False
        self.done[self.last] = _merge(above, here)
        return True


def _goes_on(above: "Paragraph", here: "Paragraph", *, new_page: bool) -> bool:
    if above.table != here.table or len(above.cells) != len(here.cells) or len(here.cells) < 3 or here.cells[0].text:
        return False
    filled = [(a, c) for a, c in zip(above.cells, here.cells, strict=True) if c.text]
    if not filled:
        return False
    if new_page and len(filled) == 1:
        return True
    # A cell that goes on begins lower-case, or stands under one that did not close; a sub-row of a merged cell begins anew.
    running = [c.text[0].islower() or (new_page and a.text[-1:] in (",", "-")) for a, c in filled]
    return all(running) if not new_page else any(running)


def _merge(above: "Paragraph", here: "Paragraph") -> "Paragraph":
    cells = tuple(_append(a, b) for a, b in zip(above.cells, here.cells, strict=True))
    return replace(_append(above, here), cells=cells)


def _append(above: "Paragraph", here: "Paragraph") -> "Paragraph":
    if not here.text or not above.text:
        return above if above.text else here
    return replace(above, text=f"{above.text} {here.text}", offsets=(*above.offsets, above.offsets[-1] + 1, *here.offsets))
