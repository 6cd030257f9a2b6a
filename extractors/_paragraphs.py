"""Đoạn văn: printed lines joined to paragraphs, table rows to whole rows, over page breaks too."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from extractors._breaks import Column, Placed, begins_paragraph, columns
from extractors._rows import join_rows
from extractors._zones import Zones
from models.document import Line
from models.found import Span

_GLUED = re.compile(r"[^\s\-/][-/]$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or a table row.

    `text`: its printed lines joined; `offsets`: for each character of `text` its offset in `Document.text`;
    `cells`: the cells of a row, "" where empty; `table`: the table's number; `zone`: "body" or "annex".
    """

    text: str
    offsets: tuple[int, ...]
    cells: tuple["Paragraph", ...] = ()
    table: int | None = None
    zone: str = "body"

    def span(self, start: int, end: int) -> Span:
        """Where `text[start:end]` (not empty) stands in `Document.text`."""
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


def find(*, zones: Zones) -> tuple[Paragraph, ...]:
    """Các đoạn văn of the body and of the annexes, in order."""
    found: list[Paragraph] = []
    for name, placed in (("body", zones.body), ("annex", zones.annex)):
        found += _zone(name, placed)
    return tuple(found)


def _zone(name: str, placed: Iterable[Placed]) -> list[Paragraph]:
    lines = list(placed)
    measured = columns(lines)
    groups: list[list[Placed]] = []
    for here in lines:
        if groups and _continues(groups[-1], here, measured):
            groups[-1].append(here)
        else:
            groups.append([here])
    paragraphs = [_row(name, g[0].line) if g[0].line.table is not None else _join(name, [p.line for p in g]) for g in groups]
    return join_rows(paragraphs, [g[0].page.number for g in groups])


def _continues(group: list[Placed], here: Placed, measured: dict[int, Column]) -> bool:
    if here.line.table is not None or group[-1].line.table is not None:
        return False
    return not begins_paragraph(group, here, measured)


def _join(zone: str, lines: list[Line]) -> Paragraph:
    text = ""
    offsets: list[int] = []
    for line in lines:
        if text and not _GLUED.search(text):
            offsets.append(offsets[-1] + 1)
            text += " "
        offsets += [word.start + n for word in line.words for n in range(len(word.text) + 1)][:-1]
        text += line.text
    return Paragraph(text, tuple(offsets), zone=zone)


def _row(zone: str, line: Line) -> Paragraph:
    cells = []
    for n, (i, j) in enumerate(line.cells):
        span = line.cell_span(n)
        offsets = tuple(range(*span)) if span else ()
        cells.append(Paragraph(" ".join(w.text for w in line.words[i:j]), offsets, zone=zone))
    return Paragraph(line.text, tuple(range(line.start, line.end)), tuple(cells), line.table, zone)
