"""Time limits: sentences and what they set, cells of tables, properties of dates and periods."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from extractors._dates import moments
from extractors._due_cells import cell_limits, deadline_columns
from extractors._frame import Frame
from extractors._lexicon import table
from extractors._limits import phrases
from extractors._numbers import number
from extractors._paragraphs import Paragraph
from extractors._periods import Period
from extractors._reckoning import Reckoning
from extractors._setting import settings
from extractors._signals import token_pattern
from extractors.deadlines import limits
from models.record import Deadline, Relative
from models.text import fold

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "grammar" / "deadlines.yaml").read_text(encoding="utf-8"))


def said(deadline: Deadline) -> str:
    relative = deadline.relative
    what = deadline.due_on or deadline.recurring or (f"{relative.count} {relative.unit} {relative.start}" if relative else None)
    return f"{what} | {deadline.text}"


def frame_of(case: dict[str, Any]) -> Frame:
    issued = case.get("issued", date(2026, 3, 5))
    before = [case["label"]] if "label" in case else []
    paragraphs = [Paragraph(text, tuple(range(len(text)))) for text in [*before, case["text"]]]
    return settings(paragraphs, Reckoning(issued, issued.year), case.get("type", "công văn"))[-1].frame


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:60])
def test_sentence(case: dict[str, Any]) -> None:
    assert [said(deadline) for _, deadline, _, _ in limits(case["text"], frame_of(case))] == case["expect"]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("22/5/2024", date(2024, 5, 22)),
        ("07-01-2016", date(2016, 1, 7)),
        ("01 tháng 02 năm 2024", date(2024, 2, 1)),
        ("30 tháng 6/2026", date(2026, 6, 30)),
        ("10 tháng tư năm 2026", date(2026, 4, 10)),
        ("22/5/24", date(2024, 5, 22)),
        ("tháng 02/2028", date(2028, 2, 29)),
        ("Quý I, II/2026", date(2026, 6, 30)),
        ("quý IV năm 2026", date(2026, 12, 31)),
        ("6 tháng cuối năm 2026", date(2026, 12, 31)),
        ("12/2027", date(2027, 12, 31)),
        ("31/02/2026", None),
    ],
)
def test_spellings_of_dates(text: str, due: date | None) -> None:
    (moment,) = moments(text)
    assert moment.last_day(2026) == due


@pytest.mark.parametrize("text", ["số 59/2023/NĐ-CP", "24/KH-UBND", "1.146/2.300", "0263.3599.012", "61/2025/QĐ-UBND, 17/BB-UBND"])
def test_numbers_that_are_no_dates(text: str) -> None:
    assert moments(text) == []


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2060, 12, 31)), st.sampled_from(["{0:%d/%m/%Y}", "{0.day}/{0.month}/{0.year}"]))
def test_any_day_before_which_something_is_due(day: date, spelling: str) -> None:
    text = f"Gửi báo cáo trước ngày {spelling.format(day)} để tổng hợp."
    (phrase,) = phrases(text)
    assert phrase.due_on(None) == day
    assert text[phrase.start : phrase.end].startswith("trước ngày")


@given(
    st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31)), st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31))
)
def test_no_limit_lies_before_the_day_of_issue(issued: date, due: date) -> None:
    frame = Frame(issued, issued.year, "công văn")
    found = list(limits(f"Các đơn vị báo cáo trước ngày {due:%d/%m/%Y}.", frame))
    assert len(found) == (due >= issued)


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    for phrase, _, _, confidence in limits(text, Frame(date(2026, 1, 1), 2026)):
        assert 0 <= phrase.start < phrase.end <= len(text)
        assert 0 < confidence <= 1


@given(st.integers(min_value=1, max_value=999))
def test_counts_of_any_size(count: int) -> None:
    found = phrases(f"trong thời hạn {count} ngày kể từ ngày nhận được văn bản này")
    assert [p.core.relative for p in found if isinstance(p.core, Period)] == [Relative(count, "calendar", "received")]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("mười lăm", 15),
        ("hai mươi mốt", 21),
        ("một trăm tám mươi", 180),
        ("năm", 5),
        ("ba mươi", 30),
        ("45", 45),
        ("ngày", None),
        ("", None),
    ],
)
def test_numbers_in_words(words: str, value: int | None) -> None:
    assert number(fold(words)) == value


def row(*cells: str) -> Paragraph:
    return Paragraph(" | ".join(cells), (), tuple(Paragraph(c, tuple(range(len(c)))) for c in cells), 1)


@pytest.mark.parametrize(
    ("head", "kind", "columns"),
    [
        (("STT", "Nội dung", "Thời hạn hoàn thành"), "kế hoạch", (2,)),
        (("TT", "Nhiệm vụ", "Thời gian", "Kinh phí"), "kế hoạch", (2,)),
        (("TT", "Nội dung", "Thời gian", "Địa điểm"), "công văn", ()),
        (("Nội dung", "Thời hạn giao tại Công văn số 12", "Thời hạn mới"), "công văn", (2,)),
        (("STT", "Họ và tên", "Ngày, tháng, năm sinh", "Thời gian đóng BHXH bắt buộc"), "công văn", ()),
        (("TT", "Thủ tục", "Thời hạn giải quyết"), "quyết định", ()),
    ],
)
def test_columns_of_limits(head: tuple[str, ...], kind: str, columns: tuple[int, ...]) -> None:
    assert deadline_columns(row(*head), Frame(doc_type=kind)).due == columns


@pytest.mark.parametrize(
    ("cell", "expect"),
    [
        ("12/2026", ["2026-12-31 | 12/2026"]),
        ("31/8/2026", ["2026-08-31 | 31/8/2026"]),
        ("Năm 2028", ["2028-12-31 | Năm 2028"]),
        ("2026 - 2028", ["2028-12-31 | 2026 - 2028"]),
        ("Đợt 1: 12/2026; đợt 2: 30/6/2027", ["2026-12-31 | 12/2026", "2027-06-30 | 30/6/2027"]),
        ("Liên tục và hoàn thành tổng thể trong tháng 6/2027", ["2027-06-30 | Liên tục và hoàn thành tổng thể trong tháng 6/2027"]),
        ("Sau 05 ngày làm việc kể từ ngày ký", ["5 working issued | Sau 05 ngày làm việc kể từ ngày ký"]),
        ("Thường xuyên", []),
        ("Hằng năm", []),
        ("Từ quý II/2026", []),
        ("Năm 2026 và các năm tiếp theo", []),
        ("Năm học 2026 - 2027", []),
        ("Tháng 12/2025", []),
    ],
)
def test_cells(cell: str, expect: list[str]) -> None:
    assert [said(d) for _, _, d, _ in cell_limits(cell, Frame(date(2026, 3, 5), 2026, "kế hoạch"))] == expect


def test_signals_table() -> None:
    rows = table("deadline_signals")
    assert len({(r["kind"], r["phrase"]) for r in rows}) == len(rows)
    assert all(token_pattern(r["phrase"]) for r in rows)
