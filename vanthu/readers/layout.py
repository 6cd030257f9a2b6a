"""Bố cục trang: words → lines in the order in which a person reads them."""

from collections.abc import Sequence

from models.document import Line, Word
from vanthu.ocr.grids import Grid
from vanthu.readers.columns import in_reading_order
from vanthu.readers.pieces import Piece, cut
from vanthu.readers.tables import rows


def lines(printed: Sequence[Sequence[Word]], width: int, grids: Sequence[Grid] = ()) -> tuple[Line, ...]:
    """Lines of one page from its printed lines; rows of the n-th grid get the table number n."""
    inside: list[list[Word]] = [[] for _ in grids]
    pieces = []
    for line in printed:
        outside: list[Word] = []
        for word in line:
            home = next((n for n, grid in enumerate(grids) if grid.holds(word.box)), None)
            (outside if home is None else inside[home]).append(word)
        pieces += cut(sorted(outside, key=lambda w: w.box.left), width)
    tables = [Piece((), grid.box, rows(grid, held, n)) for n, (grid, held) in enumerate(zip(grids, inside, strict=True))]
    ordered: list[Line] = []
    for piece in in_reading_order(pieces + [t for t in tables if t.rows], width):
        ordered.extend(piece.rows or (Line(piece.words, piece.box),))
    return tuple(ordered)
