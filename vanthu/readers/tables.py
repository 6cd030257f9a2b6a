"""Bảng: the words of a ruled grid as rows."""

from collections.abc import Sequence

from models.document import Box, Line, Word
from vanthu.ocr.grids import Grid
from vanthu.readers.pieces import printed_lines


def rows(grid: Grid, words: Sequence[Word], table: int) -> tuple[Line, ...]:
    """A line for each row; a cell over several rows belongs to the first, those below have an empty one in its place."""
    held: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        cell = grid.cell_at(word.box)
        if cell:
            held.setdefault((cell.row, cell.column), []).append(word)
    found = []
    for row in sorted({c.row for c in grid.cells}):
        if not any(r == row for r, _ in held):
            continue
        ordered: list[Word] = []
        cells = []
        for column in range(grid.columns):
            start = len(ordered)
            ordered += [w for printed in printed_lines(held.get((row, column), [])) for w in printed]
            cells.append((start, len(ordered)))
        found.append(Line(tuple(ordered), Box.around([w.box for w in ordered]), table=table, cells=tuple(cells)))
    return tuple(found)
