import sqlite3
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.registering import arrive, open_register
from vanthu.register import Register, days
from vanthu.register.query import FIELDS, Query, Term, parse

TODAY = date(2024, 5, 23)  # a Thursday


def terms(text: str) -> list[str]:
    return [term.text for term in parse(text, TODAY).terms]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dân chủ", Query((Term("dân"), Term("chủ")))),
        ("Hoà", Query((Term("hòa"),))),
        ('"dân chủ  ở cơ sở"', Query((Term("dân chủ ở cơ sở", phrase=True),))),
        ("khoa*", Query((Term("khoa", prefix=True),))),
        ("221/UBND-NV", Query((Term("221/ubnd-nv"),))),
        ("so:221", Query(numbers=((221, 221),))),
        ("số:0221", Query(numbers=((221, 221),))),
        ("so:<10", Query(numbers=((None, 9),))),
        ("so:10..20", Query(numbers=((10, 20),))),
        ("so:221/UBND-NV", Query(texts=(("kyhieu", "221/ubnd-nv"),))),
        ("kyhieu:UBND-NV", Query(texts=(("kyhieu", "ubnd-nv"),))),
        ('coquan:"Sở Nội vụ"', Query(texts=(("coquan", "sở nội vụ"),))),
        ('Cơ quan:"Sở Nội vụ"', Query(texts=(("coquan", "sở nội vụ"),))),
        ('về cơ quan:"Sở Y tế"', Query((Term("về"),), texts=(("coquan", "sở y tế"),))),
        ("đơnvị:PNV", Query(texts=(("donvi", "pnv"),))),
        ("trạngthái:open", Query(states=(("open",),))),
        ("trangthai:in_progress", Query(states=(("in_progress",),))),
        ('trangthai:"quá hạn"', Query(states=(("late",),))),
        ("ngay:2024-03-06", Query(dates=(("ngay", (date(2024, 3, 6), date(2024, 3, 6))),))),
        ("đến:2024-03..2024-04", Query(dates=(("den", (date(2024, 3, 1), date(2024, 4, 30))),))),
        ("han:<2024-06-01", Query(dates=(("han", (None, date(2024, 5, 31))),))),
        ("hạn:tuan-nay", Query(dates=(("han", (date(2024, 5, 20), date(2024, 5, 26))),))),
        ('han:"tuần này"', Query(dates=(("han", (date(2024, 5, 20), date(2024, 5, 26))),))),
    ],
)
def test_a_query_means(text: str, expected: Query) -> None:
    assert parse(text, TODAY) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a AND b", ["a", "and", "b"]),
        ("NEAR(a b, 2)", ["near(a", "b,", "2)"]),
        ('"chưa đóng', ["chưa", "đóng"]),
        ('dân "" chủ', ["dân", "chủ"]),
        ("subject:dân", ["subject", "dân"]),
        ("V/v: họp", ["v/v:", "họp"]),
        ("ngay:hôm-kia", ["ngay", "hôm-kia"]),
        ("so:abc", ["so", "abc"]),
        ("ngay:2024-13", ["ngay", "2024-13"]),
        ("han:", ["han:"]),
        ('coquan:""', ["coquan"]),
        ("* ^ - ( ) + ;", []),
        ("", []),
    ],
)
def test_what_is_no_field_is_plain_text(text: str, words: list[str]) -> None:
    query = parse(text, TODAY)
    assert [term.text for term in query.terms] == words
    assert not (query.texts or query.dates or query.numbers or query.states)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2/2024", "2024-02-01", "2024-02-29"),
        ("6/3/2024", "2024-03-06", "2024-03-06"),
        ("06-03-2024", "2024-03-06", "2024-03-06"),
        ("quy-2/2024", "2024-04-01", "2024-06-30"),
        ("q4/2024", "2024-10-01", "2024-12-31"),
        ("2024-03..", "2024-03-01", None),
        ("..2024-03", None, "2024-03-31"),
        ("1/3/2024..15/3/2024", "2024-03-01", "2024-03-15"),
        ("<2024-03", None, "2024-02-29"),
        ("<=2024-03", None, "2024-03-31"),
        (">2024-03", "2024-04-01", None),
        (">=6/3/2024", "2024-03-06", None),
        ("hom-nay", "2024-05-23", "2024-05-23"),
        ("ngay mai", "2024-05-24", "2024-05-24"),
        ("tuan-truoc", "2024-05-13", "2024-05-19"),
        ("tuan-sau", "2024-05-27", "2024-06-02"),
        ("thang-nay", "2024-05-01", "2024-05-31"),
        ("thang-truoc", "2024-04-01", "2024-04-30"),
        ("quy-nay", "2024-04-01", "2024-06-30"),
        ("quy-sau", "2024-07-01", "2024-09-30"),
        ("nam-truoc", "2023-01-01", "2023-12-31"),
        ("9999-12", "9999-12-01", "9999-12-31"),
    ],
)
def test_a_stretch_of_days(text: str, first: str | None, last: str | None) -> None:
    stretch = days.parse(text, TODAY)
    assert stretch is not None
    assert [day and day.isoformat() for day in stretch] == [first, last]


