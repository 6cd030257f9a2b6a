"""The desk: what its pages show and hide, and what it refuses."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw
from starlette.testclient import TestClient

from models.document import Box, Document, Line, Page, Word
from models.found import Found
from models.record import Deadline, Record, Task
from tests.registering import OFFICE, arrive, dispatch, letter
from vanthu.desk import app, edits, register_page, words
from vanthu.pipeline.place import Place
from vanthu.register import workload
from vanthu.settings import Settings

EVIL = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'


@pytest.fixture
def place(office: Settings) -> Place:
    return Place(office)


@pytest.fixture
def desk(office: Settings) -> TestClient:
    return TestClient(app(office), base_url="http://127.0.0.1", raise_server_exceptions=True)


def post(desk: TestClient, entry_id: int, field: str, value: str, origin: str | None = "http://127.0.0.1") -> Any:
    headers = {"origin": origin} if origin else {}
    stands = re.search(rf'name="d.{re.escape(field)}" value="(\w+)"', desk.get(f"/van-ban/{entry_id}").text)
    data = {f"v.{field}": value, f"d.{field}": stands[1] if stands else ""}
    return desk.post(f"/van-ban/{entry_id}/duyet", data=data, headers=headers, follow_redirects=False)


def test_an_empty_office_is_told_what_to_do(desk: TestClient) -> None:
    assert "hộp thư đến" in desk.get("/").text and "vanthu import" in desk.get("/").text
    assert "Không còn việc nào" in desk.get("/viec").text
    assert "Hộp thư trống" in desk.get("/tiep-nhan").text and "Không có tệp nào bị từ chối" in desk.get("/tiep-nhan").text


def test_the_list_shows_finds_and_filters(desk: TestClient, place: Place, tmp_path: Path) -> None:
    arrive(place.register, tmp_path)
    arrive(place.register, tmp_path, "b.pdf", read=letter("5/SNV-TC", "2024-03-01", "Sở Nội vụ", subject="việc khác"), text="Việc khác")
    page = desk.get("/").text
    assert "2 văn bản" in page and "221/UBND-NV" in page and "06/3/2024" in page and page.index(">5/SNV-TC<") < page.index(">221/UBND-NV<")
    found = desk.get("/", params={"q": "dan chu co so"}).text
    assert "<mark>dân chủ</mark>" in found and "5/SNV-TC" not in found
    assert ">221/UBND-NV<" not in desk.get("/", params={"coquan": "so noi vu"}).text
    assert "5/SNV-TC" not in desk.get("/", params={"q": "dân", "coquan": "Rạch Giá"}).text
    for filters in (
        {"nam": "2023"},
        {"so": "di"},
        {"loai": "báo cáo"},
        {"tu": "08/3/2024"},
        {"den": "06/3/2024"},
        {"trangthai": "void"},
        {"trung": "1"},
    ):
        assert "Không tìm thấy văn bản nào" in desk.get("/", params=filters).text, filters
    for nonsense in ({"nam": "x"}, {"so": "' OR 1=1"}, {"tu": "hôm kia"}, {"trang": "-4"}, {"trang": "x"}, {"nam": "9" * 50}):
        assert "2 văn bản" in desk.get("/", params=nonsense).text, nonsense


def test_long_lists_come_in_pages(desk: TestClient, place: Place, tmp_path: Path) -> None:
    for number in range(1, 53):
        arrive(place.register, tmp_path, f"{number}.pdf", read=letter(f"{number}/UBND-NV", None, "UBND"), text="chữ chung")
    first, second = desk.get("/").text, desk.get("/?trang=2").text
    assert "Trang 1 / 2" in first and 'href="/?trang=2"' in first and ">52/2024<" in first and ">2/2024<" not in first
    assert ">2/2024<" in second and ">1/2024<" in second and ">52/2024<" not in second
    assert "q=ch%E1%BB%AF+chung&amp;trang=2" in desk.get("/?q=chữ chung").text
    assert desk.get("/?trang=999999999").status_code == 200


def test_what_a_search_finds_is_counted_up_to_a_bound_and_shown_to_its_end(
    desk: TestClient, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 104):
        arrive(place.register, tmp_path, f"{number}.pdf", read=letter(f"{number}/UBND-NV", None, "UBND"), text="chữ chung")
    for module in (register_page, words):
        monkeypatch.setattr(module, "MOST", 60)
    pages = [desk.get(f"/?q=chữ chung&trang={number}").text for number in (1, 2, 3)]
    assert all("60+ văn bản" in page for page in pages) and "103 văn bản" in desk.get("/").text
    assert "Trang 1 / 2+" in pages[0] and "Trang 2 / 2+" in pages[1] and "trang=3" in pages[1]
    assert "Trang 3 / 3" in pages[2] and "trang=4" not in pages[2] and pages[2].count("<tr data-id") == 3


def test_probable_duplicates_and_values_to_look_at_are_marked(desk: TestClient, place: Place, tmp_path: Path) -> None:
    first = arrive(place.register, tmp_path)
    second = arrive(place.register, tmp_path, "again.pdf", read=dispatch(code=Found("221/UBND-NV", "code.scan", 0.4)))
    for page in (desk.get("/").text, desk.get("/?trung=1").text):
        assert page.count("có thể trùng</a>") == 2
    assert f"/van-ban/{second.id}" in desk.get("/?canxem=1").text and f'href="/van-ban/{first.id}">1/' not in desk.get("/?canxem=1").text
    shown = desk.get(f"/van-ban/{second.id}").text
    assert "Có thể trùng với" in shown and f"/van-ban/{first.id}" in shown and "40%" in shown and "cần xem 1" in shown


QUERIES = [
    '"',
    "a AND OR",
    "NEAR(",
    "*",
    "text:x",
    "'; DROP TABLE documents;--",
    "{a} : b",
    "so:",
    "ngay:99/99",
    "\0",
    "%",
    EVIL,
    "«a»",
    "x" * 3000,
]


@pytest.mark.parametrize("query", QUERIES)
def test_no_query_is_an_error(desk: TestClient, place: Place, tmp_path: Path, query: str) -> None:
    arrive(place.register, tmp_path)
    answer = desk.get("/", params={"q": query})
    assert answer.status_code == 200 and "<script>alert" not in answer.text and "<img src=x" not in answer.text


def test_everything_that_comes_from_outside_is_escaped(desk: TestClient, place: Place, tmp_path: Path, office: Settings) -> None:
    evil = dispatch(
        subject=EVIL,
        issuer=EVIL,
        code="1/" + EVIL.replace(" ", ""),
        addressees=[EVIL],
        tasks=[Task(EVIL, EVIL, (OFFICE.names[0], EVIL), (EVIL,), date(2024, 3, 1))],
        deadlines=[Deadline(EVIL, date(2024, 3, 1))],
    )
    entry = arrive(place.register, tmp_path, "x.pdf", read=evil, text=EVIL + " thường")
    place.register.correct(entry.id, "place", EVIL, who=EVIL)
    place.register.attach(entry.id, place.register.store.keep(tmp_path / "x.pdf")[0], EVIL)
    (office.inbox / EVIL.replace("/", "")).write_bytes(b"x")
    sha, _ = place.register.store.keep(office.inbox / EVIL.replace("/", ""))
    place.register.reject(place.register.claim(sha, name=EVIL).id, EVIL, EVIL)
    for address in ("/", "/?q=thường", f"/van-ban/{entry.id}", "/viec?cua=tatca", f"/viec?donvi={EVIL}", "/tiep-nhan", f"/?coquan={EVIL}"):
        page = desk.get(address).text
        assert "<script>alert" not in page and "<img src=x" not in page and " onerror=alert(2)>" not in page.replace("&gt;", ""), address
        assert "&lt;" in page, address


def test_headers_forbid_what_the_pages_do_not_need(desk: TestClient, place: Place, tmp_path: Path) -> None:
    entry = arrive(place.register, tmp_path)
    for address in ("/", "/static/desk.css", "/static/desk.js", "/nowhere", f"/van-ban/{entry.id}/tep/1"):
        headers = desk.get(address).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff" and headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "same-origin"
    assert desk.get("/").headers["cache-control"] == "no-store"


def test_browsers_keep_what_is_named_by_its_content_and_nothing_else(desk: TestClient) -> None:
    (address,) = re.findall(r'href="(/static/desk\.css\?v=\w+)"', desk.get("/").text)
    assert "immutable" in desk.get(address).headers["cache-control"]
    for other in ("/static/desk.css", "/static/nowhere.css?v=1", "/?v=1"):
        assert desk.get(other).headers["cache-control"] == "no-store", other


def test_pages_load_nothing_from_elsewhere_and_have_no_code_in_them() -> None:
    folder = Path(words.__file__).parent
    for file in [*(folder / "templates").iterdir(), *(file for file in (folder / "static").iterdir() if file.is_file())]:
        text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http://" not in text and "https://" not in text and "//cdn" not in text, file
        assert " style=" not in text and "onclick" not in text and "|safe" not in text and "javascript:" not in text, file


def test_only_this_machine_is_answered(office: Settings) -> None:
    for host in ("evil.example", "127.0.0.1.evil.example", "192.168.1.5"):
        assert TestClient(app(office), base_url=f"http://{host}").get("/").status_code == 400
    assert TestClient(app(office), base_url="http://localhost:8420").get("/").status_code == 200


@pytest.mark.parametrize("origin", [None, "null", "http://evil.example", "http://127.0.0.1:9", "https://127.0.0.1.evil.example", "file://"])
def test_orders_from_other_pages_are_refused(desk: TestClient, place: Place, tmp_path: Path, origin: str | None) -> None:
    entry = arrive(place.register, tmp_path)
    assert post(desk, entry.id, "code", "9/X-Y", origin).status_code == 403
    assert place.register.show(entry.id)["corrections"] == []


def test_a_value_is_corrected_and_the_outputs_follow(desk: TestClient, place: Place, tmp_path: Path, office: Settings) -> None:
    entry = arrive(place.register, tmp_path)
    data = {"v.issued_on": "7/3/2024", "d.issued_on": edits.seen("06/3/2024")}
    answer = desk.post(f"/van-ban/{entry.id}/duyet", data=data, headers={"origin": "http://127.0.0.1"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/van-ban/{entry.id}?da-sua=issued_on")
    page = desk.get(answer.headers["location"]).text
    assert "Đã đính chính: Ngày văn bản" in page and "✓ người" in page
    written = json.loads((office.outputs / "records" / f"{entry.id}.json").read_text(encoding="utf-8"))
    assert written["issued_on"] == "2024-03-07"


def test_what_is_not_there_is_said_in_vietnamese(desk: TestClient, place: Place, tmp_path: Path) -> None:
    entry = arrive(place.register, tmp_path)
    other = arrive(place.register, tmp_path, "b.pdf", read=dispatch(code="2/A-B"))
    addresses = [
        "/van-ban/99",
        "/van-ban/x",
        "/khong-co",
        f"/van-ban/{entry.id}/tep/2",
        f"/van-ban/{entry.id}/tep/99",
        f"/van-ban/{other.id}/trang/9.jpg",
    ]
    addresses += [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2f..%2fsettings.py",
        f"/van-ban/{entry.id}/trang/..%2f1.jpg",
        "/van-ban/99999999999999999999",
    ]
    for address in addresses:
        answer = desk.get(address)
        assert answer.status_code == 404 and "Không tìm thấy" in answer.text, address
    assert post(desk, 99, "code", "1/A-B").status_code == 404
    assert desk.post("/", headers={"origin": "http://127.0.0.1"}).status_code == 405


def test_an_original_is_given_as_it_is_and_never_shown(desk: TestClient, place: Place, tmp_path: Path) -> None:
    entry = arrive(place.register, tmp_path, "Công văn «1»\r\nX: y.pdf".replace("\r\n", " "), content=b"%PDF <script>")
    answer = desk.get(f"/van-ban/{entry.id}/tep/1")
    assert answer.content == b"%PDF <script>" and answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''C%C3%B4ng")


def scan(folder: Path, name: str = "scan.pdf", size: tuple[int, int] = (800, 1100)) -> tuple[bytes, Document, Box]:
    """A page with a black bar, and the box of it."""
    picture, box = Image.new("RGB", size, "white"), Box(100, 200, 300, 240)
    ImageDraw.Draw(picture).rectangle((box.left, box.top, box.right, box.bottom), fill="black")
    picture.save(folder / name)
    page = Page(1, *size, 100, "ocr", (Line((Word("221/UBND-NV", box),), box),))
    return (folder / name).read_bytes(), Document.assemble([page], name), box


def register_scan(place: Place, folder: Path, document: Document, content: bytes, record: Record, name: str = "scan.pdf") -> int:
    (folder / name).write_bytes(content)
    sha256, _ = place.register.store.keep(folder / name)
    file = place.register.claim(sha256, name=name, size=len(content))
    return place.register.register(file.id, document, record, received_on=date(2024, 3, 7)).id


@pytest.mark.parametrize("name", ["scan.pdf", "scan.png", "scan.tiff"])
def test_the_box_lies_on_its_place_of_the_picture(desk: TestClient, place: Place, tmp_path: Path, name: str) -> None:
    content, document, box = scan(tmp_path, name)
    code = Found("221/UBND-NV", "code.line", 0.5, page=1, box=box)
    entry_id = register_scan(place, tmp_path, document, content, Record(code=code), name)
    page = desk.get(f"/van-ban/{entry_id}").text
    assert 'data-field="code"' in page and f"/van-ban/{entry_id}/trang/1.jpg" in page and 'class="crop"' in page
    answer = desk.get(f"/van-ban/{entry_id}/trang/1.jpg")
    assert answer.headers["content-type"] == "image/jpeg" and answer.status_code == 200
    (made,) = place.register.store.pictures(place.register.file(1).sha256).iterdir()
    with Image.open(made) as picture:
        scale = picture.width / 800
        assert max(picture.size) <= 1700 and picture.getpixel((int(200 * scale), int(220 * scale))) < (60, 60, 60)
        assert picture.getpixel((int(350 * scale), int(220 * scale))) > (200, 200, 200)
    before = made.stat().st_mtime_ns
    assert desk.get(f"/van-ban/{entry_id}/trang/1.jpg").content == answer.content and made.stat().st_mtime_ns == before, "made once"


def test_a_page_that_was_turned_and_straightened(desk: TestClient, place: Place, tmp_path: Path) -> None:
    content, document, box = scan(tmp_path, "p.png", (1100, 800))
    turned = Page(1, 800, 1100, 100, "ocr", document.pages[0].lines, rotation=90, warp=(1, 0, 40, 0, 1, 20, 0, 0, 1))
    entry_id = register_scan(
        place, tmp_path, Document.assemble([turned]), content, Record(code=Found("1/A-B", "x", 0.9, page=1, box=box)), "p.png"
    )
    desk.get(f"/van-ban/{entry_id}/trang/1.jpg")
    (made,) = place.register.store.pictures(place.register.file(1).sha256).iterdir()
    with Image.open(made) as picture:
        assert picture.width < picture.height
    assert f'x="{140 - 8}" y="{220 - 6}"' in desk.get(f"/van-ban/{entry_id}").text


def test_what_has_no_picture_shows_its_text_or_says_so(desk: TestClient, place: Place, tmp_path: Path) -> None:
    page = Page(1, 100, 100, 300, "docx", (Line((Word("Chữ", Box(0, 0, 9, 9)),), Box(0, 0, 9, 9)),))
    typed = register_scan(place, tmp_path, Document.assemble([page]), b"PK docx", Record(), "a.docx")
    assert '<pre class="typed">Chữ' in desk.get(f"/van-ban/{typed}").text and desk.get(f"/van-ban/{typed}/trang/1.jpg").status_code == 404
    broken = arrive(place.register, tmp_path, content=b"%PDF-1.4 broken")
    assert desk.get(f"/van-ban/{broken.id}/trang/1.jpg").status_code == 404 and desk.get(f"/van-ban/{broken.id}").status_code == 200


def test_pictures_go_with_a_document_that_turns_out_secret(place: Place, desk: TestClient, tmp_path: Path) -> None:
    content, document, box = scan(tmp_path)
    entry_id = register_scan(place, tmp_path, document, content, Record(code=Found("1/A-B", "x", 0.9, page=1, box=box)))
    sha256 = place.register.file(1).sha256
    assert desk.get(f"/van-ban/{entry_id}/trang/1.jpg").status_code == 200
    place.register.forget(1)
    assert not place.register.store.pictures(sha256).exists()
    assert desk.get(f"/van-ban/{entry_id}/trang/1.jpg").status_code == 404
    page = desk.get(f"/van-ban/{entry_id}").text
    assert "đã hủy" in page and "mật" not in page.lower().replace("sổ văn bản mật", "")


def test_the_secret_register_is_not_shown(desk: TestClient, place: Place, tmp_path: Path) -> None:
    arrive(place.apart.register, tmp_path, read=dispatch(secrecy="mật", subject="chuyện kín"), text="chuyện kín")
    for address in ("/", "/?q=chuyện+kín", "/van-ban/1", "/viec?cua=tatca", "/tiep-nhan"):
        assert "chuyện kín" not in desk.get(address).text.replace("«chuyện kín»", "").replace('value="chuyện kín"', ""), address
    assert desk.get("/van-ban/1").status_code == 404


ITEMS = [
    (None, "undated"),
    ("2024-03-07", "late"),
    ("2024-03-08", "today"),
    ("2024-03-10", "week"),
    ("2024-03-11", "next_week"),
    ("2024-03-17", "next_week"),
    ("2024-03-18", "later"),
    ("2023-12-31", "late"),
]


@pytest.mark.parametrize(("due_on", "group"), ITEMS)
def test_items_are_grouped_by_when_they_fall_due(place: Place, tmp_path: Path, due_on: str | None, group: str) -> None:
    due = date.fromisoformat(due_on) if due_on else None
    arrive(place.register, tmp_path, read=dispatch(tasks=[Task("1", "Một việc", ("Sở Y tế",), (), due)], deadlines=[]))
    groups = workload.groups(place.register.base, ours=False, unit=None, limit=5)  # today is a Friday
    assert [(name, count, items[0]["text"]) for name, (count, items) in groups.items() if items] == [(group, 1, "Một việc")]


def test_work_of_ours_of_a_unit_and_of_all(office: Settings, tmp_path: Path) -> None:
    from dataclasses import replace

    ours = replace(office, office=OFFICE)
    desk, place = TestClient(app(ours), base_url="http://127.0.0.1"), Place(ours)
    tasks = [
        Task("1", "Việc phòng ta", ("Phòng Nội vụ",), (), date(2024, 3, 1)),
        Task("2", "Việc sở khác", ("Sở Y tế",), (), date(2024, 3, 20)),
    ]
    arrive(place.register, tmp_path, read=dispatch(tasks=tasks, deadlines=[]))
    page = desk.get("/viec").text
    assert "Việc phòng ta" in page and "Việc sở khác" not in page and "1 việc trễ" in page and "Trễ hạn" in page
    assert "Việc sở khác" in desk.get("/viec?cua=tatca").text
    assert "Việc phòng ta" not in desk.get("/viec?cua=tatca&donvi=sở y tế").text
    assert "Không còn việc nào phải làm: Văn phòng" in desk.get("/viec?donvi=Văn phòng").text


def test_intake_tells_what_waits_what_was_rejected_and_when_it_looked(
    desk: TestClient, place: Place, office: Settings, tmp_path: Path
) -> None:
    (office.inbox / "đang ghi.pdf").write_bytes(b"%PDF-1.4 half")
    (tmp_path / "khóa.pdf").write_bytes(b"x")
    file = place.register.claim(place.register.store.keep(tmp_path / "khóa.pdf")[0], name="khóa.pdf")
    place.register.reject(file.id, "encrypted", "")
    office.outputs.mkdir(exist_ok=True)
    (office.outputs / "status.json").write_text('{"looked_at": "2024-03-08T09:05:00+07:00", "registered": 1, "rejected": 1, "waiting": 1}')
    page = desk.get("/tiep-nhan").text
    assert (
        "đang ghi.pdf" in page
        and "khóa.pdf" in page
        and "tệp có mật khẩu" in page
        and "--password" in page
        and "09:05 ngày 08/3/2024" in page
    )
    for broken in ("{", "[]", '{"looked_at": 5}'):
        (office.outputs / "status.json").write_text(broken)
        assert desk.get("/tiep-nhan").status_code == 200


def test_an_error_of_the_program_is_said_without_its_insides(office: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vanthu.desk.register_page.asked", lambda _: 1 / 0)
    answer = TestClient(app(office), base_url="http://127.0.0.1", raise_server_exceptions=False).get("/?nam=5")
    assert answer.status_code == 500 and "Có lỗi của chương trình" in answer.text and "Traceback" not in answer.text


def test_words() -> None:
    assert words.day("2024-03-06") == "06/3/2024" and words.day("2024-02-16") == "16/02/2024" and words.day(None) == ""
    assert words.hits("a «<b>» c") == "a <mark>&lt;b&gt;</mark> c" and words.hits("« lẻ") == "« lẻ"
    assert words.label("signer.name") == "Người ký họ tên" and words.label("tasks.0.due_on").startswith("Nhiệm vụ 1")
    assert words.note("scaled_down").startswith("ảnh quá lớn") and "OSError" in words.note("page_failed:OSError") and words.note("x") == "x"
    signed = {
        "signer": "Lan",
        "organisation": "",
        "signed_at": "2024-03-06T08:00:00+07:00",
        "intact": True,
        "altered": False,
        "whole": True,
        "error": "",
    }
    assert words.signature(signed) == "Lan, 08:00 ngày 06/3/2024: còn nguyên từ khi ký"
    assert "ĐÃ BỊ SỬA" in words.signature(signed | {"altered": True}) and "ĐÃ BỊ SỬA" in words.signature(signed | {"intact": False})
    assert words.grouped(12345) == "12.345" and words.size(1_234_567) == "1,2 MB"


@pytest.mark.slow
def test_a_document_found_to_be_secret_leaves_the_desk(desk: TestClient, place: Place, tmp_path: Path, office: Settings) -> None:
    content, document, box = scan(tmp_path)
    entry_id = register_scan(place, tmp_path, document, content, Record(subject=Found("chuyện kín", "x", 0.9, page=1, box=box)))
    assert desk.get(f"/van-ban/{entry_id}/trang/1.jpg").status_code == 200 and [*(office.outputs / "cache").iterdir()]
    answer = post(desk, entry_id, "secrecy", "mật")
    assert (answer.status_code, answer.headers["location"]) == (303, "/?thongbao=mat")
    page = desk.get(answer.headers["location"]).text
    assert "sổ văn bản mật" in page and "chuyện kín" not in page and "chuyện kín" not in desk.get(f"/van-ban/{entry_id}").text
    assert not [*(office.outputs / "cache").iterdir()] and place.apart.register.count() == 1


def test_an_intake_that_runs_does_not_keep_the_browser_waiting(desk: TestClient, place: Place, tmp_path: Path, office: Settings) -> None:
    from vanthu.pipeline.lock import only_one

    entry = arrive(place.register, tmp_path)
    with only_one(office.outputs, wait=True):
        assert "đang chạy" in post(desk, entry.id, "secrecy", "mật").text
        assert post(desk, entry.id, "code", "1/A-B").status_code == 303, "other values need no lock"
    assert place.register.show(entry.id)["record"]["secrecy"] is None
