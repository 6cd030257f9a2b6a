"""What people do with follow-up items, and what opens and closes by itself."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models.record import Deadline, Reference, Relation, Task
from tests.registering import arrive, dispatch, document, letter, open_register, record, relative
from vanthu.errors import NotFound, WrongUse
from vanthu.register import Register


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return open_register(tmp_path, today=date(2024, 3, 8))


def state(register: Register, item: int) -> tuple[Any, ...]:
    found = register.matters.item(item)
    return found["state"], found["closed_by"]


def test_an_item_says_why_it_is_due_then_and_how_urgent_it_is(register: Register, tmp_path: Path) -> None:
    limits = [relative(5, "working", "received"), Deadline("trước ngày 14/4/2024", date(2024, 4, 14))]
    arrive(register, tmp_path, read=dispatch(deadlines=limits, tasks=[], urgency="hỏa tốc"), on=date(2024, 3, 6))
    first, second = register.due()
    assert (first["due_on"], first["reason"]) == ("2024-03-13", "05 ngày làm việc từ 06/03/2024, trừ thứ Bảy, Chủ nhật")
    assert (second["due_on"], second["reason"]) == ("2024-04-14", "«trước ngày 14/4/2024»; 14/04/2024 là Chủ nhật")
    assert {item["priority"] for item in (first, second)} == {3}


def test_holidays_are_named_in_the_reason(register: Register, tmp_path: Path) -> None:
    arrive(register, tmp_path, read=dispatch(deadlines=[relative(5, "working", "received")], tasks=[]), on=date(2024, 4, 25))
    (item,) = register.due()
    assert item["due_on"] == "2024-05-06"
    assert "29/04/2024 (nghỉ hoán đổi" in item["reason"] and "Chủ nhật" in item["reason"]


def test_the_internal_day_is_earlier_by_working_days_or_as_a_leader_says(tmp_path: Path) -> None:
    with open_register(tmp_path, internal_days=2) as register:
        arrive(register, tmp_path, read=dispatch(deadlines=[Deadline("trước ngày 22/4/2024", date(2024, 4, 22))], tasks=[]))
        item = register.due()[0]
        assert (item["due_on"], item["internal_on"]) == ("2024-04-22", "2024-04-17")
        register.matters.instruct(1, "Khẩn trương", due_on=date(2024, 4, 10), item_id=item["id"], who="An")
        assert register.due()[0]["internal_on"] == "2024-04-10"


def test_an_extension_keeps_its_reason_and_outlives_a_new_reading(register: Register, tmp_path: Path) -> None:
    arrive(register, tmp_path)
    item = register.due()[0]["id"]
    register.matters.extend(item, date(2024, 5, 30), "chờ số liệu của các phường", who="An")
    register.reread(1, document("x"), dispatch())
    found = register.matters.item(item)
    assert (found["due_on"], found["printed_on"], found["extended_on"]) == ("2024-05-30", "2024-05-22", "2024-05-30")
    assert [(step["was"], step["until"], step["reason"]) for step in found["extensions"]] == [
        ("2024-05-22", "2024-05-30", "chờ số liệu của các phường")
    ]
    with pytest.raises(WrongUse, match="22/05/2024"):
        register.matters.extend(item, date(2024, 5, 1), "sớm hơn", who="An")
    register.matters.extend(item, None, "không cần nữa", who="An")
    assert register.matters.item(item)["due_on"] == "2024-05-22" and len(register.matters.item(item)["extensions"]) == 2


def test_parts_of_an_item_are_done_one_by_one(register: Register, tmp_path: Path) -> None:
    arrive(register, tmp_path)
    whole = register.due()[0]["id"]
    one, two = register.matters.split(whole, [("Phần một", "Văn phòng", None), ("Phần hai", "PNV", date(2024, 5, 1))], who="An")
    shown = {item["id"]: item for item in register.due()}
    assert whole not in shown and shown[two]["unit"] == "Phòng Nội vụ" and shown[two]["due_on"] == "2024-05-01"
    register.set_state(one, "done", who="An")
    assert state(register, whole)[0] == "open"
    register.reread(1, document("x"), dispatch())
    register.set_state(two, "done", who="An")
    assert state(register, whole)[0] == "done"
    register.set_state(two, "open", who="An")
    assert state(register, whole)[0] == "open"
    with pytest.raises(WrongUse):
        register.matters.split(whole, [("a", None, None), ("b", None, None)], who="An")


def test_merged_items_move_together_until_one_stands_alone_again(register: Register, tmp_path: Path) -> None:
    arrive(register, tmp_path)
    first, second, *_ = [item["id"] for item in register.due()]
    register.matters.merge(first, [second], who="An")
    assert second not in [item["id"] for item in register.due()]
    register.set_state(first, "done", who="An")
    assert state(register, second)[0] == "done"
    register.set_state(second, "open", who="An")
    assert state(register, first)[0] == "done" and second in [item["id"] for item in register.due()]


def test_an_instruction_gives_the_items_a_unit_or_makes_one(register: Register, tmp_path: Path) -> None:
    arrive(register, tmp_path)
    register.matters.instruct(1, "Giao Phòng Nội vụ tham mưu", unit="PNV", leader="Chủ tịch", who="An")
    assert {item["unit"] for item in register.due()} == {"Phòng Nội vụ"}
    arrive(register, tmp_path, "b.pdf", read=letter("12/TB-X", "2024-03-07", "X"))
    register.matters.instruct(2, "Nghiên cứu, báo cáo tôi", unit="Văn phòng", due_on=date(2024, 3, 15), who="An")
    made = next(item for item in register.due() if item["document"] == 2)
    assert (made["text"], made["unit"], made["due_on"], made["ours"]) == ("Nghiên cứu, báo cáo tôi", "Văn phòng", "2024-03-15", True)
    register.reread(2, document("x"), letter("12/TB-X", "2024-03-07", "X"))
    assert made["id"] in [item["id"] for item in register.due()]
    assert [one["text"] for one in register.matters.instructions(2)] == ["Nghiên cứu, báo cáo tôi"]


def test_a_hand_over_is_signed_for_once(register: Register, tmp_path: Path) -> None:
    arrive(register, tmp_path)
    made = register.matters.hand_over(1, "PNV", person="Bình", who="An")
    register.matters.sign_for(made, who="Bình")
    (one,) = register.matters.handovers(1)
    assert (one["unit"], one["handed_on"], one["received_by"], one["received_at"][:10]) == (
        "Phòng Nội vụ",
        "2024-03-08",
        "Bình",
        "2024-03-08",
    )
    with pytest.raises(WrongUse):
        register.matters.sign_for(made, who="Bình")
    with pytest.raises(NotFound):
        register.matters.sign_for(99, who="Bình")


def monthly(text: str = "Báo cáo tình hình trước ngày 15 hằng tháng") -> Any:
    limit = Deadline("trước ngày 15 hằng tháng", None, None, "FREQ=MONTHLY;BYMONTHDAY=15")
    return dispatch(deadlines=[limit], tasks=[Task("1", text, ("UBND các phường, xã",), (), None, (0,))])


def test_periods_open_by_themselves_and_again_opens_nothing(tmp_path: Path) -> None:
    with open_register(tmp_path, today=date(2024, 3, 8)) as register:
        arrive(register, tmp_path, read=monthly())
        assert [item["period"] for item in register.due()] == ["tháng 3/2024"] and register.matters.open_next() == []
    with open_register(tmp_path, today=date(2024, 3, 15)) as register:
        assert len(register.matters.open_next()) == 1 and register.matters.open_next() == []
        assert [(item["period"], item["due_on"]) for item in register.due()] == [
            ("tháng 3/2024", "2024-03-15"),
            ("tháng 4/2024", "2024-04-15"),
        ]
    with open_register(tmp_path, today=date(2024, 6, 20)) as register:
        register.matters.open_next()
        register.reread(1, document("x"), monthly("Báo cáo tình hình thực hiện trước ngày 15 hằng tháng"))
        assert register.matters.open_next() == []
        assert [item["period"] for item in register.due()] == [f"tháng {month}/2024" for month in (3, 4, 5, 6, 7)]
        assert {item["text"] for item in register.due()} == {"Báo cáo tình hình thực hiện trước ngày 15 hằng tháng"}


def test_a_regime_that_nobody_lives_by_stops_opening(tmp_path: Path) -> None:
    with open_register(tmp_path, today=date(2026, 6, 1)) as register:
        arrive(register, tmp_path, read=monthly())
        register.matters.open_next()
        assert len(register.due()) == 12


def report(code: str, day: str, *, subject: str = "Kết quả thực hiện dân chủ ở cơ sở", **more: Any) -> Any:
    """Our ward's report to the city on its dispatch of 6 March."""
    cited = Reference("221/UBND-NV", "công văn", date(2024, 3, 6), "UBND thành phố Rạch Giá")
    plain: dict[str, Any] = {
        "doc_type": "báo cáo",
        "code": code,
        "issued_on": date.fromisoformat(day),
        "issuer": "Ủy ban nhân dân phường Vĩnh Thanh Vân",
        "subject": subject,
        "addressees": ["Ủy ban nhân dân thành phố Rạch Giá"],
        "references": [cited],
        "replies_to": [cited.code],
        "relations": [Relation(cited.code, "answers")],
    }
    return record(**plain | more)


