from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models.found import Found
from models.record import Task
from tests.registering import TEXT, arrive, dispatch, document, found, open_register
from vanthu.register import Register, entries, values
from vanthu.register.values import BadValue


@pytest.fixture
def register(tmp_path: Path) -> Register:
    register = open_register(tmp_path)
    arrive(register, tmp_path)
    return register


def holds(register: Register, field: str) -> Any:
    return values.get(register.show(1)["record"], values.parse_path(field))


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("code", " 222 / UBND-NV ", "222/UBND-NV"),
        ("issued_on", "7/3/2024", "2024-03-07"),
        ("issued_on", "2024-03-07", "2024-03-07"),
        ("issued_on", "07.03.2024", "2024-03-07"),
        ("issued_on", date(2024, 3, 7), "2024-03-07"),
        ("issued_on", "", None),
        ("doc_type", "Báo cáo", "báo cáo"),
        ("secrecy", "MẬT", "mật"),
        ("urgency", "Hỏa tốc", "hỏa tốc"),
        ("subject", "dân chủ  ở\ncơ sở", "dân chủ ở cơ sở"),
        ("signer.name", "Trần Văn B", "Trần Văn B"),
        ("signer", {"name": "Trần Văn B", "position": "CHỦ TỊCH"}, {"name": "Trần Văn B", "position": "CHỦ TỊCH", "authority": None}),
        ("received_stamp.number", "15", "15"),
        ("received_stamp.date", "8/3/2024", "2024-03-08"),
        ("addressees", "Sở Nội vụ; Sở Y tế", ["Sở Nội vụ", "Sở Y tế"]),
        ("addressees", '["Sở Nội vụ; Sở Y tế"]', ["Sở Nội vụ; Sở Y tế"]),
        ("addressees", "", []),
        ("addressees.1", "UBND phường", "UBND phường"),
        ("recipients.1", "thêm một nơi", "thêm một nơi"),
        ("tasks.0.lead", "Phòng A; Phòng B", ["Phòng A", "Phòng B"]),
        ("tasks.0.lead.0", "Phòng A", "Phòng A"),
        ("tasks.1.due_on", "1/6/2024", "2024-06-01"),
        ("deadlines.0.due_on", "24/5/2024", "2024-05-24"),
        ("references.0.issuer", "UBND tỉnh", "UBND tỉnh"),
        ("replies_to", "1/A-B; 2 / A-B", ["1/A-B", "2 / A-B"]),
    ],
)
def test_a_persons_value_holds_and_needs_no_look(register: Register, field: str, value: Any, expected: Any) -> None:
    register.correct(1, field, value, who="An")
    assert holds(register, field) == expected
    assert not [look for look in register.show(1)["looks"] if field.startswith(look)]
    event = register.show(1)["history"][-1]
    assert (event["who"], event["what"], event["detail"]) == ("An", "corrected", {"field": field})
    assert register.check() == []


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("issued", "1/1/2024", "issued_on"),
        ("kode", "x", "code"),
        ("signer.nam", "x", "name"),
        ("code.x", "x", "code"),
        ("tasks.x.lead", "x", "thứ tự"),
        ("tasks.9.lead", "x", "không có mục"),
        ("tasks.0.colour", "x", "ordinal"),
        ("issued_on", "30/2/2024", "không phải ngày"),
        ("issued_on", "hôm qua", "không phải ngày"),
        ("secrecy", "kín", "tối mật"),
        ("deadlines.0", '{"text": "x"}', "đúng một"),
        ("deadlines.0", "{x", "JSON"),
        ("tasks", "[1]", "JSON"),
        ("tasks.0", "{}", "tasks.text"),
        ("deadlines.0.relative", '{"count": 5}', "working"),
        ("addressees.7", "x", "không có mục"),
        ("", "x", "doc_type"),
        ("_found", "x", "code"),
    ],
)
def test_what_will_not_do_is_said_and_changes_nothing(register: Register, field: str, value: str, said: str) -> None:
    before = register.show(1)
    with pytest.raises(BadValue, match=said):
        register.correct(1, field, value, who="An")
    assert register.show(1) == before


def test_what_was_read_and_what_was_before_stay_known(register: Register) -> None:
    register.correct(1, "code", "222/UBND-NV", who="An")
    register.correct(1, "code", "223/UBND-NV", who="Bình")
    kept = [(c["who"], c["was"], c["value"]) for c in register.show(1)["corrections"]]
    assert kept == [("An", "221/UBND-NV", "222/UBND-NV"), ("Bình", "222/UBND-NV", "223/UBND-NV")]
    assert '"221/UBND-NV"' in register.base.value("SELECT machine FROM documents")


def test_corrections_are_found_by_search_and_filters(register: Register) -> None:
    register.correct(1, "subject", "phòng chống sạt lở", who="An")
    register.correct(1, "code", "777/UBND-NN", who="An")
    assert [row["code"] for row in register.search("sat lo")] == ["777/UBND-NN"]
    assert register.search("so:777") and register.search("777/UBND-NN") and not register.search("so:221")


def test_a_correction_outlives_reading_again(register: Register) -> None:
    register.correct(1, "issuer", "UBND thành phố Hà Tiên", who="An")
    register.correct(1, "tasks.1.lead", "Phòng Tư pháp", who="An")
    register.correct(1, "signer.name", "Trần Văn B", who="An")
    moved = [
        Task("0", "Một việc mới đọc được", ("A",)),
        Task("4", "Phòng Nội vụ chủ trì, kiểm tra", ("Phòng Nội vụ",)),
    ]
    assert register.reread(1, document(TEXT), dispatch(issuer=found("sai", 0.3), tasks=moved, signer=None)) == []
    shown = register.show(1)["record"]
    assert shown["issuer"] == "UBND thành phố Hà Tiên" and shown["signer"]["name"] == "Trần Văn B"
    assert [task["lead"] for task in shown["tasks"]] == [["A"], ["Phòng Tư pháp"]], "it follows its task, not the position"


