"""The desk in a real browser: a clerk finds a document, sees where a value stands, mends one; nothing is loaded from elsewhere."""

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright

from models.context import Office
from models.record import Deadline, Task
from tests.registering import arrive, letter
from tests.test_import import workbook
from vanthu import settings as settings_of
from vanthu.desk import app
from vanthu.pipeline import run
from vanthu.pipeline.place import Place
from vanthu.register import moving_in
from vanthu.samples import SAMPLE

pytestmark = pytest.mark.slow

CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
IMAGES = Path(__file__).parent.parent / "docs" / "images"
TODAY = date(2024, 5, 23)
OURS = Office(
    ("Ủy ban nhân dân phường Vĩnh Thanh Vân", "UBND phường Vĩnh Thanh Vân"), (("Phòng Nội vụ",), ("Văn phòng",), ("Phòng Kinh tế",))
)

OLD = [
    (
        "03/01/2024",
        1,
        "UBND tỉnh Kiên Giang",
        "15/UBND-KGVX",
        "28/12/2023",
        "Công văn V/v tăng cường công tác dân vận dịp Tết",
        "Phòng Nội vụ",
    ),
    ("04/01/2024", 2, "Sở Nội vụ", "02/BC-SNV", "02/01/2024", "Báo cáo kết quả cải cách hành chính năm 2023", "Văn phòng"),
    ("04/01/2024", 3, "Thành ủy Rạch Giá", "12-CT/TU", "02/01/2024", "Chỉ thị về tổ chức Tết Giáp Thìn", "Văn phòng"),
    (
        "02/02/2024",
        4,
        "UBND tỉnh Kiên Giang",
        "286/UBND-KGVX",
        "01/02/2024",
        "V/v một số nhiệm vụ trọng tâm về dân chủ ở cơ sở",
        "Phòng Nội vụ",
    ),
]
LETTERS = [
    ("97/SXD-QLN", "2024-05-17", "Sở Xây dựng", "công văn", "đôn đốc báo cáo kết quả rà soát nhà ở, nhà chung cư có nguy cơ mất an toàn"),
    ("14/CĐ-UBND", "2024-05-22", "Ủy ban nhân dân tỉnh Kiên Giang", "công điện", "tập trung ứng phó với mưa lũ, sạt lở bờ biển"),
    ("58/GM-SVHTT", "2024-05-21", "Sở Văn hóa và Thể thao", "giấy mời", "Họp chuẩn bị Ngày hội Văn hóa các dân tộc"),
    (
        "118/KH-UBND",
        "2024-05-20",
        "Ủy ban nhân dân thành phố Rạch Giá",
        "kế hoạch",
        "Triển khai phong trào Bình dân học vụ số trên địa bàn thành phố",
    ),
]
WORK = [
    ("Báo cáo số liệu nhà ở có nguy cơ mất an toàn", "Phòng Kinh tế", date(2024, 5, 21)),
    ("Rà soát các điểm sạt lở, báo cáo trước 16 giờ", "Văn phòng", date(2024, 5, 23)),
    ("Cử cán bộ dự họp, gửi danh sách đăng ký", "Văn phòng", date(2024, 5, 24)),
    ("Xây dựng kế hoạch của phường, gửi về thành phố", "Phòng Nội vụ", date(2024, 6, 14)),
]