SPOKEN = "Báo cáo kết quả trước ngày 22/5/2024 đối với báo cáo 6 tháng; trước ngày 08/11/2024 đối với báo cáo năm"


def asking() -> Any:
    tasks = [
        Task("1", "Tuyên truyền về dân chủ ở cơ sở", ("UBND các phường, xã",)),
        Task(None, SPOKEN, ("UBND các phường, xã",), (), date(2024, 5, 22), (0, 1)),
    ]
    return dispatch(tasks=tasks)


def test_our_answer_closes_the_item_of_its_period_and_no_other(register: Register, tmp_path: Path) -> None:
    arrive(register, tmp_path, read=asking())
    by_day = {item["due_on"]: item["id"] for item in register.due()}
    assert register.matters.item(by_day["2024-05-22"])["period"] == "6 tháng đầu năm 2024"
    half = report("18/BC-UBND", "2024-05-20", subject="Kết quả thực hiện dân chủ ở cơ sở 6 tháng đầu năm 2024")
    answer = arrive(register, tmp_path, "b.pdf", read=half, direction="out", on=date(2024, 5, 20)).id
    assert state(register, by_day["2024-05-22"]) == ("done", answer)
    assert state(register, by_day["2024-11-08"]) == state(register, by_day[None]) == ("open", None)
    (closing,) = register.matters.closings(answer)
    assert (closing["state"], closing["item"]) == ("closed", by_day["2024-05-22"])
    assert {part["signal"] for part in closing["evidence"]} == {"answers", "charged", "period", "addressee"}