def test_a_correction_whose_item_is_gone_is_kept_and_told(register: Register) -> None:
    register.correct(1, "tasks.1.lead", "Phòng Tư pháp", who="An")
    assert register.reread(1, document(TEXT), dispatch(tasks=[Task("1", "Việc khác hẳn")])) == [1]
    assert holds(register, "tasks.0.lead") == []
    assert register.reread(1, document(TEXT), dispatch()) == []
    assert holds(register, "tasks.1.lead") == ["Phòng Tư pháp"]


def test_an_item_is_added_once_and_taken_out(register: Register) -> None:
    register.correct(1, "addressees.2", "Công an thành phố", who="An")
    register.correct(1, "addressees.0", "", who="An")
    expected = ["Chủ tịch Ủy ban nhân dân các phường, xã", "Công an thành phố"]
    assert holds(register, "addressees") == expected
    register.reread(1, document(TEXT), dispatch())
    assert holds(register, "addressees") == expected
    found_by = register.show(1)["record"]["_found"]["addressees"]
    assert [evidence["rule"] for evidence in found_by] == ["test.rule", "person"]


def test_a_corrected_deadline_moves_its_task_and_item(register: Register) -> None:
    register.correct(1, "deadlines.0.due_on", "24/5/2024", who="An")
    assert holds(register, "tasks.2.due_on") == "2024-05-24"
    assert register.due()[0]["due_on"] == "2024-05-24"
    register.correct(1, "deadlines.0", "", who="An")
    assert holds(register, "tasks.2.due_on") == "2024-11-08"
    assert [item["due_on"] for item in register.due()][:2] == ["2024-11-08", None]


def test_a_persons_due_date_moves_the_first_item_of_the_task(register: Register) -> None:
    register.correct(1, "tasks.2.due_on", "20/5/2024", who="An")
    register.correct(1, "deadlines.0.due_on", "24/5/2024", who="An")
    assert holds(register, "tasks.2.due_on") == "2024-05-20"
    assert [item["due_on"] for item in register.due()][:2] == ["2024-05-20", "2024-11-08"]


def test_a_limit_becomes_another_kind_of_limit(register: Register) -> None:
    register.correct(1, "deadlines.0.relative", '{"count": 5, "unit": "working", "from": "received"}', who="An")
    limit = register.show(1)["record"]["deadlines"][0]
    assert (limit["due_on"], limit["relative"]["count"]) == (None, 5)
    assert register.due()[0]["due_on"] == "2024-03-14"


def test_deadlines_and_tasks_written_anew_are_paired_anew(register: Register) -> None:
    limits = [{"text": "trước ngày 1/7/2024", "due_on": "2024-07-01"}]
    tasks = [{"text": "Báo cáo trước ngày 1/7/2024", "lead": ["Phòng Nội vụ"]}, {"text": "Họp"}]
    register.correct(1, "deadlines", limits, who="An")
    register.correct(1, "tasks", tasks, who="An")
    assert [(item["text"], item["due_on"]) for item in register.due()] == [("Báo cáo trước ngày 1/7/2024", "2024-07-01"), ("Họp", None)]
    assert holds(register, "tasks.0.due_on") == "2024-07-01"


def test_a_correction_keeps_the_states_of_items(register: Register) -> None:
    item = register.due()[0]["id"]
    register.set_state(item, "in_progress", who="An")
    register.correct(1, "deadlines.0.due_on", "24/5/2024", who="An")
    register.correct(1, "tasks.2.text", "Báo cáo kết quả về thành phố trước ngày 22/5/2024; trước ngày 08/11/2024", who="An")
    assert [(i["id"], i["due_on"]) for i in register.due() if i["state"] == "in_progress"] == [(item, "2024-05-24")]


def test_a_deadline_that_a_person_adds_becomes_an_item(register: Register) -> None:
    register.correct(1, "deadlines.2", {"text": "xong trong tháng 6/2024", "due_on": "30/6/2024"}, who="An")
    assert ("xong trong tháng 6/2024", "2024-06-30") in [(item["text"], item["due_on"]) for item in register.due()]


def test_what_is_accepted_as_it_stands_changes_nothing_but_that_it_needs_no_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unsure = {"code": Found("221/UBND-NV", "code.scan", 0.4), "issuer": Found("UBND thành phố Rạch Giá", "issuer.scan", 0.4)}
    with open_register(tmp_path) as register:
        entry = arrive(register, tmp_path, read=dispatch(**unsure)).id
        refreshed: list[int] = []
        real = entries.refresh
        monkeypatch.setattr(entries, "refresh", lambda base, id_: refreshed.append(id_) or real(base, id_))
        before = register.show(entry)
        assert before["looks"] == ["code", "issuer"]
        register.correct(entry, "code", "221/UBND-NV", who="An")
        after = register.show(entry)
        assert refreshed == [] and after["looks"] == ["issuer"] and after["follow_ups"] == before["follow_ups"]
        assert after["record"]["_found"]["code"]["rule"] == "person"
        # answers are judged by whether the issuer was read surely
        register.correct(entry, "issuer", "UBND thành phố Rạch Giá", who="An")
        assert refreshed == [entry] and register.show(entry)["looks"] == []
        register.correct(entry, "code", "222/UBND-NV", who="An")
        assert refreshed == [entry, entry] and [hit["id"] for hit in register.search("222/UBND-NV")] == [entry]
        assert register.check() == []