@dataclass
class Desk:
    address: str
    place: Place
    sample: int


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An office with an old book, the sample dispatch read by the real reader, and a few letters."""
    home = tmp_path_factory.mktemp("office")
    environment = {
        "VANTHU_INBOX": str(home / "inbox"),
        "VANTHU_OUTPUTS": str(home / "outputs"),
        "VANTHU_QUIET": "0",
        "VANTHU_TODAY": TODAY.isoformat(),
    }
    settings = replace(settings_of.load(environment, home), office=OURS)
    place = Place(settings)
    form = ("Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu", "Ngày văn bản", "Tên loại và trích yếu nội dung", "Đơn vị hoặc người nhận")
    moving_in.move_in(place.register.base, workbook(home / "so-2024.xlsx", OLD, form), who="Lan")
    settings.inbox.mkdir()
    shutil.copy(SAMPLE, settings.inbox / "scan0001.pdf")
    (sample,) = run.intake(settings).outcomes
    assert sample.kind == "registered" and sample.entry_id
    for (code, issued, issuer, kind, subject), (text, unit, due) in zip(LETTERS, WORK, strict=True):
        item = {"tasks": [Task("1", text, (unit,), (), due)], "deadlines": [Deadline(f"trước ngày {due:%d/%m/%Y}", due)]}
        urgency = "hỏa tốc" if "CĐ" in code else None
        read = letter(code, issued, issuer, subject=subject, urgency=urgency, **item)
        arrive(
            place.register,
            home,
            f"{code.replace('/', '-')}.pdf",
            read=replace(read, doc_type=replace(read.doc_type, value=kind)),
            on=TODAY,
            text=subject,
        )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app(settings), host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not server.started and time.monotonic() < until:
        time.sleep(0.05)
    yield Desk(f"http://127.0.0.1:{port}", place, sample.entry_id)
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield made
        made.close()


@pytest.fixture
def page(browser: Browser, desk: Desk) -> Iterator[Page]:
    """An office's screen; a complaint of the browser or an address elsewhere fails the test."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="vi-VN")
    made, wrong = context.new_page(), []
    made.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    made.on("pageerror", lambda error: wrong.append(str(error)))
    made.on("request", lambda request: None if request.url.startswith(desk.address) else wrong.append(request.url))
    yield made
    context.close()
    assert wrong == []


def shoot(page: Page, name: str) -> None:
    """A picture for the documentation, where it is asked for."""
    if os.environ.get("VANTHU_SCREENSHOTS"):
        IMAGES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=IMAGES / f"{name}.png")


def test_a_clerk_finds_a_document_and_sees_where_a_value_stands(page: Page, desk: Desk) -> None:
    page.goto(desk.address)
    assert page.locator("table.lines tbody tr").count() == 9
    shoot(page, "register")
    page.keyboard.press("/")
    page.keyboard.type("dan chu co so")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=**")
    assert any("dân chủ" in mark.lower() for mark in page.locator("mark").all_inner_texts())
    page.locator(f'.subject a[href="/van-ban/{desk.sample}"]').click()
    picture = page.locator(".sheet img").first
    picture.wait_for()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 800
    page.locator('[data-show="subject"]').click()
    box = page.locator('rect[data-field="subject"]')
    assert "on" in (box.get_attribute("class") or "")
    place, sheet = box.bounding_box(), picture.bounding_box()
    assert place and sheet and sheet["x"] < place["x"] + place["width"] / 2 < sheet["x"] + sheet["width"] / 2, (
        "the subject of a letter stands at the left"
    )
    assert sheet["y"] + 0.08 * sheet["height"] < place["y"] < sheet["y"] + 0.3 * sheet["height"]
    page.mouse.move(1300, 740)
    shoot(page, "entry")
    page.locator('rect[data-field="issuer"]').click()
    assert page.locator('[data-show="issuer"]').get_attribute("aria-pressed") == "true"
    assert "on" not in (box.get_attribute("class") or "")


def test_a_clerk_mends_a_value_with_the_keyboard(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.address}/van-ban/{desk.sample}")
    page.locator("#code summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#in-code")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("221/UBND-NV")
    page.keyboard.press("Enter")
    page.wait_for_url("**da-sua=code**")
    assert page.locator("#code .what").inner_text().startswith("221/UBND-NV") and page.locator(".notice").count() >= 1
    assert desk.place.register.show(desk.sample)["record"]["code"] == "221/UBND-NV"


def test_work_by_when_it_falls_due(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.address}/viec")
    groups = page.locator(".group").evaluate_all("groups => groups.map(group => group.dataset.group)")
    assert groups[:3] == ["late", "today", "week"]
    shoot(page, "follow-ups")
    assert "sạt lở" in page.locator("[data-group=today]").inner_text()


def test_a_phone_needs_no_sideways_scrolling_and_dark_is_dark(browser: Browser, desk: Desk) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme="dark", has_touch=True)
    page = context.new_page()
    for address in ("/", f"/van-ban/{desk.sample}", "/viec", "/tiep-nhan", "/khong-co"):
        page.goto(desk.address + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
        assert max(ground[:3]) < 60
    context.close()


def test_without_script_the_pages_still_show_everything(browser: Browser, desk: Desk) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{desk.address}/van-ban/{desk.sample}")
    assert page.locator(".sheet img").count() >= 1 and page.locator("#code").count() == 1
    context.close()