def test_a_report_of_no_period_is_asked_about(register: Register, tmp_path: Path) -> None:
    arrive(register, tmp_path, read=asking())
    arrive(register, tmp_path, "b.pdf", read=report("18/BC-UBND", "2024-05-20"), direction="out")
    assert {closing["state"] for closing in register.matters.closings()} == {"proposed"}
    assert all(item["state"] == "open" for item in register.due())


def test_a_person_undoes_a_closing_and_it_is_not_made_again(register: Register, tmp_path: Path) -> None:
    arrive(register, tmp_path, read=asking())
    half = report("18/BC-UBND", "2024-05-20", subject="Kết quả 6 tháng đầu năm 2024")
    arrive(register, tmp_path, "b.pdf", read=half, direction="out")
    (closing,) = register.matters.closings()
    register.matters.refuse(closing["id"], who="An")
    assert state(register, closing["item"]) == ("open", None)
    register.reread(2, document("x"), half)
    assert state(register, closing["item"]) == ("open", None) and register.matters.closings()[0]["state"] == "undone"
    register.matters.accept(closing["id"], who="An")
    assert state(register, closing["item"]) == ("done", 2)
    register.set_state(closing["item"], "open", who="An")
    register.reread(1, document("x"), asking())
    assert state(register, closing["item"]) == ("open", None)


def test_a_voided_answer_closes_nothing_any_more(register: Register, tmp_path: Path) -> None:
    arrive(register, tmp_path, read=asking())
    arrive(register, tmp_path, "b.pdf", read=report("18/BC-UBND", "2024-05-20", subject="6 tháng đầu năm 2024"), direction="out")
    (closing,) = register.matters.closings()
    register.void(2, "nhầm", who="An")
    assert state(register, closing["item"]) == ("open", None) and register.matters.closings() == [] and register.check() == []


