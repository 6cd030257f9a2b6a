"""Readings that no office paper prints; each row of the table is tested by its own example."""

import csv
import re
from importlib.resources import files

import pytest

from models.document import Box, Line, Word
from vanthu.ocr import office_style

ROWS = [
    *csv.DictReader(
        (files("vanthu") / "ocr" / "office_style.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE
    )
]


def words(text: str) -> list[Word]:
    return [Word(part, Box(100 * n, 0, 100 * n + 90, 30), 0.8) for n, part in enumerate(text.split())]


@pytest.mark.parametrize("row", ROWS, ids=[row["pattern"] for row in ROWS])
def test_the_example_of_a_row_is_mended_and_stays_so(row: dict[str, str]) -> None:
    read, printed = row["example"].split(" → ")
    once = office_style.mended(words(read))
    assert " ".join(w.text for w in once) == printed
    assert office_style.mended(once) == once
    assert any(w.raw for w in once)


def test_rows_are_whole() -> None:
    assert all(row["at"] in ("", "first", "last") and re.compile(row["pattern"]) and re.compile(row["after"]) for row in ROWS)


@pytest.mark.parametrize(
    "text",
    [
        "- Như trên (t/h);",
        "ngày 05 tháng 4 năm 2026.",
        "trong năm. Các đơn vị",
        "việc sau: Sở Nội vụ; Sở Tài chính",
        "Quyết định về việc",
        "gọi là ‘tổ công tác’ tỉnh",
        "I. MỤC ĐÍCH",
        "Điều 3.",
    ],
)
def test_what_offices_print_stays(text: str) -> None:
    assert office_style.mended(words(text)) == words(text)


def test_cells_of_a_row_keep_their_ranges() -> None:
    row = Line(tuple(words("I.MỤC ĐÍCH Như")), Box(0, 0, 290, 30), table=0, cells=((0, 2), (2, 3)))
    (done,) = office_style.lines([row])
    assert done.text == "I. MỤC ĐÍCH | Như" and done.cells == ((0, 3), (3, 4))


def test_a_word_that_is_parted_keeps_its_place() -> None:
    first, second = office_style.mended(words("1.UBND phường"))[:2]
    assert (first.text, second.text, first.raw) == ("1.", "UBND", "1.UBND")
    assert 0 == first.box.left < first.box.right <= second.box.left < second.box.right <= 90
