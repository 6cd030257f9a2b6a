"""Reviewing a document: what is saved, accepted, refused, taken back, and what two people do to one document."""

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from models.document import Box, Document, Line, Page, Word
from models.found import Found
from models.record import Task
from tests.registering import arrive, dispatch
from vanthu.desk import app, words_page
from vanthu.desk.person import Person
from vanthu.pipeline.place import Place
from vanthu.register import review, words
from vanthu.settings import Settings

ORIGIN = {"origin": "http://127.0.0.1"}
UNSURE = {
    "code": Found("221/UBND-NV", "code.handwritten", 0.4, candidates=("227/UBND-NV",)),
    "issued_on": Found(None, "issued_on.handwritten", 0.3),
}


@pytest.fixture
def place(office: Settings) -> Place:
    return Place(office)


def client(office: Settings, person: str = "") -> TestClient:
    made = app(office)
    if person:
        made.state.known.person = lambda _key: Person(person, role="clerk")
    return TestClient(made, base_url="http://127.0.0.1")


@pytest.fixture
def desk(office: Settings) -> TestClient:
    return client(office)


def form_of(page: str) -> dict[str, str]:
    """What a browser would send of the review form as it stands."""
    body = page[page.index('id="duyet"') : page.index('id="hoan-tac"')]
    sent = {}
    for tag in re.findall(r"<input[^>]*>", body):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and "checkbox" not in tag:
            sent[name[1]] = unescape(value[1]) if value else ""
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', body, re.DOTALL):
        sent[name] = unescape(text)
    return sent


def send(desk: TestClient, entry_id: int, form: dict[str, str], step: str = "luu", **changes: str) -> Any:
    changed = {name.replace("__", "."): value for name, value in changes.items()}
    data = form | {f"v.{name}": value for name, value in changed.items()} | {"buoc": step}
    return desk.post(f"/van-ban/{entry_id}/duyet", data=data, headers=ORIGIN, follow_redirects=False)


def opened(desk: TestClient, entry_id: int) -> dict[str, str]:
    return form_of(desk.get(f"/van-ban/{entry_id}").text)


def test_accepting_goes_to_the_next_document_and_what_was_unsure_holds(desk: TestClient, place: Place, tmp_path: Path) -> None:
    first = arrive(place.register, tmp_path, "a.pdf", read=dispatch(**UNSURE))
    sure = arrive(place.register, tmp_path, "b.pdf", read=dispatch(code="5/A-B"))
    second = arrive(place.register, tmp_path, "c.pdf", read=dispatch(code=Found("6/A-B", "x", 0.4)))
    assert desk.get("/duyet", follow_redirects=False).headers["location"] == f"/van-ban/{first.id}"
    answer = send(desk, first.id, opened(desk, first.id), "nhan")
    assert answer.headers["location"] == f"/van-ban/{second.id}?da-nhan={first.id}", "what is sure needs nobody"
    shown = place.register.show(first.id)
    assert shown["looks"] == [] and shown["record"]["code"] == "221/UBND-NV" and shown["record"]["issued_on"] is None
    assert [event["what"] for event in shown["history"]][-1] == "accepted" and shown["history"][-1]["who"] == "văn thư"
    place.register.reread(first.id, document_of("x"), dispatch(code=Found("227/UBND-NV", "x", 0.5)))
    assert place.register.show(first.id)["record"]["code"] == "221/UBND-NV", "accepted: no later reading changes it"
    last = send(desk, second.id, opened(desk, second.id), "nhan")
    assert last.headers["location"] == f"/duyet?xong={second.id}"
    assert "Không còn văn bản nào cần xem lại" in desk.get("/duyet").text and sure.id


def document_of(text: str) -> Document:
    return Document.assemble([Page(1, 100, 100, 300, "ocr", (Line((Word(text, Box(0, 0, 9, 9)),), Box(0, 0, 9, 9)),))])


def test_only_what_was_changed_is_saved(desk: TestClient, place: Place, tmp_path: Path) -> None:
    entry = arrive(place.register, tmp_path)
    answer = send(desk, entry.id, opened(desk, entry.id), issued_on="7/3/2024", signer__name="Trần Thị B", addressees="Sở A\r\nSở B")
    assert answer.status_code == 303 and answer.headers["location"].startswith(f"/van-ban/{entry.id}?da-sua=")
    shown = place.register.show(entry.id)
    assert {one["field"] for one in shown["corrections"]} == {"issued_on", "signer.name", "addressees"}
    record = shown["record"]
    assert (record["issued_on"], record["signer"]["name"], record["addressees"]) == ("2024-03-07", "Trần Thị B", ["Sở A", "Sở B"])
    assert send(desk, entry.id, opened(desk, entry.id)).status_code == 303
    assert len(place.register.show(entry.id)["corrections"]) == 3, "saving what was not touched changes nothing"


