"""Xem trước: what moving an old book in would do, row by row; nothing is written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from models.text import fold, one_line
from vanthu.errors import WrongUse
from vanthu.messages import say
from vanthu.register import codes, numbering
from vanthu.register.connection import Base
from vanthu.register.moving_in import cells
from vanthu.register.moving_in.headings import Headings, find
from vanthu.register.moving_in.table import Cells, Table, read


@dataclass(frozen=True, slots=True)
class Line:
    """A row as the register would hold it; `row` of the file, counted from 1."""

    row: int
    number: int
    received_on: date
    code: str | None = None
    issued_on: date | None = None
    issuer: str | None = None
    doc_type: str | None = None
    subject: str | None = None
    unit: str | None = None
    forwarded_on: date | None = None
    urgency: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Unclear:
    """A row that is not taken, and why, in words."""

    sheet: str
    row: int
    why: str


@dataclass
class Plan:
    """`columns`: (sheet, heading as printed, column or None where it is left); `there`: rows that are in the register already."""

    source: str
    columns: list[tuple[str, str, str | None]] = field(default_factory=list)
    new: list[Line] = field(default_factory=list)
    there: int = 0
    unclear: list[Unclear] = field(default_factory=list)
    gaps: list[tuple[int, int, int]] = field(default_factory=list)
    """Numbers (year, first, last) that neither the file nor the register has."""


class _NotClear(Exception):
    pass


def plan(base: Base, path: Path, year: int | None = None, book: str = numbering.INCOMING) -> Plan:
    """Read the file and compare it with the register; `year` is the book's where its rows do not say it. WrongUse where it is no book."""
    made = Plan(path.name)
    taken: dict[tuple[int, int], Line] = {}
    for table in read(path):
        headings = find(table)
        if headings is not None:
            _sheet(base, table, headings, year or _year_of(table, headings), book, made, taken)
    if not made.columns:
        raise WrongUse("import.no_headings", path=path.name)
    made.gaps = _gaps(base, book, taken)
    return made


def _sheet(
    base: Base, table: Table, headings: Headings, year: int | None, book: str, made: Plan, taken: dict[tuple[int, int], Line]
) -> None:
    made.columns += [(table.name, name, _told(headings.columns.get(place))) for place, name in headings.names.items()]
    for number, row in _rows(table, headings):
        try:
            line = _line(number, row, year, table.epoch_1904)
            known = _known(base, book, line, taken)
        except _NotClear as unclear:
            made.unclear.append(Unclear(table.name, number, str(unclear)))
            continue
        taken.setdefault((line.received_on.year, line.number), line)
        if known:
            made.there += 1
        else:
            made.new.append(line)


def _told(column: str | None) -> str | None:
    return None if column == "left" else column


def _year_of(table: Table, headings: Headings) -> int | None:
    """The year that the cover or the title names, where it names one only."""
    above = " ".join(str(cell) for number, row in table.rows if number < headings.below for cell in row if cell is not None)
    years = set(re.findall(r"\bnam\s*:?\s*((?:19|20)\d{2})\b", fold(above)))
    return int(years.pop()) if len(years) == 1 else None


