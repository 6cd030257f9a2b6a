"""Names learnt from corrections: they mend the next damaged paper of the same body, are listed, and can be forgotten."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Said
from hypothesis import given
from hypothesis import strategies as st
from papers import letter
from starlette.testclient import TestClient

from extractors import extract
from extractors._learnt import nearest
from models.context import Context, Learnt, LearntBody, LearntSigner
from models.document import Box, Document, Word
from tests.registering import arrive, dispatch
from tests.sketch import document
from vanthu.desk import app
from vanthu.pipeline.place import Place
from vanthu.readers import confined
from vanthu.register.store import hash_of
from vanthu.settings import Settings

Command = Callable[..., Said]

PAPER = """\
CHI CỤC THỦY LỢI || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
{issuer} || Độc lập - Tự do - Hạnh phúc
Số: {code} || {place} ngày 12 tháng 3 năm 2024
^ Kính gửi: Ủy ban nhân dân các xã ven sông
> Yêu cầu Ủy ban nhân dân các xã ven sông rà soát các điểm xung yếu trên tuyến
đê, báo cáo trước ngày 15/4/2024./.
Nơi nhận: || HẠT TRƯỞNG
- Như trên; ||
- Lưu: VT. || {signer}
"""
FIRST = {
    "issuer": "HẠT QUẢN LÝ ĐÊ SỒNC~0.5 CẢU~0.5",
    "code": "15/HQLDSC-KT~0.9",
    "place": "Yễn~0.5 Phong,",
    "signer": "Tống~0.9 Khác~0.6 Suởng~0.5",
}
NEXT = {
    "issuer": "HẠT QUẢN LÝ ĐÊ SÔNC~0.7 CẦU~0.9",
    "code": "31/HQLĐSG-KT~0.9",
    "place": "Yên Phọng,~0.6",
    "signer": "Tống~0.95 Khâc~0.7 Sương~0.6",
}
CLEAR = {"issuer": "HẠT QUẢN LÝ ĐÊ SÔNG CẢ", "code": "7/HQLĐSC-KT", "place": "Yên Phụng,", "signer": "Tống Khắc Sương"}
WRITTEN = {
    "parent": "Chi cục Thủy lợi",
    "issuer": "Hạt Quản lý đê Sông Cầu",
    "code": "15/HQLĐSC-KT",
    "place": "Yên Phong",
    "signer.name": "Tống Khắc Sưởng",
}


def paper(values: dict[str, str]) -> Document:
    return document(PAPER.format(**values), "ocr")


@pytest.fixture
def scan(office: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, dict[str, str]], None]:
    """Drops a paper into the inbox that is read as the page says, with its damage."""
    pages: dict[str, Document] = {}
    monkeypatch.setattr(confined, "read", lambda path, **_: (pages[hash_of(path)], []))

    def drop(name: str, values: dict[str, str]) -> None:
        path = letter(office.inbox / name, code=name)
        pages[hash_of(path)] = paper(values)

    return drop


def read(vanthu: Command, entry_id: int) -> tuple[dict[str, Any], dict[str, Any]]:
    record = vanthu("show", entry_id, "--json").json["record"]
    found = {name: (evidence or {}).get("rule") for name, evidence in record["_found"].items() if not isinstance(evidence, list)}
    return record, found


def test_what_was_corrected_on_one_paper_mends_the_next_until_it_is_forgotten(
    office: Settings, vanthu: Command, scan: Callable[..., None]
) -> None:
    scan("a.docx", FIRST)
    vanthu("intake")
    for field, value in WRITTEN.items():
        assert vanthu("correct", 1, field, value).code == 0
    lessons = vanthu("learnt", "--json").json
    assert [(one["kind"], one["name"], one["number"]) for one in lessons] == [
        ("body", WRITTEN["parent"], "1/2024"),
        ("body", WRITTEN["issuer"], "1/2024"),
        ("abbreviation", "HQLĐSC", "1/2024"),
        ("place", "Yên Phong", "1/2024"),
        ("signer", "Tống Khắc Sưởng", "1/2024"),
    ]
    said = vanthu("learnt").out
    assert "người ký: Tống Khắc Sưởng (HẠT TRƯỞNG, Hạt Quản lý đê Sông Cầu" in said and "từ văn bản 1/2024" in said

    scan("b.docx", NEXT)
    vanthu("intake")
    record, rules = read(vanthu, 2)
    assert (record["issuer"], rules["issuer"]) == (WRITTEN["issuer"], "issuer.learnt")
    assert record["parent"] == WRITTEN["parent"]
    assert (record["signer"]["name"], rules["signer"]) == (WRITTEN["signer.name"], "signer.learnt")
    assert (record["place"], rules["place"]) == (WRITTEN["place"], "place.learnt")
    assert (record["code"], rules["code"]) == ("31/HQLĐSC-KT", "code.learnt")
    assert "signer.learnt" in vanthu("explain", 2, "signer").out
    assert "đã học" in TestClient(app(office), base_url="http://127.0.0.1").get("/van-ban/2").text

    for lesson in lessons:
        assert vanthu("learnt", "--forget", lesson["id"]).code == 0
    assert vanthu("learnt", "--json").json == []
    assert vanthu("reread", 2).code == 0
    record, rules = read(vanthu, 2)
    assert record["signer"]["name"] is None and record["issuer"] != WRITTEN["issuer"] and record["place"] != "Yên Phong"
    assert not [rule for rule in rules.values() if rule and rule.endswith("learnt")]
    record, _ = read(vanthu, 1)
    assert (record["issuer"], record["signer"]["name"]) == (WRITTEN["issuer"], WRITTEN["signer.name"]), "the corrections themselves stay"
    assert vanthu("learnt", "--forget", lessons[0]["id"]).code == 3


LEARNT = Learnt(
    (LearntBody(WRITTEN["issuer"], "Chi cục Thủy lợi", "HQLĐSC"),),
    (LearntSigner("Tống Khắc Sưởng", "HẠT TRƯỞNG", WRITTEN["issuer"], "Chi cục Thủy lợi"),),
    ("Yên Phong",),
)


def test_what_is_printed_clearly_stays() -> None:
    plain, learnt = (extract(paper(CLEAR), Context(learnt=known)).as_json() for known in (Learnt(), LEARNT))
    assert plain == learnt
    assert learnt["signer"]["name"] == "Tống Khắc Sương"


def test_a_signer_of_another_body_is_not_taken() -> None:
    other = {**NEXT, "issuer": "HẠT KIỂM LÂM SÓC SƠN"}
    record = extract(paper(other), Context(learnt=LEARNT))
    assert record.signer and record.signer.value and record.signer.value.name is None
    assert record.code and record.code.rule != "code.learnt"


def test_two_learnt_names_that_fit_alike_are_none() -> None:
    twins = Learnt(LEARNT.bodies, (*LEARNT.signers, LearntSigner("Tống Khấc Sưởng", None, WRITTEN["issuer"])), ())
    record = extract(paper(NEXT), Context(learnt=twins))
    assert record.signer and record.signer.rule == "signer.block"


def test_who_held_the_position_is_a_candidate_where_no_name_was_read() -> None:
    record = extract(paper({**NEXT, "signer": ""}), Context(learnt=LEARNT))
    assert record.signer and record.signer.value and record.signer.value.name is None
    assert record.signer.candidates == ("Tống Khắc Sưởng",) and record.signer.needs_look


def test_a_doubtful_reading_of_the_very_name_is_vouched_for() -> None:
    record = extract(paper({**NEXT, "issuer": "HẠT QUẢN LÝ ĐÊ SÔNG~0.5 CẦU~0.5"}), Context(learnt=LEARNT))
    assert record.issuer and record.issuer.value == WRITTEN["issuer"] and not record.issuer.needs_look


def test_a_holder_over_a_learnt_body_is_no_superior_body() -> None:
    page = PAPER.format(**CLEAR).replace("CHI CỤC THỦY LỢI", "CHỦ TỊCH").replace(CLEAR["issuer"], "ỦY BAN NHÂN DÂN TỈNH PHÚ THỌ")
    body = Learnt((LearntBody("Ủy ban nhân dân tỉnh Phú Thọ"),))
    plain, known = (extract(document(page, "ocr"), Context(learnt=learnt)).as_json() for learnt in (Learnt(), body))
    assert known["parent"] is None and known["issuer"] == plain["issuer"]


def test_only_the_last_word_on_a_field_teaches_and_an_emptied_one_nothing(office: Settings, tmp_path: Path) -> None:
    register = Place(office).register
    arrive(register, tmp_path)
    assert register.lessons() == [] and register.learnt() == Learnt(), "what was read teaches nothing"
    register.correct(1, "place", "Rạch Gía", who="An")
    register.correct(1, "place", "Rạch Giá", who="An")
    register.correct(1, "signer.name", "Nguyễn Văn Hoà", who="An")
    register.correct(1, "signer", {"name": "Lê Thị Tám", "position": "CHỦ TỊCH"}, who="Bình")
    assert register.learnt().places == ("Rạch Giá",)
    assert [signer.name for signer in register.learnt().signers] == ["Lê Thị Tám"]
    register.correct(1, "place", "", who="An")
    assert register.learnt().places == ()
    register.void(1, "nhầm", who="An")
    assert register.lessons() == []


def test_a_paper_that_turns_out_secret_takes_its_lessons_along(office: Settings, vanthu: Command) -> None:
    letter(office.inbox / "a.docx")
    vanthu("intake")
    vanthu("correct", 1, "signer.name", "Nguyễn Văn Hoà")
    vanthu("correct", 1, "secrecy", "mật")
    assert vanthu("learnt", "--json").json == []
    assert [one["name"] for one in vanthu("--mat", "learnt", "--json").json] == ["Nguyễn Văn Hoà"]


def test_a_file_that_is_only_looked_at_knows_nothing_of_the_office(office: Settings, tmp_path: Path, vanthu: Command) -> None:
    place = Place(office)
    arrive(place.register, tmp_path, read=dispatch(signer=None))
    place.register.correct(1, "place", "Rạch Giá", who="An")
    place.close()
    assert vanthu("extract", letter(tmp_path / "x.docx"), "--json").json["_found"]["place"]["rule"] == "place.place-date"


def words(text: str, sure: float) -> list[Word]:
    return [Word(part, Box(0, 0, 1, 1), sure) for part in text.split()]


@given(st.text(alphabet="ABCDEĐÊÔƠƯ ", min_size=1, max_size=20), st.text(alphabet="abcdeđêôơư ", min_size=1, max_size=20))
def test_a_clear_reading_is_never_another_name(read_text: str, name: str) -> None:
    near = nearest(words(read_text, 0.95), [name])
    assert near is None or "".join(near.name.split()).lower() == "".join(read_text.split()).lower()


@pytest.mark.parametrize(
    ("text", "name", "fits"),
    [
        ("UBND XÃ TÂN ẠN", "UBND xã Tân An", True),
        ("UBND XÃTÂN AN", "UBND xã Tân An", True),
        ("UBND XÃ TÂN HỘI", "UBND xã Tân An", False),
        ("SỞ Y TẾ", "Sở Nội vụ", False),
        ("HUẾ", "Huế", False),
        ("ỦY BAN NHÂN DÂN TỈNH PHÚ", "Ủy ban nhân dân tỉnh Cà Mau", False),
        ("BẢO HIỂM XÃ HỘI TỈNH VĨNH LONG", "UBND tỉnh Vĩnh Long", False),
    ],
)
def test_how_much_may_differ(text: str, name: str, fits: bool) -> None:
    assert (nearest(words(text, 0.6), [name]) is not None) == fits