def test_items_are_mended_and_taken_out(desk: TestClient, place: Place, tmp_path: Path) -> None:
    entry = arrive(place.register, tmp_path, read=dispatch(tasks=[Task("1", "Một việc", ("Sở A",)), Task("2", "Không phải việc", ())]))
    boxes = desk.get(f"/van-ban/{entry.id}/muc/tasks.0").text
    assert 'name="v.tasks.0.text"' in boxes and 'name="v.tasks.0.due_on"' in boxes
    form = form_of(desk.get(f"/van-ban/{entry.id}?sua=tasks.0").text)
    assert form["v.tasks.0.text"] == "Một việc"
    send(desk, entry.id, form, tasks__0__due_on="1/6/2024", tasks__0__lead="Sở A; Sở B")
    task = place.register.show(entry.id)["record"]["tasks"][0]
    assert (task["due_on"], task["lead"]) == ("2024-06-01", ["Sở A", "Sở B"])
    send(desk, entry.id, opened(desk, entry.id) | {"x.tasks.1": "1"})
    assert [one["text"] for one in place.register.show(entry.id)["record"]["tasks"]] == ["Một việc"]
    assert (
        desk.get(f"/van-ban/{entry.id}/muc/tasks.99").text.strip() != ""
        and desk.get(f"/van-ban/{entry.id}/muc/nonsense").status_code == 200
    )


def test_two_people_on_one_document_lose_nothing(office: Settings, place: Place, tmp_path: Path) -> None:
    entry = arrive(place.register, tmp_path, read=dispatch(**UNSURE))
    lan, minh = client(office, "Lan"), client(office, "Minh")
    of_lan, of_minh = opened(lan, entry.id), opened(minh, entry.id)
    assert send(lan, entry.id, of_lan, code="227/UBND-NV").status_code == 303
    answer = send(minh, entry.id, of_minh, "nhan", code="222/UBND-NV", place="Hà Nội")
    assert answer.status_code == 409 and "Lan vừa sửa" in answer.text
    assert 'value="222/UBND-NV"' in answer.text and "<b>227/UBND-NV</b>" in answer.text and 'value="Hà Nội"' in answer.text
    shown = place.register.show(entry.id)
    assert shown["record"]["code"] == "227/UBND-NV" and [one["who"] for one in shown["corrections"]] == ["Lan"]
    again = send(minh, entry.id, form_of(answer.text), "nhan")
    assert again.status_code == 303, "having seen it, Minh may insist"
    record = place.register.show(entry.id)["record"]
    assert (record["code"], record["place"]) == ("222/UBND-NV", "Hà Nội")


def test_two_people_on_two_fields_are_in_nobodys_way(office: Settings, place: Place, tmp_path: Path) -> None:
    entry = arrive(place.register, tmp_path)
    lan, minh = client(office, "Lan"), client(office, "Minh")
    of_lan, of_minh = opened(lan, entry.id), opened(minh, entry.id)
    send(lan, entry.id, of_lan, code="1/A-B")
    assert send(minh, entry.id, of_minh, place="Huế").status_code == 303
    record = place.register.show(entry.id)["record"]
    assert (record["code"], record["place"]) == ("1/A-B", "Huế")
    blind = send(minh, entry.id, of_minh, "nhan")
    assert blind.status_code == 409 and "vừa sửa văn bản này sau khi bạn mở nó" in blind.text, "nobody accepts what they have not seen"


@pytest.mark.parametrize(("field", "value"), [("issued_on", "31/2/2024"), ("urgency", "gấp lắm"), ("received_stamp.date", "hôm qua")])
def test_what_will_not_do_is_said_beside_its_field_and_kept(desk: TestClient, place: Place, tmp_path: Path, field: str, value: str) -> None:
    entry = arrive(place.register, tmp_path)
    answer = send(desk, entry.id, opened(desk, entry.id), "nhan", **{field.replace(".", "__"): value, "place": "Huế"})
    assert answer.status_code == 422 and "Chưa lưu được" in answer.text and f'value="{value}"' in answer.text
    assert f'id="loi-{field}"' in answer.text and 'value="Huế"' in answer.text
    assert place.register.show(entry.id)["corrections"] == [], "all or nothing"


def test_what_was_done_is_taken_back_step_by_step(desk: TestClient, place: Place, tmp_path: Path) -> None:
    entry = arrive(place.register, tmp_path, read=dispatch(**UNSURE))
    send(desk, entry.id, opened(desk, entry.id), code="1/A-B", place="Huế")
    send(desk, entry.id, opened(desk, entry.id), "nhan")
    assert review.waiting(place.register.base) == 0
    undo = f"/van-ban/{entry.id}/hoan-tac"
    assert desk.post(undo, headers=ORIGIN, follow_redirects=False).headers["location"] == f"/van-ban/{entry.id}?hoan-tac=1"
    record = place.register.show(entry.id)["record"]
    assert (record["code"], place.register.show(entry.id)["looks"]) == ("1/A-B", ["issued_on"]) and review.waiting(place.register.base) == 1
    desk.post(undo, headers=ORIGIN)
    record = place.register.show(entry.id)["record"]
    assert (record["code"], record["place"]) == ("221/UBND-NV", "Rạch Giá")
    page = desk.get(f"/van-ban/{entry.id}").text
    assert "hoàn tác: văn thư" in page and "<ins>1/A-B</ins>" in page, "what was taken back is still told"
    assert desk.post(undo, headers=ORIGIN).status_code == 422


