from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models.context import Office
from models.found import Span
from models.record import Deadline, Task
from tests.registering import TEXT, arrive, dispatch, document, found, letter, open_register, record, relative
from vanthu.errors import NotFound, WrongUse
from vanthu.register import Register


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return open_register(tmp_path)


def brief(items: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(item["ordinal"], item["due_on"], item["late"], item["ours"], item["role"]) for item in items]


def test_one_item_for_each_pair_of_task_and_deadline(register: Register, tmp_path: Path) -> None:
    arrive(register, tmp_path)
    assert brief(register.due()) == [
        (None, "2024-05-22", True, True, "lead"),
        (None, "2024-11-08", False, True, "lead"),
        ("1", None, False, True, "lead"),
        ("4", None, False, True, "lead"),
    ]
    assert register.due()[0].keys() >= {"id", "document", "text", "lead", "due_on", "state", "late", "ours"}


def test_a_deadline_on_no_task_gives_an_item_with_its_sentence(register: Register, tmp_path: Path) -> None:
    text = "Kính gửi: Sở Y tế. Đề nghị góp ý dự thảo\ngửi về TP. Rạch Giá trước ngày 15/6/2024 để tổng hợp. Trân trọng."
    at = text.index("trước")
    deadline = found(Deadline("trước ngày 15/6/2024", date(2024, 6, 15)))
    placed = type(deadline)(deadline.value, "test.rule", 0.9, (Span(at, at + 20),))
    arrive(register, tmp_path, read=dispatch(deadlines=[placed], tasks=[]), text=text)
    (item,) = register.due()
    assert item["text"] == "Đề nghị góp ý dự thảo gửi về TP. Rạch Giá trước ngày 15/6/2024 để tổng hợp."
    assert (item["lead"], item["due_on"], item["deadline_text"]) == ([], "2024-06-15", "trước ngày 15/6/2024")


def test_deadlines_are_paired_by_phrase_or_date_where_the_reader_did_not(register: Register, tmp_path: Path) -> None:
    deadlines = [Deadline("trước ngày 1/6/2024", date(2024, 6, 1)), Deadline("30/6", date(2024, 6, 30))]
    tasks = [Task("1", "Rà soát, báo cáo trước ngày 1/6/2024", (), (), date(2024, 6, 1)), Task("2", "Tổng kết", (), (), date(2024, 6, 30))]
    arrive(register, tmp_path, read=dispatch(deadlines=deadlines, tasks=tasks))
    assert [(item["ordinal"], item["deadline_text"]) for item in register.due()] == [("1", "trước ngày 1/6/2024"), ("2", "30/6")]


def test_relative_limits_run_from_receipt_or_issue(register: Register, tmp_path: Path) -> None:
    limits = [relative(5, "working", "received"), relative(10, "calendar", "issued"), relative(5, "working", "event")]
    arrive(register, tmp_path, read=dispatch(deadlines=limits, tasks=[]))
    assert [(item["due_on"], item["basis"]) for item in register.due()] == [
        ("2024-03-14", "relative"),
        ("2024-03-18", "relative"),
        (None, "relative"),
    ]


def test_a_relative_limit_moves_with_the_received_date(register: Register, tmp_path: Path) -> None:
    arrive(register, tmp_path, read=dispatch(deadlines=[relative(5, "working", "received")], tasks=[]))
    register.correct(1, "received_on", "11/3/2024", who="An")
    assert register.due()[0]["due_on"] == "2024-03-18"
    with pytest.raises(WrongUse, match="số đến"):
        register.correct(1, "received_on", "2023-12-31", who="An")


def test_a_recurring_report_is_due_next_after_receipt(register: Register, tmp_path: Path) -> None:
    monthly = Deadline("trước ngày 15 hằng tháng", None, None, "FREQ=MONTHLY;BYMONTHDAY=15")
    arrive(register, tmp_path, read=dispatch(deadlines=[monthly], tasks=[]))
    assert (register.due()[0]["due_on"], register.due()[0]["basis"]) == ("2024-03-15", "recurring")


