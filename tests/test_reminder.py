"""The reminder letter, read back by python-docx as Word would."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from models.context import Office
from vanthu.errors import NotFound
from vanthu.exports import reminder
from vanthu.exports.docx_form import in_lines
from vanthu.sections import Letterhead

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


def item(due_on: str | None, state: str = "open", received_on: str | None = None, text: str = "Báo cáo 6 tháng") -> dict[str, Any]:
    return {"item": 1, "text": text, "due_on": due_on, "state": state, "received_on": received_on, "answer": None}


MATRIX = {
    "document": 1,
    "units": [
        {"unit": "UBND phường An Hòa", "items": [item("2024-05-22"), item("2024-11-08", text="Báo cáo năm")]},
        {"unit": "UBND phường Vĩnh Lạc", "items": [item("2024-05-22", "done", "2024-05-20"), item("2024-11-08")]},
        {"unit": "UBND phường Rạch Sỏi", "items": [item("2024-05-22", "in_progress"), item("2024-05-27"), item(None)]},
        {"unit": "UBND xã Phi Thông", "items": [item("2024-05-22", "dropped")]},
    ],
}


def written(path: Path, **changes: Any) -> Any:
    given: dict[str, Any] = {
        "office": OFFICE,
        "letterhead": HEAD,
        "dispatch": DISPATCH,
        "owed": reminder.missing(MATRIX, TODAY),
        "today": TODAY,
    }
    reminder.write(path, **given | changes)
    return Document(str(path))


def texts(holder: Any) -> list[str]:
    return [paragraph.text for paragraph in holder.paragraphs]


def test_only_what_is_overdue_and_has_not_come_in_is_owed() -> None:
    late = [(one.unit, one.due_on) for one in reminder.missing(MATRIX, TODAY)]
    assert late == [("UBND phường An Hòa", date(2024, 5, 22)), ("UBND phường Rạch Sỏi", date(2024, 5, 22))]
    assert len(reminder.missing(MATRIX, TODAY, late_only=False)) == 6


def test_nobody_is_reminded_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        written(tmp_path / "a.docx", owed=[])
    assert not list(tmp_path.iterdir())


def test_the_form_is_that_of_the_decree(tmp_path: Path) -> None:
    letter = written(tmp_path / "a.docx")
    section = letter.sections[0]
    margins = [round(side / Mm(1)) for side in (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)]
    assert (round(section.page_width / Mm(1)), round(section.page_height / Mm(1)), margins) == (210, 297, [20, 20, 30, 20])
    assert letter.styles["Normal"].font.name == "Times New Roman"
    assert letter.styles["Normal"].element.rPr.rFonts.get(qn("w:eastAsia")) == "Times New Roman"
    assert section.different_first_page_header_footer
    assert 'w:instr="PAGE"' in section.header._element.xml
    left, right = letter.tables[0].rows[0].cells
    assert texts(left)[:2] == ["ỦY BAN NHÂN DÂN TỈNH KIÊN GIANG", "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ RẠCH GIÁ"]
    assert [paragraph.runs[0].bold for paragraph in left.paragraphs[:2]] == [False, True]
    assert texts(left)[3:] == ["Số:        /UBND-NV", "V/v đôn đốc thực hiện Công văn số 221/UBND-NV ngày 06/3/2024"]
    assert texts(right)[:2] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert texts(right)[3] == "Rạch Giá, ngày      tháng 5 năm 2024"
    assert right.paragraphs[3].runs[0].italic
    sizes = {paragraph.runs[0].font.size for paragraph in letter.paragraphs if paragraph.text and paragraph.runs}
    assert sizes == {Pt(14)}


def test_it_says_who_owes_what_since_when(tmp_path: Path) -> None:
    letter = written(tmp_path / "a.docx", reply_by=date(2024, 6, 3))
    said = texts(letter)
    start = said.index("Kính gửi:")
    assert said[start + 1 : start + 3] == ["- UBND phường An Hòa;", "- UBND phường Rạch Sỏi."]
    text = "\n".join(said)
    assert "đã ban hành Công văn số 221/UBND-NV ngày 06/3/2024 về việc một số nhiệm vụ trọng tâm" in text
    assert "trước ngày 03/6/2024" in text
    assert text.rstrip().endswith("./.")
    rows = [[cell.text for cell in row.cells] for row in letter.tables[1].rows]
    assert rows[1:] == [
        ["1", "UBND phường An Hòa", "Báo cáo 6 tháng", "22/5/2024", "Quá hạn 5 ngày"],
        ["2", "UBND phường Rạch Sỏi", "Báo cáo 6 tháng", "22/5/2024", "Quá hạn 5 ngày"],
    ]
    assert "w:tblHeader" in letter.tables[1].rows[0]._tr.xml
    left, right = letter.tables[2].rows[0].cells
    assert texts(left) == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]
    assert texts(right)[:2] == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]


def test_one_unit_stands_on_the_line_and_another_bodys_dispatch_is_named_with_it(tmp_path: Path) -> None:
    owed = [one for one in reminder.missing(MATRIX, TODAY) if "An Hòa" in one.unit]
    letter = written(tmp_path / "a.docx", owed=owed, dispatch=DISPATCH | {"issuer": "Sở Nội vụ", "doc_type": "kế hoạch", "code": None})
    text = "\n".join(texts(letter))
    assert "Kính gửi: UBND phường An Hòa." in text
    assert "Thực hiện Kế hoạch số ………… ngày 06/3/2024 của Sở Nội vụ về một số" in text


def test_an_office_that_has_set_nothing_gets_blanks_to_fill_in(tmp_path: Path) -> None:
    letter = written(tmp_path / "a.docx", office=Office(), letterhead=Letterhead())
    assert texts(letter.tables[0].rows[0].cells[1])[3].startswith("…………, ngày")


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