@pytest.mark.parametrize("text", ["", "..", "x", "2024-00", "30/2/2024", "0000", "<", "< ", "2024-03..x", "x..2024", "5..6", "99999"])
def test_what_is_no_stretch(text: str) -> None:
    assert days.parse(text, TODAY) is None


@given(today=st.dates(), name=st.sampled_from(sorted(days._NAMED)))
def test_named_stretches_are_whole_and_near(today: date, name: str) -> None:
    stretch = days.parse(name, today)
    if stretch:
        first, last = stretch
        assert first and last and first <= last
        assert abs(first - today) < timedelta(days=740)


PIECES = st.sampled_from(
    [
        '"',
        "'",
        ":",
        "*",
        "^",
        "(",
        ")",
        "-",
        "+",
        " ",
        "\0",
        "\\",
        "%",
        "_",
        "..",
        "<",
        "{",
        "}",
        ";",
        "--",
        "/*",
        "AND",
        "OR",
        "NOT",
        "NEAR",
        "dân",
        "đ",
        "221/UBND-NV",
        "2024",
        "²",
        "ǅ",
        "İ",
        "\U0001f600",
        "\ud800",
        "𞤀",
    ]
    + [f"{name}:" for name in FIELDS]
)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    folder: Path = tmp_path_factory.mktemp("fuzz")
    register = open_register(folder)
    arrive(register, folder)
    return register


@settings(max_examples=400, deadline=None)
@given(text=st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=40))
@example('"')
@example("so:999999999999999999999999")
@example('coquan:"%')
@example("dân AND")
@example("a" * 5000)
@example(" ".join("abcdefgh" for _ in range(3000)))
@example('"' + " ".join(map(str, range(3000))) + '"')
@example("𞤀")
@example("ngay:9999-12-31..1 han:>9999-12-31 den:<0001-01-01")
def test_nothing_typed_breaks_the_search(register: Register, text: str) -> None:
    try:
        found: list[dict[str, Any]] = register.search(text)
    except sqlite3.Error as error:
        raise AssertionError(f"{text!r} reached SQLite as syntax") from error
    assert all(row["id"] == 1 for row in found)


WORDS = "một số nhiệm vụ trọng tâm về thực hiện dân chủ ở cơ sở năm 2024".split()  # noqa: SIM905


@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=6))
def test_words_of_a_document_always_find_it(register: Register, words: list[str]) -> None:
    assert register.search(" ".join(words)) and register.search(" ".join(words).upper())


def test_words_typed_are_what_is_asked() -> None:
    assert terms("Dân chủ – cơ sở") == ["dân", "chủ", "cơ", "sở"]