def test_states_move_and_are_told(register: Register, tmp_path: Path) -> None:
    arrive(register, tmp_path)
    arrive(register, tmp_path, "b.pdf", read=letter("18/BC-UBND", "2024-05-20", "UBND phường"))
    late = register.due()[0]["id"]
    register.set_state(late, "in_progress", who="An", note="đang viết")
    assert register.due()[0]["state"] == "in_progress" and register.due()[0]["late"]
    register.set_state(late, "done", who="An", closed_by=2)
    assert late not in [item["id"] for item in register.due()]
    item = next(item for item in register.show(1)["follow_ups"] if item["id"] == late)
    assert (item["state"], item["late"], item["note"], item["closed_by"], item["closed_on"]) == (
        "done",
        False,
        "đang viết",
        2,
        "2024-05-23",
    )
    assert [event["what"] for event in register.show(1)["history"]] == ["registered", "state", "state"]
    register.set_state(late, "open", who="An")
    assert register.due()[0]["closed_by"] is None
    with pytest.raises(WrongUse, match="in_progress"):
        register.set_state(late, "finished", who="An")  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        register.set_state(99, "done", who="An")


def test_items_are_asked_for_by_day_and_unit(register: Register, tmp_path: Path) -> None:
    arrive(register, tmp_path)
    assert [item["due_on"] for item in register.due(until=date(2024, 6, 1))] == ["2024-05-22"]
    assert [item["ordinal"] for item in register.due(unit="Phòng Nội vụ")] == ["4"]
    assert [item["ordinal"] for item in register.due(unit="phong noi vu")] == ["4"]
    assert register.due(unit="Phòng Tư pháp") == []
    register.assign(register.due()[0]["id"], "Phòng Tư pháp", who="An")
    assert [item["due_on"] for item in register.due(unit="Phòng Tư pháp")] == ["2024-05-22"]


def test_reading_again_keeps_states_and_drops_only_what_nobody_touched(register: Register, tmp_path: Path) -> None:
    arrive(register, tmp_path)
    by_ordinal = {item["ordinal"]: item["id"] for item in register.due()}
    register.set_state(by_ordinal["1"], "in_progress", who="An", note="giao chị Bình")
    register.assign(by_ordinal["4"], "Phòng Nội vụ", who="An")
    better = [
        Task("1", "Tuyên truyền sâu rộng về dân chủ ở cơ sở", ("UBND các phường, xã",)),
        Task("5", "Tổ chức hội nghị", ("Văn phòng",)),
    ]
    register.reread(1, document(TEXT), dispatch(tasks=better, deadlines=[]))
    items = {item["id"]: item for item in register.show(1)["follow_ups"]}
    assert (items[by_ordinal["1"]]["text"], items[by_ordinal["1"]]["note"]) == ("Tuyên truyền sâu rộng về dân chủ ở cơ sở", "giao chị Bình")
    assert items[by_ordinal["4"]]["stale"] and not items[by_ordinal["1"]]["stale"]
    assert len(items) == 3 and [item["ordinal"] for item in register.due()] == ["1", "5"]
    register.reread(1, document(TEXT), dispatch())
    assert not next(item for item in register.show(1)["follow_ups"] if item["id"] == by_ordinal["4"])["stale"], "it is named again"


def test_reading_again_the_same_changes_nothing(register: Register, tmp_path: Path) -> None:
    arrive(register, tmp_path)
    before = register.show(1) | {"history": []}
    register.reread(1, document(TEXT), dispatch())
    assert register.show(1) | {"history": []} == before and register.check() == []


def test_without_an_office_nothing_is_ours(tmp_path: Path) -> None:
    with open_register(tmp_path, office=Office()) as register:
        arrive(register, tmp_path)
        assert not any(item["ours"] for item in register.due())


def test_a_support_unit_helps_and_is_not_charged(register: Register, tmp_path: Path) -> None:
    task = Task("1", "Sở Nội vụ chủ trì, phối hợp với Phòng Nội vụ", ("Sở Nội vụ",), ("Phòng Nội vụ",))
    arrive(register, tmp_path, read=record(tasks=[task]))
    (item,) = register.due()
    assert (item["ours"], item["role"]) == (False, "support")
    assert register.due(unit="Phòng Nội vụ") == [item]
