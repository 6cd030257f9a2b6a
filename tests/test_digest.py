"""The digest's sections and groups."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from vanthu.exports.digest import Digest, page, text, until

THURSDAY = date(2024, 5, 23)


def item(due_on: str | None, unit: str | None = None, lead: tuple[str, ...] = (), ours: bool = False) -> dict[str, Any]:
    body = {"id": 1, "text": "Báo cáo <b>", "code": None, "document": 7}
    return body | {"due_on": due_on, "unit": unit, "lead": [*lead], "ours": ours, "late": False}


def digest(*due: dict[str, Any], **more: Any) -> Digest:
    counts = {"registered": 1, "duplicates": 0, "rejected": 0, "waiting": 0}
    given: dict[str, Any] = {"counts": counts, "entries": [], "waiting": [], "looks": 0, "rejected": []} | more
    return Digest(day=THURSDAY, due=due, **given)


@pytest.mark.parametrize(
    ("due_on", "section"),
    [
        ("2024-05-22", "late"),
        ("2024-05-23", "today"),
        ("2024-05-24", "week"),
        ("2024-05-26", "week"),
        ("2024-05-27", "next_week"),
        ("2024-06-02", "next_week"),
        ("2024-06-03", None),
        (None, None),
    ],
)
def test_each_item_stands_in_its_section(due_on: str | None, section: str | None) -> None:
    counted = {one.key: one.count for one in digest(item(due_on)).sections}
    assert [key for key, count in counted.items() if count] == ([section] if section else [])


def test_it_looks_ahead_to_the_sunday_of_next_week() -> None:
    assert [until(date(2024, 5, day)).day for day in (20, 23, 26)] == [2, 2, 2]


def test_items_stand_by_unit_ours_first_and_the_latest_unit_leads_the_table() -> None:
    made = digest(
        item("2024-05-20", lead=("Ban A",)),
        item("2024-05-21", "Phòng B", ours=True),
        item("2024-05-22", "Phòng B", ours=True),
        item("2024-05-23"),
    )
    assert [unit for unit, _ in made.sections[0].groups] == ["Phòng B", "Ban A"]
    assert made.by_unit == [("Phòng B", [2, 0, 0, 0]), ("Ban A", [1, 0, 0, 0]), ("chưa rõ đơn vị", [0, 1, 0, 0])]
    assert "Phòng B: 2 quá hạn, 0 hôm nay, 0 trong tuần, 0 tuần sau" in text(made)


def test_of_many_whom_we_ask_those_stand_there_who_still_owe() -> None:
    asked = item("2024-05-20", lead=("UBND phường A", "UBND phường B", "UBND phường C")) | {"awaited": ["UBND phường B", "UBND phường C"]}
    made = digest(asked)
    assert made.sections[0].count == 1
    assert [unit for unit, _ in made.sections[0].groups] == ["UBND phường B", "UBND phường C"]
    assert [unit for unit, _ in made.by_unit] == ["UBND phường B", "UBND phường C"]


def test_a_long_section_is_cut_and_says_so() -> None:
    made = digest(*[item("2024-05-20", "A")] * 200)
    assert made.sections[0].count == 200
    assert "và 50 mục nữa" in text(made)
    assert "và 50 mục nữa" in page(made)


def test_what_stands_in_a_document_is_no_markup() -> None:
    made = digest(item("2024-05-20"), rejected=[{"id": 1, "file": "<i>.pdf", "reason": "empty"}])
    assert "Báo cáo &lt;b&gt;" in page(made)
    assert "&lt;i&gt;.pdf: tệp rỗng" in page(made)
    assert "Báo cáo <b>" in text(made)


def test_what_waits_is_listed_and_counted(tmp_path: Path) -> None:
    line = {"number": "5/2024", "code": None, "issuer": None, "subject": "Về việc"}
    made = digest(waiting=[line], looks=51)
    assert "CHỜ XEM LẠI (51)" in text(made)
    assert "5/2024  –  –: Về việc" in text(made)
    assert "và 50 mục nữa" in text(made)