def test_a_name_taken_back_teaches_nothing(place: Place, tmp_path: Path) -> None:
    entry = arrive(place.register, tmp_path)
    review.save(place.register.base, entry.id, {"issuer": "Sở Xây dựng tỉnh Kiên Giang"}, accept=False, who="Lan")
    assert [one["name"] for one in place.register.lessons()] == ["Sở Xây dựng tỉnh Kiên Giang"]
    review.undo(place.register.base, entry.id, who="Lan")
    assert place.register.lessons() == [] and place.register.corrected() == []


def test_a_number_that_may_be_written_by_hand_stands_beside_its_picture(desk: TestClient, place: Place, tmp_path: Path) -> None:
    from tests.test_desk import register_scan, scan

    content, document, box = scan(tmp_path)
    sure = Found("221/UBND-NV", "code.line", 0.99, page=1, box=box)
    entry_id = register_scan(place, tmp_path, document, content, dispatch(code=sure))
    page = desk.get(f"/van-ban/{entry_id}").text
    field = page[page.index('id="code"') : page.index('id="doc_type"')]
    assert 'class="crop"' in field and 'class="field"' in page


WORDS = [
    ("code", "Số: 221 /UBND-NV", "221/UBND-NV"),
    ("issued_on", "Rạch Giá, ngày 06 tháng 3 năm 2024", "06/3/2024"),
    ("issued_on", "ngày 6 tháng 1 năm 2024", "06/01/2024"),
    ("issued_on", "chưa rõ", "chưa rõ"),
    ("subject", "V/v một số\nnhiệm vụ", "một số nhiệm vụ"),
    ("subject", "Về việc dân chủ", "dân chủ"),
    ("addressees", "- Sở A;\n- Sở B.", "Sở A\nSở B"),
    ("issuer", "ỦY BAN\nNHÂN DÂN ,", "ỦY BAN NHÂN DÂN"),
]


@pytest.mark.parametrize(("field", "text", "formed"), WORDS)
def test_words_take_the_form_of_their_field(field: str, text: str, formed: str) -> None:
    assert words_page.formed(field, text) == formed


def test_a_click_gives_a_word_and_a_box_its_words(desk: TestClient, place: Place, tmp_path: Path) -> None:
    line = tuple(Word(text, Box(10 + 40 * n, 10, 40 + 40 * n, 20)) for n, text in enumerate(("Sở", "Nội", "vụ")))
    page = Page(1, 200, 100, 300, "ocr", (Line(line, Box(10, 10, 120, 20)), Line((Word("sau", Box(10, 30, 40, 40)),), Box(10, 30, 40, 40))))
    from tests.test_desk import register_scan

    entry_id = register_scan(place, tmp_path, Document.assemble([page]), b"%PDF-1.4 broken", dispatch())

    def at(area: str, field: str = "issuer", page: str = "1") -> Any:
        return desk.get(f"/van-ban/{entry_id}/chu", params={"trang": page, "khung": area, "truong": field})

    assert at("60,15,60,15").json() == {"text": "Nội", "boxes": [[50, 10, 80, 20]]}
    assert at("120,22,5,5").json()["text"] == "Sở Nội vụ" and at("0,0,200,100", "addressees").json()["text"] == "Sở Nội vụ\nsau"
    assert at("190,90,195,95").json()["text"] == "" and at("150,50,199,99").json()["text"] == ""
    for area, number in (("x", "1"), ("1,2,3", "1"), ("1,2,3,4", "9"), ("1,2,3,4", "a")):
        assert at(area, page=number).status_code == 404
    place.register.forget(place.register.file(1).id)
    assert words.of_page(place.register.base, entry_id, 1) is None, "words leave with a document that turns out secret"


def test_what_was_searched_is_marked_on_the_picture(desk: TestClient, place: Place, tmp_path: Path) -> None:
    from tests.test_desk import register_scan, scan

    content, document, _ = scan(tmp_path)
    entry_id = register_scan(place, tmp_path, document, content, dispatch())
    assert desk.get(f"/van-ban/{entry_id}", params={"q": "221/ubnd-nv"}).text.count('class="hit"') == 1
    assert 'class="hit"' not in desk.get(f"/van-ban/{entry_id}", params={"q": "222"}).text
