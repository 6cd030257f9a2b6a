"""Papers in and out of the desk: files dropped and read, a rejected one tried again, typed entries, slips, stamped copies, lists."""

import csv
import io
import time
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
import pytest
from starlette.testclient import TestClient

from models.document import Box, Page
from tests.registering import arrive, dispatch, letter
from tests.test_desk import register_scan, scan
from vanthu.desk.print_page import coded, qr
from vanthu.exports import stamped
from vanthu.pipeline.place import Place

ORIGIN = {"origin": "http://127.0.0.1"}


def upload(desk: TestClient, *files: tuple[str, bytes], **more: str) -> Any:
    sent = [("tep", (name, content)) for name, content in files]
    return desk.post("/tiep-nhan/tai-len", files=sent, data=more, headers=ORIGIN, follow_redirects=False)


def settled(desk: TestClient, address: str) -> str:
    until = time.monotonic() + 300
    while "chờ đọc" in (page := desk.get(address).text).split("Hộp thư đến")[0] or "đã đọc trang" in page:
        assert time.monotonic() < until
        time.sleep(0.2)
    return page


def test_what_is_dropped_is_kept_read_and_said(desk: TestClient, place: Place, tmp_path: Path) -> None:
    answer = upload(desk, ("../../hỏng.pdf", b"not a document"), ("trống.pdf", b""))
    assert answer.status_code == 303 and answer.headers["location"].startswith("/tiep-nhan?tep=1,2")
    assert place.register.file(1).name == "hỏng.pdf" and place.register.file(1).path.read_bytes() == b"not a document"
    page = settled(desk, answer.headers["location"])
    assert page.count("bị từ chối") >= 2 and "Thử lại" in page
    events = desk.get("/tiep-nhan/tien-do?tep=1,2,99").text
    assert events.startswith("data: ") and "event: het" in events and "hỏng.pdf" in events and "sổ văn bản mật" in events
    assert upload(desk).status_code == 422


@pytest.mark.slow
def test_photos_become_the_pages_of_one_document(desk: TestClient, place: Place, tmp_path: Path) -> None:
    photos = []
    for name in ("một.jpg", "hai.png"):
        scan(tmp_path, name)
        photos.append((name, (tmp_path / name).read_bytes()))
    page = settled(desk, upload(desk, *photos, gop="1").headers["location"])
    assert "một.pdf" in page
    with pikepdf.open(place.register.file(1).path) as pdf:
        assert len(pdf.pages) == 2


@pytest.mark.slow
def test_a_file_under_a_password_is_read_when_it_is_given(desk: TestClient, place: Place, tmp_path: Path) -> None:
    from vanthu.samples import SAMPLE

    with pikepdf.open(SAMPLE) as pdf:
        pdf.save(tmp_path / "khoa.pdf", encryption=pikepdf.Encryption(user="mở", owner="x"))
    page = settled(desk, upload(desk, ("khoa.pdf", (tmp_path / "khoa.pdf").read_bytes())).headers["location"])
    assert 'type="password"' in page
    answer = desk.post("/tiep-nhan/1/thu-lai", data={"mat-khau": "mở"}, headers=ORIGIN, follow_redirects=False)
    until = time.monotonic() + 300
    while place.register.file(1).state != "registered":
        assert time.monotonic() < until
        time.sleep(0.5)
    assert answer.status_code == 303 and place.register.count() == 1
    assert desk.post("/tiep-nhan/1/thu-lai", headers=ORIGIN).status_code == 404, "it is no longer rejected"


def test_a_paper_without_a_scan_is_typed_in(desk: TestClient, place: Place) -> None:
    typed = {
        "code": "12/TB-UBND",
        "issued_on": "5/3/2024",
        "doc_type": "Thông báo",
        "issuer": "UBND phường",
        "subject": "họp",
        "book": "den",
    }
    more = {"task": "Cử người dự họp", "lead": "Văn phòng", "due_on": "20/3/2024"}
    answer = desk.post("/nhap-tay", data=typed | more, headers=ORIGIN, follow_redirects=False)
    entry_id = int(answer.headers["location"].rsplit("/", 1)[1])
    shown = place.register.show(entry_id)
    assert shown["number"] == "1/2024" and shown["record"]["issued_on"] == "2024-03-05" and shown["looks"] == []
    assert [(item["text"], item["due_on"]) for item in shown["follow_ups"]] == [("Cử người dự họp", "2024-03-20")]
    assert "họp" in desk.get("/?q=12/TB-UBND").text and place.register.check() == []
    for wrong in ({"issued_on": "5/3/2024"}, typed | {"issued_on": "45/3/2024"}, typed | {"received_on": "hôm kia"}):
        refused = desk.post("/nhap-tay", data=wrong, headers=ORIGIN)
        assert refused.status_code == 422 and "Chưa vào sổ" in refused.text
    assert place.register.count() == 1, "no number was lost"


def test_the_list_is_exported_as_it_is_shown(desk: TestClient, place: Place, tmp_path: Path) -> None:
    arrive(place.register, tmp_path, read=letter("=1+1/UBND", "2024-03-01", "Sở A", subject="việc"))
    arrive(place.register, tmp_path, "b.pdf", read=letter("2/UBND", "2024-03-02", "Sở B", subject="khác"))
    asked = {"coquan": "Sở A", "cot": "code,issuer"}
    rows = list(csv.reader(io.StringIO(desk.get("/so.csv", params=asked).text.lstrip("\ufeff"))))
    assert rows == [["Số, ký hiệu", "Cơ quan ban hành"], ["'=1+1/UBND", "Sở A"]]
    sheet = openpyxl.load_workbook(io.BytesIO(desk.get("/so.xlsx").content)).active
    assert sheet and [cell.value for cell in sheet[1]][:3] == ["Số đến", "Ngày đến", "Số, ký hiệu"] and sheet.max_row == 3
    assert sheet["C3"].value == "=1+1/UBND" and sheet["C3"].data_type == "s"