def _rows(table: Table, headings: Headings) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows below the headings by column, days left blank or ditto filled where the rows around agree."""
    rows = []
    for number, row in table.rows:
        named = {column: row[place] for place, column in headings.columns.items() if place < len(row) and column != "left"}
        if number > headings.below and any(value is not None for value in named.values()) and not _counts_columns(row):
            rows.append((number, named))
    for place, (number, named) in enumerate(rows):
        for column, value in named.items():
            if isinstance(value, str) and value.lower() in cells.DITTO:
                named[column] = rows[place - 1][1].get(column) if place else None
        if named.get("received_on") is None and place and place + 1 < len(rows):
            above, below = rows[place - 1][1].get("received_on"), rows[place + 1][1].get("received_on")
            named["received_on"] = above if above == below else None
        yield number, named


def _counts_columns(row: Cells) -> bool:
    """The row `(1) (2) (3) …` that forms print below their headings."""
    said = [re.sub(r"\D", "", str(cell)) for cell in row if cell is not None]
    return len(said) > 2 and said == [str(n) for n in range(int(said[0] or 0), int(said[0] or 0) + len(said))] and said[0] in ("0", "1")


def _line(row: int, named: dict[str, Any], year: int | None, epoch_1904: bool) -> Line:
    if named.get("secrecy") and fold(str(named["secrecy"])).strip() not in ("", "khong", "thuong", "binh thuong"):
        raise _NotClear(say("import.secret"))
    number = _read(cells.number, named.get("number"), "number")
    if number is None:
        raise _NotClear(say("import.no_number"))
    received = _day(named, "received_on", year, epoch_1904)
    if received is None:
        raise _NotClear(say("import.no_day"))
    if year is not None and received.year != year:
        raise _NotClear(say("import.other_year", day=received.strftime("%d/%m/%Y"), year=year))
    code = cells.code(named.get("code"), named.get("plain_number"), named.get("symbol"))
    kind, subject = cells.type_and_subject(_text(named, "subject"), _text(named, "doc_type"), code)
    if not (code or subject):
        raise _NotClear(say("import.nothing_said"))
    issued = _day(named, "issued_on", received.year, epoch_1904)
    if issued and issued > received and not _has_year(named.get("issued_on")):
        issued = issued.replace(year=issued.year - 1)  # a December letter that came in January
    urgency = (_text(named, "urgency") or "").lower()
    return Line(
        row,
        number,
        received,
        code,
        issued,
        _text(named, "issuer"),
        kind,
        subject,
        _text(named, "unit"),
        _day(named, "forwarded_on", received.year, epoch_1904),
        urgency if urgency in ("khẩn", "thượng khẩn", "hỏa tốc") else None,
        _text(named, "note"),
    )


def _read(how: Any, value: Any, column: str) -> Any:
    try:
        return how(value)
    except (ValueError, OverflowError):
        raise _NotClear(say("import.cell", column=say(f"import.column.{column}"), value=str(value)[:40])) from None


def _day(named: dict[str, Any], column: str, year: int | None, epoch_1904: bool) -> date | None:
    day: date | None = _read(lambda value: cells.day(value, year, epoch_1904), named.get(column), column)
    return day


def _text(named: dict[str, Any], column: str) -> str | None:
    value = named.get(column)
    return one_line(str(value)) if value is not None else None


def _has_year(value: Any) -> bool:
    return not isinstance(value, str) or bool(re.search(r"\d[/.\-\s]+\d{1,2}[/.\-\s]+\d|\d{4}", value))


def _known(base: Base, book: str, line: Line, taken: dict[tuple[int, int], Line]) -> bool:
    """True where the register has this very line; _NotClear where its number stands for another document."""
    twin = taken.get((line.received_on.year, line.number))
    if twin is not None:
        raise _NotClear(say("import.twice", number=line.number, row=twin.row))
    sql = "SELECT id, code, subject, issued_on FROM documents WHERE book=? AND year=? AND arrival_number=?"
    there = base.row(sql, book, line.received_on.year, line.number)
    if there is None:
        return False
    both = line.code and there["code"]
    same = codes.key(line.code) == codes.key(there["code"]) if both else _alike(line.subject, there["subject"])
    if same or _corrected_since(base, there["id"], line.row):
        return True
    raise _NotClear(say("import.clash", number=f"{line.number}/{line.received_on.year}", id=there["id"]))


def _alike(one: str | None, other: str | None) -> bool:
    return bool(one and other) and one_line(fold(one or "")) == one_line(fold(other or ""))


def _corrected_since(base: Base, document_id: int, row: int) -> bool:
    """True where the entry came from this very row, and a person has corrected it since."""
    corrected = base.value("SELECT 1 FROM corrections WHERE document_id=?", document_id)
    return corrected is not None and base.value("SELECT row FROM imported WHERE document_id=?", document_id) == row


def _gaps(base: Base, book: str, taken: dict[tuple[int, int], Line]) -> list[tuple[int, int, int]]:
    gaps = []
    for year in sorted({year for year, _ in taken}):
        have = {number for known, number in taken if known == year}
        have |= {row["n"] for row in base.rows("SELECT arrival_number AS n FROM documents WHERE book=? AND year=?", book, year)}
        numbers = sorted(have)
        gaps += [(year, one + 1, two - 1) for one, two in pairwise(numbers) if two > one + 1]
    return gaps