def test_the_dispatch_may_come_in_after_its_answer(register: Register, tmp_path: Path) -> None:
    arrive(register, tmp_path, "b.pdf", read=report("18/BC-UBND", "2024-05-20", subject="6 tháng đầu năm 2024"), direction="out")
    arrive(register, tmp_path, read=asking())
    assert [closing["state"] for closing in register.matters.closings()] == ["closed"]


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "xin gia hạn thời gian báo cáo 6 tháng đầu năm 2024", "doc_type": "công văn"},
        {"doc_type": "giấy mời", "subject": "họp 6 tháng đầu năm 2024"},
        {"addressees": ["UBND các khu phố"], "subject": "triển khai báo cáo 6 tháng đầu năm 2024", "doc_type": "công văn"},
        {"replies_to": [], "relations": [], "addressees": ["Sở Nội vụ"], "subject": "Kết quả 6 tháng đầu năm 2024"},
        {"issued_on": date(2024, 3, 1), "subject": "Kết quả 6 tháng đầu năm 2024"},
    ],
    ids=["asks for time", "invites", "passes it on", "cites in passing", "before it"],
)
def test_what_is_no_answer_proposes_nothing(change: dict[str, Any], register: Register, tmp_path: Path) -> None:
    arrive(register, tmp_path, read=asking())
    arrive(register, tmp_path, "b.pdf", read=report("18/BC-UBND", "2024-05-20", **change), direction="out")
    assert register.matters.closings() == []


def own(**more: Any) -> Any:
    """A dispatch of our own to two wards."""
    plain = {
        "code": "402/UBND-NV",
        "issued_on": date(2024, 4, 2),
        "issuer": "Ủy ban nhân dân phường Vĩnh Thanh Vân",
        "subject": "báo cáo công tác phòng cháy",
        "addressees": ["Khu phố 1", "Khu phố 2"],
        "references": [],
        "replies_to": [],
        "deadlines": [Deadline("trước ngày 10/4/2024", date(2024, 4, 10))],
        "tasks": [Task(None, "Báo cáo về UBND phường trước ngày 10/4/2024", ("Khu phố 1", "Khu phố 2"), (), date(2024, 4, 10), (0,))],
    }
    return dispatch(**plain | more)


def answer(body: str, code: str, day: str) -> Any:
    cited = Reference("402/UBND-NV", "công văn", date(2024, 4, 2), "UBND phường Vĩnh Thanh Vân")
    return report(
        code,
        day,
        issuer=body,
        subject="công tác phòng cháy",
        addressees=["UBND phường Vĩnh Thanh Vân"],
        references=[cited],
        replies_to=[cited.code],
        relations=[Relation(cited.code, "answers")],
    )


def test_an_item_of_many_is_done_when_all_have_answered_and_the_matrix_tells_who(tmp_path: Path) -> None:
    with open_register(tmp_path, today=date(2024, 4, 12)) as register:
        arrive(register, tmp_path, read=own(), direction="out", on=date(2024, 4, 2))
        arrive(register, tmp_path, "b.pdf", read=answer("Khu phố 1", "1/BC-KP1", "2024-04-09"), on=date(2024, 4, 9))
        (item,) = register.due()
        found = register.matters.matrix(1)
        assert [(unit["unit"], unit["items"][0]["state"], unit["items"][0]["days_left"]) for unit in found["units"]] == [
            ("Khu phố 1", "in_time", None),
            ("Khu phố 2", "overdue", -2),
        ]
        arrive(register, tmp_path, "c.pdf", read=answer("Khu phố 2", "1/BC-KP2", "2024-04-12"), on=date(2024, 4, 12))
        assert state(register, item["id"]) == ("done", 3)
        second = register.matters.matrix(1)["units"][1]["items"][0]
        assert (second["state"], second["received_on"], second["answer"]) == ("late", "2024-04-12", 3)
        assert [line["id"] for line in register.matters.thread(2)] == [1, 2, 3]
        assert [(line["id"], line["why"]) for line in register.matters.related(1)] == [(2, "answers"), (3, "answers")]
        register.void(2, "nhầm", who="An")
        assert state(register, item["id"])[0] == "open"


