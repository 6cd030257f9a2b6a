"""What people do by hand at the desk and the command line: turn pages, add a missed task, show where a value stands, take it back."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from models.document import Box, Document, Line, Page, Word
from models.record import Task
from tests.registering import OFFICE, arrive, dispatch, letter
from tests.test_desk import register_scan
from tests.test_desk_review import ORIGIN, opened, send
from vanthu.errors import WrongUse
from vanthu.pipeline.place import Place
from vanthu.register import missed, review, turns
from vanthu.samples import SAMPLE
from vanthu.settings import Settings

MISSED = "Rà soát các điểm sạt lở, báo cáo kết quả"


@pytest.fixture
def office(office: Settings) -> Settings:
    return replace(office, office=OFFICE)


def paper(text: str, *, warp: tuple[float, ...] = ()) -> Document:
    """A page with one line of words, each 40 wide, on the scan at (100, 50)."""
    line = tuple(Word(word, Box(100 + 40 * n, 50, 130 + 40 * n, 70)) for n, word in enumerate(text.split()))
    return Document.assemble([Page(1, 1000, 1400, 100, "ocr", (Line(line, Box.around([word.box for word in line])),), warp=warp)])


numbers = st.integers(-4, 4).map(lambda n: n / 100)


@given(
    st.builds(Box, st.integers(0, 900), st.integers(0, 900), st.integers(901, 999), st.integers(901, 999)),
    st.tuples(numbers, numbers, numbers, numbers, st.integers(-50, 50), st.integers(-50, 50)),
)
def test_a_box_comes_back_to_the_page_from_the_scan(box: Box, bend: tuple[float, ...]) -> None:
    a, b, d, e, across, down = bend
    page = Page(1, 1000, 1000, 100, "ocr", warp=(1 + a, b, across, d, 1 + e, down, 0.00001, 0.00002, 1.0))
    back = page.off_scan(page.on_scan(box))
    assert all(abs(one - other) <= 2 for one, other in zip((back.left, back.top), (box.left, box.top), strict=True))
    assert (back.width, back.height) == (box.width, box.height)


def test_a_missed_task_is_added_with_its_place_and_becomes_work(desk: TestClient, place: Place, tmp_path: Path) -> None:
    warp = (1.0, 0.0, 10.0, 0.0, 1.0, 20.0, 0.0, 0.0, 1.0)
    entry_id = register_scan(
        place, tmp_path, paper(f"1. {MISSED} trước tháng 6.", warp=warp), b"%PDF-1.4 broken", dispatch(tasks=[], deadlines=[])
    )
    given_ = {
        "n.tasks.text": MISSED,
        "n.tasks.lead": "Văn phòng",
        "n.tasks.support": "Phòng Kinh tế; Công an",
        "n.tasks.due_on": "20/3/2024",
    }
    assert send(desk, entry_id, opened(desk, entry_id) | given_).status_code == 303
    shown = place.register.show(entry_id)
    (task,) = shown["record"]["tasks"]
    assert (task["text"], task["lead"], task["support"], task["due_on"]) == (
        MISSED,
        ["Văn phòng"],
        ["Phòng Kinh tế", "Công an"],
        "2024-03-20",
    )
    found = shown["record"]["_found"]["tasks"][0]
    # its words stand behind the number, in pixels of the straightened page
    assert (found["page"], found["box"], found["rule"]) == (1, [140, 50, 130 + 40 * 10, 70], "person")
    assert [(item["text"], item["due_on"]) for item in shown["follow_ups"]] == [(MISSED, "2024-03-20")]
    assert 'data-field="tasks.0"' in desk.get(f"/van-ban/{entry_id}").text
    again = Task("1", MISSED, ("Văn phòng",))
    place.register.reread(entry_id, paper(MISSED), dispatch(tasks=[again]))
    assert [one["due_on"] for one in place.register.show(entry_id)["record"]["tasks"]] == ["2024-03-20"], (
        "found by a later reading: one task"
    )
    review.undo(place.register.base, entry_id, who="Lan")
    assert [one["due_on"] for one in place.register.show(entry_id)["record"]["tasks"]] == [None]


def test_a_task_with_a_day_that_is_none_is_refused_and_stays_typed(desk: TestClient, place: Place, tmp_path: Path) -> None:
    entry = arrive(place.register, tmp_path)
    answer = send(desk, entry.id, opened(desk, entry.id) | {"n.tasks.text": MISSED, "n.tasks.due_on": "32/3/2024"})
    assert answer.status_code == 422 and MISSED in answer.text and 'id="loi-tasks.due_on"' in answer.text
    assert place.register.show(entry.id)["corrections"] == []
    assert send(desk, entry.id, opened(desk, entry.id) | {"n.tasks.lead": "Văn phòng"}).status_code == 303
    assert place.register.show(entry.id)["corrections"] == [], "without a text there is no task"


def test_a_value_stands_where_a_person_pointed(desk: TestClient, place: Place, tmp_path: Path) -> None:
    entry_id = register_scan(place, tmp_path, paper("Huế"), b"%PDF-1.4 broken", dispatch())
    pointed = {"p.place": "1:100,50,130,70", "p.code": "9:1,1,2,2", "p.subject": "nonsense"}
    send(desk, entry_id, opened(desk, entry_id) | pointed, place="Huế", code="1/A-B", subject="x")
    found = place.register.show(entry_id)["record"]["_found"]
    assert (found["place"]["page"], found["place"]["box"]) == (1, [100, 50, 130, 70])
    assert found["code"]["box"] is None and found["subject"]["box"] is None, "a page that there is not is no place"
    place.register.reread(entry_id, paper("Huế"), dispatch())
    assert place.register.show(entry_id)["record"]["_found"]["place"]["box"] == [100, 50, 130, 70]


def test_pages_that_are_not_and_odd_angles_are_refused(desk: TestClient, place: Place, tmp_path: Path) -> None:
    entry_id = register_scan(place, tmp_path, paper("Huế"), b"%PDF-1.4 broken", dispatch())
    for wrong in ({"trang": "2", "do": "90"}, {"trang": "1", "do": "45"}, {"trang": "x", "do": "90"}, {}):
        answer = desk.post(f"/van-ban/{entry_id}/xoay", data=wrong, headers=ORIGIN)
        assert answer.status_code == 422 and "Chưa làm được" in answer.text, wrong
    assert turns.of_file(place.register.base, 1) == {}
    with pytest.raises(WrongUse):
        turns.turn(place.register.base, arrive(place.register, tmp_path, "b.pdf").id, {7: 90}, "Lan")


def test_a_turn_that_a_kill_left_unread_is_said(desk: TestClient, place: Place, tmp_path: Path) -> None:
    entry_id = register_scan(place, tmp_path, paper("Huế"), b"%PDF-1.4 broken", dispatch())
    turns.turn(place.register.base, entry_id, {1: 270}, "Lan")
    page = desk.get(f"/van-ban/{entry_id}").text
    assert "Trang 1 đã xoay nhưng chưa được đọc lại" in page and f'action="/van-ban/{entry_id}/doc-lai"' in page
    turns.turn(place.register.base, entry_id, {1: 90}, "Lan")
    assert turns.of_file(place.register.base, 1) == {1: 0} and turns.unread(place.register.base, entry_id) == []


@pytest.mark.slow
def test_a_page_is_turned_read_again_and_turned_back(desk: TestClient, place: Place, vanthu: Callable[..., Any]) -> None:
    (place.settings.inbox / "a.pdf").write_bytes(SAMPLE.read_bytes())
    assert vanthu("intake").code == 0
    entry_id, text = 1, place.register.text(1)
    count = len(place.register.pages(entry_id))
    send(desk, entry_id, opened(desk, entry_id), place="Huế")
    answer = desk.post(f"/van-ban/{entry_id}/xoay", data={"trang": "1", "do": "180"}, headers=ORIGIN, follow_redirects=False)
    assert answer.status_code == 303
    until = time.monotonic() + 300
    while "data-read" not in desk.get(f"/van-ban/{entry_id}/doc-lai").text:
        assert time.monotonic() < until and "Chưa đọc lại được" not in desk.get(f"/van-ban/{entry_id}").text
        time.sleep(0.3)
    assert [page["rotation"] for page in place.register.pages(entry_id)] == [180] + [0] * (count - 1)
    assert place.register.text(entry_id) != text and place.register.show(entry_id)["record"]["place"] == "Huế"
    assert "?xoay=180" in desk.get(f"/van-ban/{entry_id}").text and "Xoay trang" in desk.get(f"/van-ban/{entry_id}").text
    back = vanthu("turn", entry_id, 1, "--by", 180)
    assert back.code == 0 and place.register.text(entry_id) == text and place.register.show(entry_id)["record"]["place"] == "Huế"
    assert place.register.file(1).path.read_bytes() == SAMPLE.read_bytes() and place.register.check() == []


def test_tasks_and_undo_by_the_command_line(place: Place, tmp_path: Path, vanthu: Callable[..., Any]) -> None:
    entry = arrive(place.register, tmp_path, read=dispatch(tasks=[]))
    assert vanthu("task", entry.id, MISSED, "--lead", "Văn phòng", "--due", "20/3/2024").code == 0
    (task,) = place.register.show(entry.id)["record"]["tasks"]
    assert (task["text"], task["lead"], task["due_on"]) == (MISSED, ["Văn phòng"], "2024-03-20")
    assert vanthu("task", entry.id, MISSED, "--due", "sớm").code == 2
    assert vanthu("undo", entry.id).code == 0 and place.register.show(entry.id)["record"]["tasks"] == []
    assert vanthu("undo", entry.id).code == 3


def test_what_is_due_in_a_named_range(desk: TestClient, place: Place, tmp_path: Path) -> None:
    days = {"trễ": (7, 3), "hôm nay": (8, 3), "tuần này": (10, 3), "tuần sau": (17, 3), "xa": (18, 3)}  # today is Friday, 8 March
    for n, (name, (day, month)) in enumerate(days.items()):
        work = Task("1", f"Việc {name}", ("Phòng Nội vụ",), (), date(2024, month, day))
        arrive(place.register, tmp_path, f"{n}.pdf", read=replace(letter(f"{n}/A-B", None, "Sở A"), **vars_of(work)))
    asked = {
        "tre": ["trễ"],
        "hom-nay": ["hôm nay"],
        "tuan-nay": ["hôm nay", "tuần này"],
        "tuan-sau": ["tuần sau"],
        "": [*days],
        "x": [*days],
    }
    for han, names in asked.items():
        page = desk.get("/viec", params={"han": han}).text
        assert [name for name in days if f">Việc {name}<" in page.replace("<b>1</b> ", "")] == names, han
        lines = desk.get("/", params={"han": han}).text
        assert [name for n, name in enumerate(days) if f">{n}/A-B<" in lines] == names, han
    assert 'name="hoi" value="han:tuan-sau trangthai:&#34;chưa xong&#34;"' in desk.get("/", params={"han": "tuan-sau"}).text
    assert "Việc tuần sau" not in desk.get("/viec?han=tre").text and missed.field_of(place.register.base, 1) == "tasks.1"


def vars_of(work: Task) -> dict[str, Any]:
    read = dispatch(tasks=[work], deadlines=[])
    return {"tasks": read.tasks, "deadlines": read.deadlines}
