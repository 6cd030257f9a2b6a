"""`vanthu explain`: what an extractor noted while it worked, said to a person; nothing noted where nobody watches."""

import re
from collections.abc import Callable
from pathlib import Path

from conftest import Said
from papers import letter, printed

from extractors import extract
from models.context import Context
from models.found import Found, Span, exclude
from models.record import FIELDS
from models.trail import turn, watched
from tests.sketch import document
from tests.test_batches import stack
from vanthu.exports.explained import explain
from vanthu.messages import sentences
from vanthu.settings import CHECKOUT, Settings

Command = Callable[..., Said]

PAGE = """\
UBND TỈNH LÂM ĐỒNG || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ NỘI VỤ || Độc lập - Tự do - Hạnh phúc
Số:~0.9 1987/SNV-VP~0.5 || Lâm Đồng, ngày 03 tháng 9 năm 2025
V/v thống kê ||
^ Kính gửi: Ủy ban nhân dân các xã, phường
> Thực hiện Công văn số 286/UBND-KGVX ngày 01 tháng 8 năm 2025 của Ủy ban nhân dân tỉnh, căn cứ Nghị định số 12/2025/NĐ-CP
ngày 05/02/2025 của Chính phủ, Sở Nội vụ đề nghị báo cáo số liệu từ ngày 01/01/2025 trước ngày 30/9/2025./.
Nơi nhận: || GIÁM ĐỐC
- Như trên; || Nguyễn Văn Hòa
"""


def test_every_considered_date_with_its_verdict() -> None:
    found = explain(document(PAGE), Context(), "deadlines")
    assert [(one["text"], one["rule"]) for one in found["taken"]] == [("trước ngày 30/9/2025", "deadlines.before")]
    assert [(one["text"], one["rule"]) for one in found["excluded"]] == [
        ("ngày 01 tháng 8 năm 2025", "deadlines.date-of-a-cited-document"),
        ("ngày 05/02/2025", "deadlines.date-of-a-cited-document"),
        ("từ ngày 01/01/2025", "deadlines.past"),
    ]
    assert all(one["page"] == 1 and len(one["box"]) == 4 for one in (*found["taken"], *found["excluded"]))


def test_a_citation_that_is_not_answered_says_so() -> None:
    found = explain(document(PAGE), Context(), "replies_to")
    assert found["value"] == ["286/UBND-KGVX"]
    assert [one["rule"] for one in found["excluded"]] == ["replies_to.not-answered"]


def test_a_value_that_was_passed_over_and_how_well_its_words_were_read() -> None:
    found = explain(document(PAGE, "ocr"), Context(), "code")
    (one,) = found["taken"]
    assert (found["value"], one["rule"], one["candidates"]) == (None, "code.doubtful", ["1987/SNV-VP"])
    assert one["read"] == {"worst": 0.5, "mean": 0.5}
    assert found["needs"].keys() >= {"zones", "document"}


def test_it_tells_of_every_field_what_the_record_holds() -> None:
    paper = document(PAGE)
    record = extract(paper).as_json()
    for field in FIELDS:
        found = explain(paper, Context(), field)
        assert found["value"] == record[field]
        held = [one["value"] for one in found["taken"] if one["value"] is not None]
        assert held == (record[field] if isinstance(record[field], list) else [record[field]] if record[field] else [])


def test_the_zones_are_shown_where_a_value_is_missing_or_unsure(tmp_path: Path, vanthu: Command) -> None:
    found = explain(document(PAGE, "ocr"), Context(), "code")
    assert found["zones"]["header_left"][:2] == ["UBND TỈNH LÂM ĐỒNG", "SỞ NỘI VỤ"]
    assert explain(document(PAGE), Context(), "deadlines")["zones"] == {}
    paper = letter(tmp_path / "a.docx")
    assert "Đầu trang, bên trái: «THÀNH PHỐ RẠCH GIÁ»" in vanthu("explain", paper, "urgency").out
    assert "Đầu trang" not in vanthu("explain", paper, "code").out


def test_a_table_that_assigns_nothing_says_so() -> None:
    table = "| STT | Họ tên | Chức vụ |\n| 1 | Lê Thị Hoa | Chuyên viên |\n"
    found = explain(document(PAGE.replace("Nơi nhận:", f"{table}Nơi nhận:")), Context(), "tasks")
    assert "tasks.table-assigns-nothing" in [one["rule"] for one in found["excluded"]]


def test_nothing_is_noted_where_nobody_watches() -> None:
    with watched() as trail:
        turn("code")
        exclude("code.x", Span(0, 1))
    Found("1/A", "code.y", 1.0)
    exclude("code.z", Span(0, 1))
    assert [one.rule for one in trail.notes["code"]] == ["code.x"]


def test_every_exclusion_is_said_in_words() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (CHECKOUT / "extractors").glob("*.py"))
    named = re.findall(r'Verdict\(False, "([a-z-]+)"', source) + re.findall(r'exclude\("\w+\.([a-z-]+)"', source)
    assert len(named) > 20
    assert not [name for name in named if f"why.{name}" not in sentences()]


def test_the_command_shows_rule_place_and_exclusion(tmp_path: Path, vanthu: Command) -> None:
    said = vanthu("explain", letter(tmp_path / "a.docx"), "deadlines")
    assert said.code == 0
    assert "✓ deadlines.before  0.97  trang 1 [" in said.out
    assert "«trước ngày 22/5/2024» → 22/5/2024" in said.out
    assert "✗ deadlines.date-of-a-cited-document" in said.out and "ngày của văn bản được viện dẫn" in said.out
    asked = vanthu("explain", tmp_path / "a.docx", "tasks.1", "--json").json
    assert [one["value"]["ordinal"] for one in asked["taken"]] == ["2"]


def test_a_mistyped_field_is_hinted_and_a_missing_file_said(tmp_path: Path, vanthu: Command) -> None:
    paper = letter(tmp_path / "a.docx")
    said = vanthu("explain", paper, "isued_on")
    assert (said.code, "issued_on" in said.err, said.out) == (2, True, "")
    assert vanthu("explain", paper, "tasks.9").code == 2
    said = vanthu("explain", tmp_path / "b.docx", "code")
    assert (said.code, "b.docx" in said.err) == (2, True)


def test_an_entry_is_explained_by_its_number_with_what_people_corrected(office: Settings, vanthu: Command) -> None:
    letter(office.inbox / "a.docx")
    vanthu("intake")
    vanthu("correct", 1, "code", "222/UBND-NV")
    found = vanthu("explain", "1/2024", "code", "--json").json
    assert (found["value"], found["taken"][0]["rule"]) == ("221/UBND-NV", "code.number-line")
    assert [(one["field"], one["value"]) for one in found["corrections"]] == [("code", "222/UBND-NV")]
    assert "code = 222/UBND-NV" in vanthu("explain", 1, "code").out
    assert vanthu("explain", "9/2024", "code").code == 3


def test_a_document_of_a_stack_is_explained_by_its_own_pages(office: Settings, vanthu: Command, tmp_path: Path) -> None:
    path = printed(tmp_path / "scan.pdf", stack(["letter-a", "back-a", "letter-b"]))
    of_file = vanthu("explain", path, "code", "--json").json
    assert of_file["value"] == vanthu("extract", path, "--json").json["code"] == "221/UBND-NV"
    path.rename(office.inbox / "scan.pdf")
    vanthu("intake")
    second = vanthu("explain", 2, "code", "--json").json
    assert (second["value"], second["taken"][0]["page"]) == ("45/QĐ-SNV", 3)
