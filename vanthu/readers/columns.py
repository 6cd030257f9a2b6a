"""Cột: pieces of printed lines put into reading order; side-by-side blocks (header, signature) are read one after the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from models.document import Box
from vanthu.readers.pieces import Piece

_OPENS_BODY = "kinh gui"
_OPENS_FOOT = "noi nhan"
_JOIN = 0.08
"""Pieces of a lone row that stand nearer than this share of the page width are one line with a wide gap."""


@dataclass(slots=True)
class _Band:
    """Two columns that stand side by side; `paired` counts the pieces that have a neighbour in the other column."""

    width: int
    left: list[Piece]
    right: list[Piece]
    paired: int = 0

    def side(self, piece: Piece) -> list[Piece] | None:
        """The column in which a piece fits without crossing the gutter."""
        fits_left = piece.box.right <= min(p.box.left for p in self.right)
        fits_right = piece.box.left >= max(p.box.right for p in self.left)
        if fits_left and fits_right:
            return min((self.left, self.right), key=lambda c: abs(_centre(c) - piece.box.middle[0]))
        return self.left if fits_left else self.right if fits_right else None

    def goes_on(self, piece: Piece, column: list[Piece]) -> bool:
        """A piece without a neighbour still belongs to its column where it stands close under it and in line with it."""
        if column is self.left and piece.folded.startswith(_OPENS_BODY):
            return False
        if not column:
            return False
        room = (2.2 if column is self.left else 9) * piece.box.height
        if piece.box.top - max(p.box.bottom for p in column) > room:
            return False
        centred = abs(_centre(column) - piece.box.middle[0]) < 0.05 * self.width
        return centred or abs(median(p.box.left for p in column) - piece.box.left) < 0.02 * self.width

    @property
    def stands(self) -> bool:
        """Two rows side by side, or one with Nơi nhận, make columns; a single one may be a line with a wide gap."""
        return self.paired >= 4 or any(p.folded.startswith(_OPENS_FOOT) for p in self.left)


def in_reading_order(pieces: Sequence[Piece], width: int) -> list[Piece]:
    """Pieces as a person reads them: from the top, the left of two columns before the right one."""
    waiting = sorted(pieces, key=lambda p: (p.box.middle[1] if not p.rows else p.box.top, p.box.left))
    ordered: list[Piece] = []
    while waiting:
        band = _band(waiting, width)
        if band:
            taken = [*band.left, *band.right]
        else:
            taken = _joined(sorted([waiting[0], *_neighbours(waiting[0], waiting)], key=lambda p: p.box.left), width)
        used = {id(w) for p in taken for w in p.words} | {id(p) for p in taken}
        waiting = [p for p in waiting if id(p) not in used and not (p.words and id(p.words[0]) in used)]
        ordered += taken
    return ordered


def _band(waiting: Sequence[Piece], width: int) -> _Band | None:
    """The two columns that begin with the first waiting piece, None where it stands alone."""
    beside = _neighbours(waiting[0], waiting)
    if not beside:
        return None
    row = sorted([waiting[0], *beside], key=lambda p: p.box.left)
    band = _Band(width, row[:1], row[1:], len(row))
    for piece in waiting:
        if piece in row:
            continue
        column = None if piece.rows else band.side(piece)
        if column is None:
            break
        paired = bool(_neighbours(piece, waiting))
        if not paired and not band.goes_on(piece, column):
            break
        column.append(piece)
        band.paired += paired
    return band if band.stands else None


def _neighbours(piece: Piece, pieces: Sequence[Piece]) -> list[Piece]:
    if piece.rows:
        return []
    return [p for p in pieces if p is not piece and not p.rows and _level(p.box, piece.box) and _beside(p.box, piece.box)]


def _level(a: Box, b: Box) -> bool:
    return min(a.bottom, b.bottom) - max(a.top, b.top) > 0.4 * min(a.height, b.height)


def _beside(a: Box, b: Box) -> bool:
    return a.right <= b.left or b.right <= a.left


def _centre(column: Sequence[Piece]) -> float:
    return median(p.box.middle[0] for p in column)


def _joined(row: list[Piece], width: int) -> list[Piece]:
    """A lone row from left to right, its pieces made one line again where the gap is not wide."""
    joined = row[:1]
    for piece in row[1:]:
        last = joined[-1]
        if 0 <= piece.box.left - last.box.right < _JOIN * width and not last.rows and not piece.rows:
            joined[-1] = Piece((*last.words, *piece.words), Box.around([last.box, piece.box]))
        else:
            joined.append(piece)
    return joined
