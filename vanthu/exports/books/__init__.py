"""Sổ theo luật: the three books of Decree 30/2020, Annex IV, to print, sign and bind: exactly their columns, with the cover."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from models.context import Office
from vanthu.errors import WrongUse
from vanthu.exports.files import write_whole_bytes
from vanthu.messages import say
from vanthu.register.book_lines import Line, Scope, lines
from vanthu.register.connection import Base
from vanthu.said import day
from vanthu.sections import Letterhead


@dataclass(frozen=True, slots=True)
class Column:
    """Cột: `key` of the line, its printed heading, width in mm; `kind`: day, number, text, centred."""

    key: str
    heading: str
    width: float
    kind: str


@dataclass(frozen=True, slots=True)
class Book:
    """Sổ: a title, the words of its cover, its columns and lines."""

    title: str
    cover: tuple[str, ...]
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]

    def cells(self, line: Line) -> list[Any]:
        """The cells of a line: days as `date`, numbers as `int`, text; None or empty is blank. Of a gap: what is missing, in its place."""
        if line["state"] == "gap":
            what = {"number": line["numbers"], "about": say(line["why"], numbers=line["numbers"])}
            return [what.get(column.key) for column in self.columns]
        return [_value(line[column.key], column.kind) for column in self.columns]


def _value(value: Any, kind: str) -> Any:
    return date.fromisoformat(value[:10]) if kind == "day" and value else value


@cache
def columns(name: str) -> tuple[Column, ...]:
    """The columns of the book `name`, as Annex IV has them."""
    with Path(__file__).with_name("columns.tsv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["book"] == name]
    return tuple(Column(row["key"], row["heading"], float(row["width"]), row["kind"]) for row in rows)


def book(base: Base, name: str, scope: Scope, letterhead: Letterhead) -> Book:
    """The book `name` (den, theo-doi, di) as the register has it now."""
    found = lines(base, name, scope)
    title = say(f"book.{name}")
    return Book(title, tuple(_cover(base.office, letterhead, title, scope, found)), columns(name), tuple(found))


def _cover(office: Office, letterhead: Letterhead, title: str, scope: Scope, found: Sequence[Line]) -> list[str]:
    """Bìa: superior, office, title, year, days and numbers from and to, number of the volume (Annex IV)."""
    real = [line for line in found if line["state"] != "gap"]
    days = sorted(line["received_on"] for line in real)
    numbers = [line["number"] for line in real]
    first, last = scope.first or (days[0] if days else None), scope.last or (days[-1] if days else None)
    return [
        letterhead.parent.upper(),
        (office.names[0] if office.names else say("book.blank")).upper(),
        title.upper(),
        say("book.cover_year", year=scope.year),
        say("book.cover_days", first=day(first) or say("book.blank"), last=day(last) or say("book.blank")),
        say("book.cover_numbers", first=min(numbers, default=say("book.blank")), last=max(numbers, default=say("book.blank"))),
        say("book.cover_volume"),
    ]


def write(path: Path, made: Book) -> None:
    """The book as XLSX or PDF, by the end of the name; WrongUse for another."""
    match path.suffix.lower():
        case ".xlsx":
            from vanthu.exports.books import sheet

            write_whole_bytes(path, sheet.xlsx(made))
        case ".pdf":
            from vanthu.exports.books import paper

            write_whole_bytes(path, paper.pdf(made))
        case _:
            raise WrongUse("export.suffix", path=path, known=".xlsx, .pdf")
