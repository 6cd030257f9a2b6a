"""The books by law: their columns, voided numbers and gaps; opened again by openpyxl and PDFium."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from openpyxl import load_workbook

from models.record import Deadline, Task
from tests.conftest import Said
from tests.registering import OFFICE, arrive, dispatch, open_register
from vanthu.errors import WrongUse
from vanthu.exports import books
from vanthu.register import Register
from vanthu.register.book_lines import Scope, lines
from vanthu.sections import Letterhead

YEAR = Scope(2024)
HEADINGS = {
    "den": "Ngày đến|Số đến|Tác giả|Số, ký hiệu văn bản|Ngày tháng văn bản|Tên loại và trích yếu nội dung văn bản|Đơn vị hoặc người nhận"
    "|Ngày chuyển|Ký nhận|Ghi chú",
    "theo-doi": "Số đến|Tên loại, số, ký hiệu, ngày tháng và tên cơ quan ban hành văn bản|Đơn vị hoặc người nhận|Thời hạn giải quyết"
    "|Tiến độ giải quyết|Số, ký hiệu văn bản trả lời|Ghi chú",
    "di": "Số, ký hiệu văn bản|Ngày tháng văn bản|Tên loại và trích yếu nội dung văn bản|Người ký|Nơi nhận văn bản"
    "|Đơn vị, người nhận bản lưu|Số lượng bản|Ngày chuyển|Ký nhận|Ghi chú",
}


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    """Six incoming numbers from 120 on: 121 voided, 123 and 124 gone, 126 begun anew at 130; one document of our own."""
    with open_register(tmp_path, first_numbers={("den", 2024): 120}) as made:
        for n in range(6):
            unit = ("Phòng Nội vụ",)
            task = Task("1", f"=Việc {n}", unit, (), date(2024, 5, 20 + n), (0,))
            read = dispatch(
                code=f"{n + 1}/UBND-NV",
                subject="=HYPERLINK(1)" if n == 0 else f"việc thứ {n}",
                urgency="khẩn" if n == 2 else None,
                deadlines=[Deadline("trước ngày", date(2024, 5, 20 + n))],
                tasks=[task],
            )
            arrive(made, tmp_path, f"{n}.pdf", read=read, on=date(2024, 3, 7 + n))
        made.void(2, "cấp nhầm", who="Lan")
        for number, moved in ((125, 130), (124, 126), (123, 125)):
            made.base.conn.execute("UPDATE documents SET arrival_number=? WHERE arrival_number=? AND book='den'", (moved, number))
        made.base.conn.execute("INSERT INTO books (book, year, first_number) VALUES ('den', 2024, 130)")
        own = dispatch(code="9/UBND-NV", archive="VT,nv(5b,VPĐT)", recipients=["Như trên", "Sở Nội vụ tỉnh"])
        answer = arrive(made, tmp_path, "di.pdf", read=own, direction="out")
        made.set_state(made.due()[0]["id"], "done", who="Lan", closed_by=answer.id)
        yield made


def sheet(register: Register, name: str, path: Path, scope: Scope = YEAR) -> Any:
    books.write(path, books.book(register.base, name, scope, Letterhead("Ủy ban nhân dân tỉnh")))
    return load_workbook(path)


@pytest.mark.parametrize("name", HEADINGS)
def test_the_columns_are_those_of_the_decree(name: str, register: Register, tmp_path: Path) -> None:
    made = sheet(register, name, tmp_path / "a.xlsx")["Sổ"]
    wanted = HEADINGS[name].split("|")
    assert [cell.value for cell in made[3]] == wanted
    assert [cell.value for cell in made[4]] == [f"({n})" for n in range(1, len(wanted) + 1)]
    assert made.print_title_rows == "$3:$4"
    assert (made.page_setup.orientation, str(made.page_setup.paperSize)) == ("landscape", "9")
    assert made.print_area.endswith(f"${made.max_row}")
    assert "&P" in made.oddFooter.right.text


def test_every_number_of_the_book_is_told(register: Register) -> None:
    told = [(line["number"], line["state"]) for line in lines(register.base, "den", YEAR)]
    assert told == [
        (120, "registered"),
        (121, "void"),
        (122, "registered"),
        (122.5, "gap"),
        (125, "registered"),
        (126, "registered"),
        (126.5, "gap"),
        (130, "registered"),
    ]


def test_void_and_gaps_are_shown_as_such(register: Register, tmp_path: Path) -> None:
    rows = [[cell.value for cell in row] for row in sheet(register, "den", tmp_path / "a.xlsx")["Sổ"].iter_rows(min_row=5)]
    assert rows[1][9] == "Đã hủy số: cấp nhầm"
    assert rows[2][9] == "Khẩn"
    assert rows[3][:2] == [None, "123–124"]
    assert rows[3][5].startswith("Thiếu số 123–124")
    assert rows[6][5].startswith("Số 127–129 không thuộc sổ này")


def test_days_are_days_numbers_numbers_and_text_is_never_a_formula(register: Register, tmp_path: Path) -> None:
    made = sheet(register, "den", tmp_path / "a.xlsx")["Sổ"]
    assert (made["A5"].value, made["A5"].number_format) == (datetime(2024, 3, 7), "dd/mm/yyyy")
    assert made["B5"].value == 120
    assert (made["D5"].value, made["D5"].number_format) == ("1/UBND-NV", "@")
    assert (made["F5"].value, made["F5"].data_type) == ("Công văn V/v =HYPERLINK(1)", "s")
    followed = sheet(register, "theo-doi", tmp_path / "b.xlsx")["Sổ"]
    assert all(cell.data_type != "f" for row in followed.iter_rows() for cell in row)


def test_a_hand_over_fills_the_columns_of_transfer(register: Register, tmp_path: Path) -> None:
    insert = """INSERT INTO handovers (document_id, unit, person, handed_on, handed_by, received_at, received_by)
                VALUES (1, ?, ?, ?, 'Lan', ?, ?)"""
    register.base.conn.execute(insert, ("Phòng Nội vụ", "Trần An", "2024-03-08", "2024-03-09T08:00:00+07:00", "Trần An"))
    register.base.conn.execute(insert, ("Văn phòng", None, "2024-03-10", None, None))
    row = [cell.value for cell in sheet(register, "den", tmp_path / "a.xlsx")["Sổ"][5]]
    assert row[6:9] == ["Phòng Nội vụ, Trần An\nVăn phòng", datetime(2024, 3, 8), "Trần An 09/3/2024"]


def test_the_book_of_handling_tells_progress_and_answer(register: Register, tmp_path: Path) -> None:
    rows = [[cell.value for cell in row] for row in sheet(register, "theo-doi", tmp_path / "a.xlsx")["Sổ"].iter_rows(min_row=5)]
    assert rows[0][0] == 120
    assert rows[0][1] == "Công văn số 1/UBND-NV ngày 06/3/2024 của Ủy ban nhân dân thành phố Rạch Giá"
    assert rows[0][2:6] == ["Phòng Nội vụ", datetime(2024, 5, 20), "Đã xong 23/5/2024, trễ 3 ngày", "9/UBND-NV, 06/3/2024"]
    assert rows[0][6] == "Mục 1: =Việc 0"
    assert rows[1][4] == "Chưa xử lý, quá hạn 1 ngày"
    assert [row[0] for row in rows] == [120, 122, 125, 126, 130]


def test_the_outgoing_book_tells_who_gets_and_who_keeps(register: Register, tmp_path: Path) -> None:
    row = [cell.value for cell in sheet(register, "di", tmp_path / "a.xlsx")["Sổ"][5]]
    assert row[0] == "9/UBND-NV"
    assert row[3:7] == [
        "Nguyễn Văn Hòa",
        "Thủ trưởng các phòng, ban, ngành thành phố; Chủ tịch Ủy ban nhân dân các phường, xã; Sở Nội vụ tỉnh",
        "VT,nv(5b,VPĐT)",
        5,
    ]


def test_where_we_have_not_said_who_we_are_all_items_are_followed(tmp_path: Path) -> None:
    from models.context import Office

    for office, count in ((OFFICE, 1), (Office(), 4)):
        folder = tmp_path / str(count)
        folder.mkdir()
        with open_register(folder, office=office) as made:
            arrive(made, folder)
            if count == 1:
                for row in made.due():
                    made.base.conn.execute("UPDATE follow_ups SET role=NULL WHERE id<>?", (made.due()[0]["id"],))
                    assert row["document"] == 1
            assert len(lines(made.base, "theo-doi", YEAR)) == count


def test_a_range_of_days_has_only_its_gaps(register: Register) -> None:
    part = lines(register.base, "den", Scope(2024, date(2024, 3, 9), date(2024, 3, 10)))
    assert [line["number"] for line in part] == [122, 122.5, 125]
    assert not lines(register.base, "den", Scope(2023))
    assert not lines(register.base, "den", Scope(2024, party=True))


@pytest.mark.parametrize("name", HEADINGS)
def test_the_pdf_has_cover_head_and_page_numbers(name: str, register: Register, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    books.write(path, books.book(register.base, name, YEAR, Letterhead("Ủy ban nhân dân tỉnh Kiên Giang")))
    document = pypdfium2.PdfDocument(path)
    cover, first = (document[n].get_textpage().get_text_range() for n in (0, 1))
    assert "ỦY BAN NHÂN DÂN TỈNH KIÊN GIANG" in cover
    assert "Năm 2024" in cover
    assert "Quyển số" in cover
    assert "Trang 1/1" in first
    assert "".join(HEADINGS[name].split("|")[1].split()) in "".join(first.split())
    width, height = document[1].get_size()
    assert width > height


def test_a_long_book_is_broken_into_pages_and_a_monstrous_subject_fits_on_one(register: Register, tmp_path: Path) -> None:
    made = books.book(register.base, "den", YEAR, Letterhead())
    long = [line | {"about": "trích yếu " * 2000} if n == 0 else line for n, line in enumerate(made.lines * 40) if line["state"] != "gap"]
    path = tmp_path / "a.pdf"
    books.write(path, books.Book(made.title, made.cover, made.columns, tuple(long)))
    document = pypdfium2.PdfDocument(path)
    text = document[len(document) - 1].get_textpage().get_text_range()
    assert f"Trang {len(document) - 1}/{len(document) - 1}" in text
    assert "Ngày đến" in text


def test_the_command_writes_what_its_name_says(vanthu: Callable[..., Said], tmp_path: Path) -> None:
    said = vanthu("book", "den", tmp_path / "a.xlsx", "--from", "01/3/2024", "--to", "31/3/2024")
    assert said.code == 0
    assert load_workbook(tmp_path / "a.xlsx").sheetnames == ["Bìa", "Sổ"]
    assert vanthu("book", "den", tmp_path / "a.doc").code == 2
    assert vanthu("book", "den", tmp_path / "b.pdf", "--year", "2023", "--from", "01/3/2024").code == 2
    assert vanthu("book", "sổ", tmp_path / "b.pdf").code == 2


def test_an_unknown_kind_of_file_is_refused(register: Register, tmp_path: Path) -> None:
    with pytest.raises(WrongUse):
        books.write(tmp_path / "a.txt", books.book(register.base, "den", YEAR, Letterhead()))
