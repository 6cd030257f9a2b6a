"""Lưới bảng: ruled tables as boxes of cells."""

from dataclasses import dataclass

from models.document import Box


@dataclass(frozen=True, slots=True)
class Cell:
    """Ô: the box of a cell and the row and column in which it begins."""

    box: Box
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table; `columns` is the number of its columns, `edges` the x of its upright rules."""

    box: Box
    cells: tuple[Cell, ...]
    edges: tuple[int, ...]

    @property
    def columns(self) -> int:
        """Number of columns."""
        return len(self.edges) - 1

    def holds(self, box: Box) -> bool:
        """True where the middle of `box` lies in the table."""
        x, y = box.middle
        return self.box.left <= x < self.box.right and self.box.top <= y < self.box.bottom

    def cell_at(self, box: Box) -> Cell | None:
        """The cell in which the middle of `box` lies."""
        x, y = box.middle
        return next((c for c in self.cells if c.box.left <= x < c.box.right and c.box.top <= y < c.box.bottom), None)
