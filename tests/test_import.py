"""Old books carried into the register: read loosely, shown first, never twice."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.record import Reference
from tests.conftest import Said
from tests.registering import arrive, dispatch, letter, open_register
from vanthu.errors import WrongUse
from vanthu.register import Register, moving_in
from vanthu.register.moving_in import cells, headings
from vanthu.register.moving_in.table import Table, read

FORM = (
    "Ngày đến",
    "Số đến",
    "Tác giả",
    "Số, ký hiệu văn bản",
    "Ngày tháng văn bản",
    "Tên loại và trích yếu nội dung",
    "Đơn vị hoặc người nhận",
    "Ngày chuyển",
    "Ký nhận",
    "Ghi chú",
)
ROWS: list[tuple[Any, ...]] = [
    (
        datetime(2024, 1, 3),
        1,
        "UBND tỉnh Kiên Giang",
        "15/UBND-KGVX",
        "28/12/2023",
        "Công văn V/v công tác dân vận",
        "Phòng Nội vụ",
        "3/1",
        None,
        "gấp",
    ),
    ("03/01/2024", "02", "Sở Nội vụ", "02/BC-SNV", "2/1/2024", "Báo cáo kết quả năm 2023", "Văn phòng", None, None, None),
    ("04/01/2024", 3, "Tỉnh ủy", "12-CT/TU", "02/01/2024", "Chỉ thị về Tết Giáp Thìn", '"', None, None, None),
]


def workbook(path: Path, rows: Iterable[tuple[Any, ...]] = ROWS, form: tuple[str, ...] = FORM, titles: Iterable[str] = ()) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    for title in titles:
        sheet.append([title])
    sheet.append(list(form))
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return open_register(tmp_path)


def test_the_form_of_the_decree_is_carried_in_whole(register: Register, tmp_path: Path) -> None:
    file = workbook(
        tmp_path / "so.xlsx", [tuple(f"({n})" for n in range(1, 11)), *ROWS], titles=["UBND PHƯỜNG", "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN", "Năm: 2024"]
    )
    made = moving_in.move_in(register.base, file, who="Lan")
    assert (len(made.new), made.there, made.unclear, made.gaps) == (3, 0, [], [])
    shown = register.show(register.resolve("1/2024"))
    record = shown["record"]
    assert shown["received_on"] == "2024-01-03" and shown["files"] == [] and shown["looks"] == []
    assert (record["code"], record["issued_on"], record["issuer"]) == ("15/UBND-KGVX", "2023-12-28", "UBND tỉnh Kiên Giang")
    assert (record["doc_type"], record["subject"]) == ("công văn", "công tác dân vận")
    assert shown["imported"] == {"source": "so.xlsx", "row": 6, "unit": "Phòng Nội vụ", "forwarded_on": "2024-01-03", "note": "gấp"}
    third = register.show(register.resolve("3/2024"))
    assert third["record"]["doc_type"] == "chỉ thị" and third["imported"]["unit"] == "Văn phòng", "a ditto mark says what stands above"
    assert register.check() == []


def test_a_second_time_carries_nothing_in(register: Register, tmp_path: Path) -> None:
    file = workbook(tmp_path / "so.xlsx")
    moving_in.move_in(register.base, file, who="Lan")
    again = moving_in.move_in(register.base, file, who="Lan")
    assert (len(again.new), again.there, again.unclear) == (0, 3, []) and register.count() == 3
    register.correct(register.resolve("2/2024"), "code", "3/BC-SNV", who="Lan")
    assert moving_in.plan(register.base, file).there == 3, "a corrected line is still that line"


def test_search_links_and_numbers_reach_back(register: Register, tmp_path: Path) -> None:
    moving_in.move_in(register.base, workbook(tmp_path / "so.xlsx"), who="Lan")
    old = register.resolve("1/2024")
    assert [hit["id"] for hit in register.search("dan van")] == [old] == [hit["id"] for hit in register.search("15/UBND-KGVX")]
    cites = letter(
        "9/UBND",
        "2024-02-02",
        "UBND phường",
        references=[Reference("15/UBND-KGVX", "công văn", date(2023, 12, 28), "UBND tỉnh Kiên Giang")],
    )
    entry = arrive(register, tmp_path, read=cites)
    assert entry.number == "4/2024", "numbering goes on after the highest one"
    assert register.links(entry.id)["cites"] == [old] and register.links(old)["cited_by"] == [entry.id]
    assert register.check() == []


def test_an_imported_row_answers_a_citation_that_was_there_first(register: Register, tmp_path: Path) -> None:
    cites = letter("9/UBND", "2025-02-02", "UBND phường", references=[Reference("2/BC-SNV", "báo cáo", date(2024, 1, 2), "Sở Nội vụ")])
    entry = arrive(register, tmp_path, read=cites, on=date(2025, 2, 3))
    moving_in.move_in(register.base, workbook(tmp_path / "so.xlsx"), who="Lan")
    assert register.links(entry.id)["cites"] == [register.resolve("2/2024")]


def test_a_scan_of_an_imported_document_is_a_probable_duplicate(register: Register, tmp_path: Path) -> None:
    moving_in.move_in(register.base, workbook(tmp_path / "so.xlsx"), who="Lan")
    entry = arrive(register, tmp_path, read=letter("02/BC-SNV", "2024-01-02", "Sở Nội vụ"))
    assert entry.probable_duplicates == (register.resolve("2/2024"),)


def test_numbers_of_other_documents_are_reported_and_left(register: Register, tmp_path: Path) -> None:
    there = arrive(register, tmp_path)
    made = moving_in.move_in(register.base, workbook(tmp_path / "so.xlsx"), who="Lan")
    assert [(unclear.row, unclear.why) for unclear in made.unclear] == [(2, f"số đến 1/2024 trong sổ là văn bản khác (id {there.id})")]
    assert register.show(there.id)["record"]["code"] == "221/UBND-NV" and register.count() == 3 and register.check() == []


def test_gaps_of_the_old_book_are_told_and_are_no_fault(register: Register, tmp_path: Path) -> None:
    made = moving_in.move_in(
        register.base, workbook(tmp_path / "so.xlsx", [ROWS[0], ("05/01/2024", 9, "A", "7/A-B", None, "việc")]), who="Lan"
    )
    assert made.gaps == [(2024, 2, 8)] and register.check() == []
    filled = moving_in.move_in(register.base, workbook(tmp_path / "thieu.xlsx", [ROWS[1], ROWS[2]]), who="Lan")
    assert len(filled.new) == 2 and register.check() == []


UNCLEAR = [
    (("32/13/2024", 5, "A", "7/A-B", None, "việc"), "Ngày đến: không hiểu «32/13/2024»"),
    (("05/01/2024", "5a", "A", "7/A-B", None, "việc"), "Số đến: không hiểu «5a»"),
    (("05/01/2024", None, "A", "7/A-B", None, "việc"), "không có số đến"),
    ((None, 5, "A", "7/A-B", None, "việc"), "không có ngày đến"),
    (("05/01/2024", 5, "A", None, None, None), "không có số ký hiệu, cũng không có trích yếu"),
    (("05/01/2024", 1, "A", "7/A-B", None, "việc"), "số đến 1 đã có ở dòng 2"),
    (("05/01/2024", 5, "A", "7/A-B", "31/2/2024", "việc"), "Ngày văn bản: không hiểu «31/2/2024»"),
    (("05/01", 5, "A", "7/A-B", None, "việc"), "Ngày đến: không hiểu «05/01»"),
]


@pytest.mark.parametrize(("row", "why"), UNCLEAR)
def test_what_is_unclear_is_left_with_its_reason(register: Register, tmp_path: Path, row: tuple[Any, ...], why: str) -> None:
    made = moving_in.plan(register.base, workbook(tmp_path / "so.xlsx", [ROWS[0], row]))
    assert [unclear.why for unclear in made.unclear] == [why] and len(made.new) == 1


def test_secret_rows_are_left(register: Register, tmp_path: Path) -> None:
    rows = [(*ROWS[0][:9], "Mật"), (*ROWS[1][:9], "thường")]
    made = moving_in.plan(register.base, workbook(tmp_path / "so.xlsx", rows, (*FORM[:9], "Độ mật")))
    assert [unclear.why for unclear in made.unclear] == ["văn bản mật phải vào sổ riêng"] and len(made.new) == 1


def test_days_without_a_year_take_the_year_of_the_title_or_the_call(register: Register, tmp_path: Path) -> None:
    rows = [("05/01", 5, "A", "7/A-B", "28/12", "việc")]
    titled = moving_in.plan(register.base, workbook(tmp_path / "so.xlsx", rows, titles=["SỔ VĂN BẢN ĐẾN NĂM 2023"]))
    assert titled.new[0].received_on == date(2023, 1, 5) and titled.new[0].issued_on == date(2022, 12, 28), (
        "December's letter came in January"
    )
    assert moving_in.plan(register.base, workbook(tmp_path / "so.xlsx", rows), 2022).new[0].received_on == date(2022, 1, 5)
    other = moving_in.plan(register.base, workbook(tmp_path / "so.xlsx", ROWS[:1]), 2022)
    assert other.unclear[0].why == "ngày đến 03/01/2024 không thuộc năm 2022 của sổ"


def test_merged_and_blank_cells(register: Register, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "so.xlsx",
        [ROWS[0], (None, *ROWS[1][1:]), (None, None, None), ("03/01/2024", *ROWS[2][1:]), (None, 4, "A", "7/A-B", None, "việc")],
    )
    book = openpyxl.load_workbook(path)
    book.active["A2"] = "03/01/2024"
    book.save(path)
    made = moving_in.plan(register.base, path)
    assert [(line.number, line.received_on.day) for line in made.new] == [(1, 3), (2, 3), (3, 3)], "between two rows of one day"
    assert made.unclear[0].why == "không có ngày đến", "after the last day nobody knows"
    book.active.merge_cells("A5:A6")
    book.save(path)
    assert len(moving_in.plan(register.base, path).new) == 4, "a merged cell says it of all its rows"


CSV = 'Sổ văn bản đến;;;;\nSố đến;Ngày đến;Số/Ký hiệu;Nơi gửi;Trích yếu nội dung\n1;3/1/2024;15/UBND-KGVX;UBND tỉnh;"Công tác; dân vận"\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_csv_of_every_kind(register: Register, tmp_path: Path, encoding: str, mark: str) -> None:
    text = CSV.replace("Công tác; dân", "Công tác\0 dân").replace(";", mark).replace("\0", mark)
    (tmp_path / "so.csv").write_bytes(text.encode(encoding))
    (line,) = moving_in.plan(register.base, tmp_path / "so.csv").new
    assert (line.number, line.code, line.subject) == (1, "15/UBND-KGVX", " ".join(f"Công tác{mark} dân vận".split()))


def test_what_is_no_book_is_said(register: Register, tmp_path: Path) -> None:
    cases = {
        "a.csv": b"mot,hai\n1,2\n",
        "b.xls": b"\xd0\xcf\x11\xe0....",
        "c.csv": "số đến;".encode("utf-16-be"),
        "d.xlsx": b"PK\x03\x04xx",
        "e.csv": b"",
        "f.csv": b"\xe1\xba;\xff",
    }
    for name, content in cases.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(WrongUse, match=name):
            moving_in.plan(register.base, tmp_path / name)
    assert register.count() == 0


HEADINGS = [
    (
        ("STT", "Số đến", "Ngày đến", "Số VB", "Ngày VB", "Cơ quan ban hành", "Trích yếu"),
        ["left", "number", "received_on", "code", "issued_on", "issuer", "subject"],
    ),
    (
        ("SỐ ĐẾN", "NGÀY ĐẾN (2)", "Số", "Ký hiệu", "Noi gui", "Nội dung", "Người xử lý"),
        ["number", "received_on", "plain_number", "symbol", "issuer", "subject", "unit"],
    ),
    (
        ("Ngày đến", "Số đến", "Tác giả", "Số, kí hiệu văn bản", "Tên loại và trích yếu nội dug", "Màu mực"),
        ["received_on", "number", "issuer", "code", "subject"],
    ),
]


@pytest.mark.parametrize(("form", "columns"), HEADINGS)
def test_headings_as_offices_write_them(form: tuple[str, ...], columns: list[str]) -> None:
    found = headings.find(Table("a", ((1, form),)))
    assert found is not None and [*found.columns.values()] == columns


def test_headings_in_two_rows() -> None:
    rows = ((3, ("Số đến", "Ngày đến", "Văn bản", None, "Trích yếu")), (4, (None, None, "Số, ký hiệu", "Ngày tháng", None)))
    found = headings.find(Table("a", rows))
    assert found is not None and found.below == 4
    assert [*found.columns.values()] == ["number", "received_on", "code", "issued_on", "subject"]


def test_every_known_heading_means_one_column() -> None:
    text = (Path(headings.__file__).parent / "columns.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    assert all(len(row) == 2 and row[1] == row[1].strip() for row in rows)
    assert all(headings.known()[headings._key(heading)] == column for column, heading in rows), "two columns with one heading"


TYPES = [
    ("Công văn về việc họp", None, "1/UBND-NV", ("công văn", "họp")),
    ("V/v họp giao ban", None, "1/UBND-NV", ("công văn", "họp giao ban")),
    ("Kết quả rà soát", None, "12/BC-UBND", ("báo cáo", "Kết quả rà soát")),
    ("quy định chi tiết", None, "59/2023/NĐ-CP", ("nghị định", "quy định chi tiết")),
    ("Hướng dẫn thực hiện chế độ nâng lương", None, "12/SNV-CCVC", ("công văn", "Hướng dẫn thực hiện chế độ nâng lương")),
    ("Báo cáo", None, "12/BC-UBND", ("báo cáo", "Báo cáo")),
    ("phát động thi đua", "Kế hoạch", None, ("kế hoạch", "phát động thi đua")),
    ("phát động thi đua", None, None, (None, "phát động thi đua")),
]


@pytest.mark.parametrize(("text", "written", "code", "expected"), TYPES)
def test_type_and_subject_out_of_one_column(text: str, written: str | None, code: str | None, expected: tuple[str | None, str]) -> None:
    assert cells.type_and_subject(text, written, code) == expected


@given(st.dates(date(1955, 1, 1), date(2118, 1, 1)))
def test_days_as_written_and_as_excel_counts_them(day: date) -> None:
    forms = (
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d-%m-%Y}",
        f"ngày {day.day} tháng {day.month} năm {day.year}",
        day.isoformat(),
        (day - date(1899, 12, 30)).days,
    )
    assert {cells.day(form) for form in forms} == {day}


@given(st.text(max_size=30))
def test_any_cell_is_a_day_or_a_value_error(text: str) -> None:
    with suppress(ValueError):
        assert isinstance(cells.day(text, 2024), date)


def test_reading_keeps_row_numbers(tmp_path: Path) -> None:
    (table,) = read(workbook(tmp_path / "so.xlsx", [(None,), ROWS[0]]))
    assert [number for number, _ in table.rows] == [1, 3]


def test_the_command_shows_and_then_carries_in(vanthu: Callable[..., Said], tmp_path: Path) -> None:
    file = workbook(tmp_path / "so.xlsx", [*ROWS, ("x", 9, "A", "7/A-B", None, "việc")])
    dry = vanthu("import", file, "--dry-run")
    assert dry.code == 0 and "«Tác giả» → Cơ quan ban hành" in dry.out and "«Ký nhận» → (bỏ qua)" in dry.out
    assert "mới 3, đã có 0, chưa rõ 1" in dry.out and "dòng 5: Ngày đến: không hiểu «x»" in dry.out
    assert vanthu("search", "so:15", "--json").json == []
    assert vanthu("import", file).err.strip() == "Đã chuyển 3 dòng vào sổ."
    assert vanthu("search", "so:15", "--json").json[0]["number"] == "1/2024"
    assert vanthu("check").code == 0 and vanthu("reread").code == 0
    assert vanthu("--mat", "import", file).code == 2 and vanthu("import", tmp_path / "none.xlsx").code == 2


def test_a_fault_in_between_carries_nothing_in(register: Register, tmp_path: Path) -> None:
    made = moving_in.plan(register.base, workbook(tmp_path / "so.xlsx"))
    arrive(register, tmp_path, read=dispatch(code="1/A-B"), on=date(2024, 2, 1))
    with pytest.raises(Exception, match="UNIQUE"):
        moving_in.carry_in(register.base, made, who="Lan")
    assert register.count() == 1 and register.check() == []


def test_a_line_without_a_file_cannot_become_secret(vanthu: Callable[..., Said], tmp_path: Path) -> None:
    vanthu("import", workbook(tmp_path / "so.xlsx"))
    refused = vanthu("correct", "1/2024", "secrecy", "mật")
    assert refused.code == 2 and "không có tệp" in refused.err
    assert vanthu("show", "1/2024", "--json").json["record"]["secrecy"] is None
