"""Hàng của bảng: a row printed in two parts over a page break made whole, repeated heads dropped."""

from dataclasses import replace
from typing import TYPE_CHECKING

from rapidfuzz.fuzz import ratio

from models.text import fold, one_line

if TYPE_CHECKING:
    from extractors._paragraphs import Paragraph

_SAME = 88
"""Likeness from which a row is the table's head again."""


def join_rows(paragraphs: "list[Paragraph]", pages: list[int]) -> "list[Paragraph]":
    """Paragraphs with the lower parts of rows joined to their upper parts, heads that a page repeats left out."""
    done: list[Paragraph] = []
    heads: dict[int, str] = {}
    page_of_last = 0
    for here, page in zip(paragraphs, pages, strict=True):
        if here.table is not None:
            key = fold(one_line(here.text))
            if ratio(heads.setdefault(here.table, key), key) > _SAME and page_of_last and done and done[-1].table == here.table:
                page_of_last = page
                continue
            if done and _goes_on(done[-1], here, new_page=page != page_of_last):
                done[-1] = _merge(done[-1], here)
                page_of_last = page
                continue
        done.append(here)
        page_of_last = page
    return done


def _goes_on(above: "Paragraph", here: "Paragraph", *, new_page: bool) -> bool:
    if above.table != here.table or len(above.cells) != len(here.cells) or len(here.cells) < 3 or here.cells[0].text:
        return False
    filled = [(a, c) for a, c in zip(above.cells, here.cells, strict=True) if c.text]
    if not filled:
        return False
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