def test_documents_that_never_came_in_are_listed_once(register: Register, tmp_path: Path) -> None:
    arrive(register, tmp_path)
    law = Reference("59/2023/NĐ-CP", "nghị định", None, "Chính phủ")
    again = Reference("286/UBND-KGVX", None, None, "UBND tỉnh")
    arrive(register, tmp_path, "b.pdf", read=letter("12/X-Y", "2024-03-08", "X", references=[law, again]))
    first, second = register.matters.missing()
    assert (first["code"], first["cited_by"], first["legal"]) == ("286/UBND-KGVX", [1, 2], False)
    assert (second["code"], second["legal"]) == ("59/2023/NĐ-CP", True)


def test_a_directory_says_whose_item_it_is_and_who_sits_in(register: Register, tmp_path: Path) -> None:
    arrive(register, tmp_path, read=dispatch(tasks=[Task("1", "Ban Quản lý chợ báo cáo", ("BQL chợ",))], deadlines=[]))
    assert not register.due()[0]["ours"]
    file = tmp_path / "danh-ba.csv"
    file.write_text(
        "loại;tên;tên khác;đơn vị;chức vụ;người thay;vắng từ;vắng đến\n"
        "đơn vị;Ban Quản lý chợ;BQL chợ|Tổ chợ;;;;;\n"
        "người;Trần Thị Bình;;BQL chợ;Trưởng ban;Lê Văn Cường;01/3/2024;31/3/2024\n"
        "người;Ai Đó;;Phòng Không Có;;;;\n"
        "cơ quan;Khu phố 3;;;;;;\n"
        "gì;?;;;;;;\n",
        encoding="utf-8",
    )
    for _ in range(2):
        taken = register.directory.take(file, who="An")
        assert (taken["departments"], taken["people"], len(taken["unclear"])) == (2, 2, 2)
    assert register.due()[0]["ours"] and len(register.directory.people()) == 1
    assert register.directory.people()[0]["acting"] == "Lê Văn Cường"
    register.assign(1, "Trần Thị Bình", who="An")
    assert register.due(unit="Tổ chợ")[0]["unit"] == "Ban Quản lý chợ"


def test_searches_are_kept_and_run_again(register: Register, tmp_path: Path) -> None:
    arrive(register, tmp_path, read=dispatch(deadlines=[Deadline("trước ngày 10/3/2024", date(2024, 3, 10))], tasks=[]))
    register.matters.save_search("tuần này", "han:tuan-nay trangthai:open", who="An")
    assert [hit["id"] for hit in register.search(register.matters.saved_search("tuần này"))] == [1]
    assert register.search("han:qua-han") == [] and [one["name"] for one in register.matters.searches()] == ["tuần này"]
    register.matters.drop_search("tuần này")
    with pytest.raises(NotFound):
        register.matters.saved_search("tuần này")


def test_a_list_goes_to_the_desk_that_the_item_names(register: Register, tmp_path: Path) -> None:
    text = "UBND các phường, xã lập danh sách cơ sở, gửi về Công an tỉnh trước ngày 22/5/2024"
    arrive(register, tmp_path, read=dispatch(tasks=[Task("1", text, ("UBND các phường, xã",), (), date(2024, 5, 22), (0,))]))
    sent = report("18/UBND-NC", "2024-05-20", doc_type="công văn", subject="gửi danh sách cơ sở", addressees=["Công an tỉnh Kiên Giang"])
    arrive(register, tmp_path, "b.pdf", read=sent, direction="out")
    assert [(one["item"], one["state"]) for one in register.matters.closings()] == [(register.show(1)["follow_ups"][0]["id"], "closed")]


def test_a_report_of_a_period_that_nobody_asked_for_is_none_of_the_asked(register: Register, tmp_path: Path) -> None:
    arrive(register, tmp_path, read=asking())
    arrive(register, tmp_path, "b.pdf", read=report("18/BC-UBND", "2024-09-27", subject="Kết quả quý III năm 2024"), direction="out")
    assert register.matters.closings() == []
