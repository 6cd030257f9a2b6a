"""The reminder letter, read back by python-docx as Word would."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from models.context import Office
from tests.conftest import Said
from tests.papers import letter
from vanthu.errors import NotFound
from vanthu.exports import reminder
from vanthu.exports.docx_form import in_lines
from vanthu.pipeline import run
from vanthu.sections import Letterhead
from vanthu.settings import Settings

TODAY = date(2024, 5, 27)
OFFICE = Office(("Ủy ban nhân dân thành phố Rạch Giá",))
HEAD = Letterhead(
    parent="Ủy ban nhân dân tỉnh Kiên Giang", place="Rạch Giá", symbol="UBND-NV", authority=("KT. CHỦ TỊCH",), position="Phó Chủ tịch"
)
DISPATCH = {
    "doc_type": "công văn",
    "code": "221/UBND-NV",
    "issued_on": "2024-03-06",
    "issuer": OFFICE.names[0],
    "subject": "một số nhiệm vụ trọng tâm về thực hiện dân chủ ở cơ sở năm 2024",
}


def cell(item: int, state: str, due_on: str | None = "2024-05-22") -> dict[str, Any]:
    return {"item": item, "due_on": due_on, "period": None, "state": state, "received_on": None, "answer": None, "days_left": None}


MATRIX = {
    "document": 1,
    "items": [
        {"item": 1, "text": "Báo cáo 6\ntháng", "period": "6 tháng đầu năm 2024"},
        {"item": 2, "text": "Báo cáo năm " * 60, "period": None},
    ],
    "units": [
        {"unit": "UBND phường An Hòa", "items": [cell(1, "overdue"), cell(2, "missing", "2024-11-08")]},
        {"unit": "UBND phường Vĩnh Lạc", "items": [cell(1, "in_time"), cell(2, "missing", "2024-11-08")]},
        {"unit": "UBND phường Rạch Sỏi", "items": [cell(1, "overdue"), cell(2, "missing", None)]},
        {"unit": "UBND xã Phi Thông", "items": [cell(1, "late")]},
    ],
}


def written(path: Path, **changes: Any) -> Any:
    given: dict[str, Any] = {
        "office": OFFICE,
        "letterhead": HEAD,
        "dispatch": DISPATCH,
        "owed": reminder.missing(MATRIX),
        "today": TODAY,
    }
    reminder.write(path, **given | changes)
    return Document(str(path))


def texts(holder: Any) -> list[str]:
    return [paragraph.text for paragraph in holder.paragraphs]


def test_only_what_is_overdue_and_has_not_come_in_is_owed() -> None:
    late = [(one.unit, one.due_on) for one in reminder.missing(MATRIX)]
    assert late == [("UBND phường An Hòa", date(2024, 5, 22)), ("UBND phường Rạch Sỏi", date(2024, 5, 22))]
    every = reminder.missing(MATRIX, late_only=False)
    assert [one.due_on for one in every if "An Hòa" not in one.unit] == [date(2024, 11, 8), date(2024, 5, 22), None]
    assert len(every[1].text) == 400


def test_nobody_is_reminded_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        written(tmp_path / "a.docx", owed=[])
    assert not list(tmp_path.iterdir())


def test_the_form_is_that_of_the_decree(tmp_path: Path) -> None:
    made = written(tmp_path / "a.docx")
    section = made.sections[0]
    margins = [round(side / Mm(1)) for side in (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)]
    assert (round(section.page_width / Mm(1)), round(section.page_height / Mm(1)), margins) == (210, 297, [20, 20, 30, 20])
    assert made.styles["Normal"].font.name == "Times New Roman"
    assert made.styles["Normal"].element.rPr.rFonts.get(qn("w:eastAsia")) == "Times New Roman"
    assert section.different_first_page_header_footer
    assert 'w:instr="PAGE"' in section.header._element.xml
    left, right = made.tables[0].rows[0].cells
    assert texts(left)[:2] == ["ỦY BAN NHÂN DÂN TỈNH KIÊN GIANG", "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ RẠCH GIÁ"]
    assert [paragraph.runs[0].bold for paragraph in left.paragraphs[:2]] == [False, True]
    assert texts(left)[3:] == ["Số:        /UBND-NV", "V/v đôn đốc thực hiện Công văn số 221/UBND-NV ngày 06/3/2024"]
    assert texts(right)[:2] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert texts(right)[3] == "Rạch Giá, ngày      tháng 5 năm 2024"
    assert right.paragraphs[3].runs[0].italic
    sizes = {paragraph.runs[0].font.size for paragraph in made.paragraphs if paragraph.text and paragraph.runs}
    assert sizes == {Pt(14)}


def test_it_says_who_owes_what_since_when(tmp_path: Path) -> None:
    made = written(tmp_path / "a.docx", reply_by=date(2024, 6, 3))
    said = texts(made)
    start = said.index("Kính gửi:")
    assert said[start + 1 : start + 3] == ["- UBND phường An Hòa;", "- UBND phường Rạch Sỏi."]
    text = "\n".join(said)
    assert "đã ban hành Công văn số 221/UBND-NV ngày 06/3/2024 về việc một số nhiệm vụ trọng tâm" in text
    assert "trước ngày 03/6/2024" in text
    assert text.rstrip().endswith("./.")
    rows = [[cell.text for cell in row.cells] for row in made.tables[1].rows]
    assert rows[1:] == [
        ["1", "UBND phường An Hòa", "Báo cáo 6 tháng (6 tháng đầu năm 2024)", "22/5/2024", "Quá hạn 5 ngày"],
        ["2", "UBND phường Rạch Sỏi", "Báo cáo 6 tháng (6 tháng đầu năm 2024)", "22/5/2024", "Quá hạn 5 ngày"],
    ]
    assert "w:tblHeader" in made.tables[1].rows[0]._tr.xml
    left, right = made.tables[2].rows[0].cells
    assert texts(left) == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]
    assert texts(right)[:2] == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]


def test_one_unit_stands_on_the_line_and_another_bodys_dispatch_is_named_with_it(tmp_path: Path) -> None:
    owed = [one for one in reminder.missing(MATRIX) if "An Hòa" in one.unit]
    made = written(tmp_path / "a.docx", owed=owed, dispatch=DISPATCH | {"issuer": "Sở Nội vụ", "doc_type": "kế hoạch", "code": None})
    text = "\n".join(texts(made))
    assert "Kính gửi: UBND phường An Hòa." in text
    assert "Thực hiện Kế hoạch số ………… ngày 06/3/2024 của Sở Nội vụ về một số" in text


def test_an_office_that_has_set_nothing_gets_blanks_to_fill_in(tmp_path: Path) -> None:
    made = written(tmp_path / "a.docx", office=Office(), letterhead=Letterhead())
    assert texts(made.tables[0].rows[0].cells[1])[3].startswith("…………, ngày")


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Sở Nội vụ", ["Sở Nội vụ"]),
        ("Ủy ban nhân dân thành phố Rạch Giá", ["Ủy ban nhân dân", "thành phố Rạch Giá"]),
        ("ỦY BAN NHÂN DÂN PHƯỜNG VĨNH THANH VÂN", ["ỦY BAN NHÂN DÂN", "PHƯỜNG VĨNH THANH VÂN"]),
    ],
)
def test_a_long_name_goes_on_with_its_place(name: str, lines: list[str]) -> None:
    assert in_lines(name) == lines


def test_the_command_drafts_the_letter_of_those_who_have_not_reported(
    office: Settings, vanthu: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    body = "1. Ủy ban nhân dân phường An Hòa, Ủy ban nhân dân phường Vĩnh Lạc báo cáo kết quả về Sở Nội vụ trước ngày 22/5/2024./."
    letter(office.inbox / "a.docx", body=body)
    run.intake(office)
    out = office.outputs.parent / "đôn đốc.docx"
    assert vanthu("remind", 1, out).code == 3
    monkeypatch.setenv("VANTHU_TODAY", "2024-05-27")
    said = vanthu("remind", 1, out, "--by", "31/5/2024")
    assert (said.code, said.err) == (0, f"Đã ghi {out}: đôn đốc 2 đơn vị\n")
    made = Document(str(out))
    assert [row.cells[1].text for row in made.tables[1].rows[1:]] == ["Ủy ban nhân dân phường An Hòa", "Ủy ban nhân dân phường Vĩnh Lạc"]
    assert "trước ngày 31/5/2024" in "\n".join(texts(made))
    assert vanthu("remind", 1, office.outputs / "a.pdf").code == 2