def test_the_list_sorts_and_columns_are_chosen(desk: TestClient, place: Place, tmp_path: Path) -> None:
    for n, issuer in enumerate(("Sở C", "Sở A", "Sở B"), 1):
        arrive(place.register, tmp_path, f"{n}.pdf", read=letter(f"{n}/X-Y", None, issuer, subject="x"))
    places = [desk.get("/?xep=issuer").text.index(f">{name}<") for name in ("Sở A", "Sở B", "Sở C")]
    assert places == sorted(places)
    page = desk.get("/?xep=issuer-&cot=number&cot=issuer").text
    assert page.index(">Sở C<") < page.index(">Sở A<") and 'aria-sort="descending"' in page and "Trích yếu</th>" not in page
    assert desk.get("/?xep=nonsense&cot=nonsense").status_code == 200


def test_two_documents_are_compared(desk: TestClient, place: Place, tmp_path: Path) -> None:
    one = arrive(place.register, tmp_path)
    other = arrive(place.register, tmp_path, "b.pdf", read=dispatch(place="Huế"))
    page = desk.get(f"/so-sanh?a={one.id}&b={other.id}").text
    assert page.count('class="differs"') == 1 and "Huế" in page
    assert desk.get("/so-sanh?a=1&b=99").status_code == 404 and desk.get("/so-sanh?a=x").status_code == 404


def test_gaps_in_the_numbers_are_flagged(desk: TestClient, place: Place, tmp_path: Path) -> None:
    arrive(place.register, tmp_path)
    second = arrive(place.register, tmp_path, "b.pdf", read=dispatch(code="2/A-B"))
    assert "quãng số" not in desk.get("/").text
    place.register.base.conn.execute("UPDATE documents SET arrival_number=5 WHERE id=?", (second.id,))
    assert "quãng số" in desk.get("/").text


def test_the_slip_bears_number_and_code(desk: TestClient, place: Place, tmp_path: Path) -> None:
    entry = arrive(place.register, tmp_path)
    page = desk.get(f"/van-ban/{entry.id}/phieu").text
    assert "PHIẾU XỬ LÝ VĂN BẢN ĐẾN" in page and "1/2024" in page and 'class="qr"' in page and " style=" not in page
    shown = place.register.show(entry.id)
    assert coded(shown) == "vanthu:den:1/2024\n221/UBND-NV\n2024-03-06" and "<svg" in qr(coded(shown))
    place.register.forget(1)
    assert desk.get(f"/van-ban/{entry.id}/phieu").status_code == 404


@pytest.mark.parametrize("name", ["scan.pdf", "scan.png"])
def test_the_stamp_stands_on_the_copy_and_never_on_the_original(desk: TestClient, place: Place, tmp_path: Path, name: str) -> None:
    content, document, _ = scan(tmp_path, name)
    entry_id = register_scan(place, tmp_path, document, content, dispatch(), name)
    answer = desk.get(f"/van-ban/{entry_id}/ban-dong-dau.pdf")
    assert answer.headers["content-type"] == "application/pdf" and place.register.file(1).path.read_bytes() == content
    from pypdfium2 import PdfDocument

    page = PdfDocument(answer.content)[0]
    text = page.get_textpage().get_text_range()
    assert "ĐẾN" in text and "Số: 1" in text and "Ngày: 07/3/2024" in text
    typed = arrive(place.register, tmp_path, content=b"%PDF-1.4 broken")
    assert desk.get(f"/van-ban/{typed.id}/ban-dong-dau.pdf").status_code == 422


def test_the_stamp_keeps_clear_of_what_is_printed() -> None:
    page = Page(1, 1000, 1400, 100, "ocr")
    assert stamped.free_place(page, []).left == 50
    print_on_the_left = [Box(0, top, 600, top + 30) for top in range(0, 1400, 40)]
    assert stamped.free_place(page, print_on_the_left).left >= 600


def test_a_search_is_kept_under_a_name(desk: TestClient, place: Place, tmp_path: Path) -> None:
    arrive(place.register, tmp_path)
    page = desk.get("/?q=dân chủ&coquan=Rạch Giá&tu=1/3/2024").text
    assert "dân chủ coquan:&#34;Rạch Giá&#34; den:2024-03-01.." in page
    assert 'name="hoi"' not in desk.get("/?canxem=1").text, "what words cannot say is not offered to be kept"
    asked = {"ten": "Dân chủ", "hoi": 'dân chủ coquan:"Rạch Giá" den:2024-03-01..'}
    assert desk.post("/tra-cuu-da-luu", data=asked, headers=ORIGIN, follow_redirects=False).status_code == 303
    page = desk.get("/").text
    assert ">Dân chủ</a>" in page and ">221/UBND-NV<" in desk.get("/", params={"q": asked["hoi"]}).text
    assert desk.post("/tra-cuu-da-luu", data={"bo": "Dân chủ"}, headers=ORIGIN, follow_redirects=False).status_code == 303
    assert desk.post("/tra-cuu-da-luu", data={"bo": "Dân chủ"}, headers=ORIGIN).status_code == 404
    assert desk.post("/tra-cuu-da-luu", data={"ten": " ", "hoi": "x"}, headers=ORIGIN).status_code == 422
