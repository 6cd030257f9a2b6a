"""Follow-up items at the desk: seen by day, state and month, worked on, closed by an answer; matters, matrix, overview."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from models.record import Task
from tests.registering import OFFICE, arrive, dispatch, letter
from vanthu.desk.matter_page import drawn
from vanthu.pipeline.place import Place
from vanthu.register import workload
from vanthu.settings import Settings

ORIGIN = {"origin": "http://127.0.0.1"}


@pytest.fixture
def office(office: Settings) -> Settings:
    return replace(office, office=OFFICE)


@pytest.fixture
def item(place: Place, tmp_path: Path) -> int:
    task = Task("1", "Báo cáo kết quả về UBND thành phố", ("Phòng Nội vụ",), (), date(2024, 3, 1))
    entry = arrive(place.register, tmp_path, read=dispatch(tasks=[task], deadlines=[]))
    (found,) = place.register.show(entry.id)["follow_ups"]
    return int(found["id"])


def do(desk: TestClient, item: int, doing: str, **given: str) -> Any:
    return desk.post(f"/viec/{item}", data={"lam": doing, **given}, headers=ORIGIN, follow_redirects=False)


def test_an_item_is_assigned_extended_talked_about_and_closed_by_its_answer(
    desk: TestClient, place: Place, tmp_path: Path, item: int
) -> None:
    assert do(desk, item, "giao", donvi="Văn phòng").headers["location"] == f"/viec/{item}"
    do(desk, item, "giahan", den="15/3/2024", lydo="xin thêm thời gian")
    do(desk, item, "ykien", loi="<b>Gấp</b>")
    page = desk.get(f"/viec/{item}").text
    assert "Văn phòng" in page and "15/3/2024" in page and "xin thêm thời gian" in page and "&lt;b&gt;Gấp&lt;/b&gt;" in page
    answer = arrive(place.register, tmp_path, "b.pdf", read=letter("9/BC-PNV", "2024-03-08", "Phòng Nội vụ"))
    assert do(desk, item, "xong", bang=answer.number).status_code == 303
    shown = place.register.matters.item(item)
    assert (shown["state"], shown["closed_by"], shown["unit"]) == ("done", answer.id, "Văn phòng")
    assert "9/BC-PNV" in desk.get(f"/viec/{item}").text
    who = {event["who"] for event in shown["history"]}
    assert who >= {"văn thư"} and {"assigned", "extended", "commented", "state"} <= {event["what"] for event in shown["history"]}


BAD = [("xong", {"bang": "99/2024"}), ("giahan", {"den": "31/2/2024", "lydo": "x"}), ("ykien", {"loi": "  "})]


@pytest.mark.parametrize(("doing", "given"), BAD)
def test_what_will_not_do_is_said_and_changes_nothing(desk: TestClient, place: Place, item: int, doing: str, given: dict[str, str]) -> None:
    before = place.register.matters.item(item)
    answer = do(desk, item, doing, **given)
    assert answer.status_code == 422 and 'role="alert"' in answer.text and place.register.matters.item(item) == before
    assert do(desk, item, "nonsense").status_code == 404 and do(desk, 99, "giao", donvi="x").status_code == 404
    assert desk.get("/viec/99").status_code == 404


def test_the_board_moves_items_and_comes_back(desk: TestClient, place: Place, item: int) -> None:
    page = desk.get("/viec/bang").text
    assert "Báo cáo kết quả" in page and "is-late" in page
    assert do(desk, item, "chuyen", trangthai="in_progress", ve="/viec/bang").headers["location"] == "/viec/bang"
    assert place.register.matters.item(item)["state"] == "in_progress"
    assert do(desk, item, "chuyen", trangthai="in_progress", ve="https://evil.example").headers["location"] == f"/viec/{item}"


def test_the_calendar_shows_a_month(desk: TestClient, item: int) -> None:
    page = desk.get("/viec/lich").text
    assert "Tháng 3/2024" in page and f'href="/viec/{item}"' in page and "thang=2024-02" in page and "thang=2024-04" in page
    assert f'href="/viec/{item}"' not in desk.get("/viec/lich?thang=2024-05").text
    assert "Tháng 3/2024" in desk.get("/viec/lich?thang=2024-13").text, "a month that is none is this one"


def test_units_see_their_own_and_long_groups_say_how_much_more(place: Place, tmp_path: Path) -> None:
    tasks = [Task(str(n), f"Việc {n}", ("Phòng Nội vụ" if n % 2 else "Văn phòng",), (), date(2024, 3, 1)) for n in range(1, 8)]
    arrive(place.register, tmp_path, read=dispatch(tasks=tasks, deadlines=[]))
    count, items = workload.groups(place.register.base, ours=True, unit="Phòng Nội vụ", limit=2)["late"]
    assert count == 4 and [one["text"] for one in items] == ["Việc 1", "Việc 3"]
    place.register.assign(items[0]["id"], "Văn phòng", who="Lan")
    assert workload.groups(place.register.base, ours=True, unit="Văn phòng", limit=9)["late"][0] == 4


def test_a_matter_is_drawn_and_the_matrix_tells_who_has_reported(desk: TestClient, place: Place, tmp_path: Path) -> None:
    first = arrive(place.register, tmp_path, read=letter("286/UBND-KGVX", "2024-02-01", "Ủy ban nhân dân tỉnh Kiên Giang"))
    second = arrive(place.register, tmp_path, "b.pdf", read=dispatch())
    page = desk.get(f"/van-ban/{second.id}/mach").text
    assert page.count('class="paper-box') == 2 and 'class="tie answers"' in page and f'href="/van-ban/{first.id}"' in page
    nodes = drawn(place.register.matters.thread(first.id))
    assert [node["id"] for node in nodes] == [first.id, second.id] and len(nodes[1]["ties"]) == 1
    assert desk.get(f"/van-ban/{second.id}/bao-cao").status_code == 200 and desk.get("/van-ban/99/bao-cao").status_code == 404


def test_leaders_see_what_is_late_by_unit_and_month(desk: TestClient, place: Place, item: int) -> None:
    page = desk.get("/tong-quan").text
    assert "Phòng Nội vụ" in page and "/tong-quan/don-vi.svg" in page
    (row,) = workload.performance(place.register.base, date(2024, 1, 1))
    assert (row["unit"], row["month"], row["open_late"], row["late"]) == ("Phòng Nội vụ", "2024-03", 1, 0)
    place.register.set_state(item, "done", who="Lan")
    (row,) = workload.performance(place.register.base, date(2024, 1, 1))
    assert (row["open_late"], row["late"], row["in_time"]) == (0, 1, 0)
    for address in ("/tong-quan/don-vi.svg", "/tong-quan/thang.svg"):
        answer = desk.get(address)
        assert answer.headers["content-type"] == "image/svg+xml" and "<svg" in answer.text
    assert desk.get("/tong-quan/khac.svg").status_code == 404
