"""Rows of tables: words of slanting lines in their order, codes over two lines made one, the row of column numbers."""

from dataclasses import replace

import pytest

from models.document import Box, Line, Word
from vanthu.ocr import column_numbers, order_numbers
from vanthu.ocr.grids import Cell, Grid
from vanthu.readers import tables

GRID = Grid(Box(0, 0, 400, 200), (Cell(Box(0, 0, 200, 200), 0, 0), Cell(Box(200, 0, 400, 200), 0, 1)), (0, 200, 400))


def word(text: str, left: int, top: int) -> Word:
    return Word(text, Box(left, top, left + 12 * len(text), top + 20), 0.9)


def row(*cells: str) -> Line:
    words, ranges = [], []
    for n, cell in enumerate(cells):
        start = len(words)
        words += [word(part, 100 * n + 30 * i, 0) for i, part in enumerate(cell.split())]
        ranges.append((start, len(words)))
    return Line(tuple(words), Box(0, 0, 900, 20), table=0, cells=tuple(ranges))


def test_words_that_came_line_by_line_keep_their_order() -> None:
    slanting = [word("của", 10, 40), word("tổ", 60, 30), word("chức,", 110, 20), word("cá", 10, 60), word("nhân", 60, 50)]
    assert tables.rows(GRID, slanting, 0)[0].text == "của tổ chức, cá nhân | "


def test_words_that_came_in_disorder_are_put_in_order() -> None:
    assert (
        tables.rows(GRID, [word("nhân", 60, 60), word("của", 10, 20), word("tổ", 60, 20), word("cá", 10, 60)], 0)[0].text
        == "của tổ cá nhân | "
    )


@pytest.mark.parametrize(
    ("upper", "lower", "together"),
    [
        ("716/SXD-", "QLNTTBĐS", "716/SXD-QLNTTBĐS"),
        ("30-9-", "2025", "30-9-2025"),
        ("2210/", "UBND-KTTH", "2210/UBND-KTTH"),
        ("Kinh-", "Hoa", "Kinh- Hoa"),
        ("716/SXD", "QLN", "716/SXD QLN"),
    ],
)
def test_a_code_over_two_lines_is_one(upper: str, lower: str, together: str) -> None:
    first = word(upper, 30, 20)
    (done,) = tables.rows(GRID, [first, word(lower, 10, 60)], 0)
    assert done.text == f"{together} | "


@pytest.mark.parametrize(
    ("read", "kept"),
    [
        ("'Thời hạn", "Thời hạn"),
        ("‘ Trung tâm", "Trung tâm"),
        ("“Tân Phú", "Tân Phú"),
        ("Chương trình “Sóng và máy tính”", "Chương trình “Sóng và máy tính”"),
        ("H'Nuen Byă", "H'Nuen Byă"),
        ("dài 5'", "dài 5'"),
    ],
)
def test_what_is_left_of_a_rule_is_no_quotation_mark(read: str, kept: str) -> None:
    words, left = [], 2
    for part in read.split():
        words.append(replace(word(part, left, 20), box=Box(left, 20, left + 5 * len(part), 40)))
        left += 5 * len(part) + 4
    assert tables.rows(GRID, words, 0)[0].text == f"{kept} | "


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        (("ú q)", "(2)", "3)", "(4", "@®)", "(6)", "Œ)", "(8)", "(9)"), "(1) | (2) | (3) | (4) | (5) | (6) | (7) | (8) | (9)"),
        (("(1)", "", "(3)", "4)"), "(1) |  | (3) | (4)"),
        (("1", "2", "3", "5"), "1 | 2 | 3 | 5"),
        (("(1)", "(2)", "(8)", "(9)"), "(1) | (2) | (8) | (9)"),
        (("(1)", "(2)", "Nội dung", "(4)"), "(1) | (2) | Nội dung | (4)"),
    ],
)
def test_the_row_of_column_numbers(read: tuple[str, ...], printed: str) -> None:
    (done,) = column_numbers.mended([row(*read)])
    assert done.text == printed


def unsure(line: Line) -> Line:
    return replace(line, words=tuple(replace(w, confidence=0.6) for w in line.words))


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("1 1 2 3 H 4 5", "I 1 2 3 II 4 5"),
        ("1 2 3 4", "1 2 3 4"),
        ("TT | 1. H 1. HI", "TT I 1. II 1. III"),
        ("A 1 2 B 1", "A 1 2 B 1"),
        ("1 A 1 2", "1 A 1 2"),
        ("Hà 1 VH 2", "Hà 1 VH 2"),
    ],
)
def test_numerals_before_rows(read: str, printed: str) -> None:
    rows = [unsure(row(first, "Nội dung")) for first in read.split()]
    assert [line.text.split(" | ")[0] for line in order_numbers.mended(rows)] == printed.split()


def test_numerals_of_two_tables_and_of_plain_lines_are_left() -> None:
    lines = [unsure(row("1", "a")), replace(unsure(row("1", "b")), table=1), replace(unsure(row("H", "c")), table=None, cells=())]
    assert order_numbers.mended(lines) == tuple(lines)


def test_what_was_read_for_sure_stays() -> None:
    lines = [row("1", "a"), row("1", "b"), row("G", "c"), row("H", "d")]
    assert order_numbers.mended(lines) == tuple(lines)


def test_what_was_read_for_a_numeral_stays() -> None:
    assert order_numbers.mended([unsure(row("H", "a"))])[0].words[0].raw == "H"
