"""Số thứ tự bảng: tables of all pages numbered through, a table that goes on over a page break keeping its number."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.document import Page


@dataclass(frozen=True, slots=True)
class Read:
    """A page whose tables are numbered from 0, and the x of the upright rules of each."""

    page: Page
    edges: tuple[tuple[int, ...], ...] = ()


def numbered(pages: Sequence[Read]) -> list[Page]:
    """The pages with table numbers that hold for the whole document."""
    done: list[Page] = []
    count = 0
    before: Read | None = None
    for read in pages:
        tables = [line.table for line in read.page.lines if line.table is not None]
        goes_on = bool(tables) and before is not None and _goes_on(before, read)
        numbers = {table: count - goes_on + n for n, table in enumerate(dict.fromkeys(tables))}
        count += len(numbers) - goes_on
        lines = tuple(line if line.table is None else replace(line, table=numbers[line.table]) for line in read.page.lines)
        done.append(replace(read.page, lines=lines))
        before = read
    return done


def _goes_on(before: Read, read: Read) -> bool:
    """The page begins with a table whose columns stand as those of the table that ends the page before."""
    if not before.page.lines or before.page.lines[-1].table is None or read.page.lines[0].table is None:
        return False
    a, b = before.edges[before.page.lines[-1].table], read.edges[read.page.lines[0].table]
    return len(a) == len(b) and all(
        abs((x - a[0]) / (a[-1] - a[0]) - (y - b[0]) / (b[-1] - b[0])) < 0.03 for x, y in zip(a, b, strict=True)
    )
