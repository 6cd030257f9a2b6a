"""The desk in a real browser: a clerk finds a document, sees where a value stands, mends one; nothing is loaded from elsewhere."""

import re
from pathlib import Path
from typing import Any, Literal

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browsing import PATIENCE, Desk, browser, desk, page, shoot

__all__ = ["browser", "desk", "page"]
pytestmark = pytest.mark.slow


def test_a_clerk_finds_a_document_and_sees_where_a_value_stands(page: Page, desk: Desk) -> None:
    page.goto(desk.address)
    assert page.locator("table.lines tbody tr").count() == 9
    page.keyboard.press("/")
    page.keyboard.type("dan chu co so")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=**")
    assert any("dân chủ" in mark.lower() for mark in page.locator("mark").all_inner_texts())
    page.locator(f'.subject a[href^="/van-ban/{desk.sample}?"]').click()
    picture = page.locator(".sheet img").first
    picture.wait_for()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 800
    page.locator("#in-subject").click()
    box = page.locator('rect[data-field="subject"]')
    assert "on" in (box.get_attribute("class") or "")
    place, sheet = box.bounding_box(), picture.bounding_box()
    assert place and sheet and sheet["x"] < place["x"] + place["width"] / 2 < sheet["x"] + sheet["width"] / 2, (
        "the subject of a letter stands at the left"
    )
    assert sheet["y"] + 0.08 * sheet["height"] < place["y"] < sheet["y"] + 0.3 * sheet["height"]
    page.keyboard.press("Escape")
    page.locator('rect[data-field="issuer"]').click()
    expect(page.locator("#in-issuer")).to_be_focused()
    assert "on" not in (box.get_attribute("class") or "")


def test_a_clerk_reviews_a_document_with_an_unsure_number(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.address}/duyet")
    expect(page.locator("#in-code")).to_be_focused()
    page.locator(".sheet img").first.evaluate("image => image.decode()")
    shoot(page, "entry")
    assert page.locator("#code .crop").count() == 1 and page.locator("#issued_on .crop").count() == 1
    page.keyboard.type("221/UBND-NV")
    page.keyboard.press("Enter")
    expect(page.locator("#in-issued_on")).to_be_focused()
    page.keyboard.type("6/3/2024")
    page.keyboard.press("Enter")
    page.wait_for_url("**/duyet?xong=*")
    shown = desk.place.register.show(desk.sample)
    assert shown["record"]["code"] == "221/UBND-NV" and shown["record"]["issued_on"] == "2024-03-06" and shown["looks"] == []


def test_a_word_of_the_picture_goes_into_the_field(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.address}/van-ban/{desk.sample}")
    page.locator(".sheet img").first.evaluate("image => image.decode()")
    page.locator("#in-place").click()
    place = page.locator('rect[data-field="issuer"]').bounding_box()
    assert place
    page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 4)
    expect(page.locator("#in-place")).to_have_value(re.compile("[A-ZỦỐÂĐẠÁ]{2,}"))
    expect(page.locator("#in-place")).to_be_focused()
    page.mouse.move(place["x"] - 4, place["y"] - 4)
    page.mouse.down()
    page.mouse.move(place["x"] + place["width"] + 4, place["y"] + place["height"] + 4, steps=4)
    page.mouse.up()
    expect(page.locator("#in-place")).to_have_value("ỦY BAN NHÂN DÂN THÀNH PHỐ RẠCH GIÁ")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("#phim")).to_be_visible()


def test_two_people_on_one_document_at_once(page: Page, browser: Browser, desk: Desk) -> None:
    address = f"{desk.address}/van-ban/{desk.sample}"
    other = browser.new_page()
    other.set_default_timeout(PATIENCE)
    for one in (page, other):
        one.goto(address)
    other.locator("#in-place").fill("Hà Tiên")
    other.locator("button[value=luu]").click()
    other.wait_for_url("**da-sua=place")
    other.close()
    page.locator("#in-place").fill("Rạch Giá mới")
    page.locator("button[value=luu]").click()
    expect(page.locator("[role=alert]").first).to_contain_text("vừa sửa văn bản này")
    expect(page.locator("#in-place")).to_have_value("Rạch Giá mới")
    expect(page.locator("#loi-place")).to_contain_text("Hà Tiên")
    page.locator("#loi-place button").click()
    expect(page.locator("#in-place")).to_have_value("Hà Tiên")


def test_a_scan_is_dropped_and_read_before_ones_eyes(page: Page, desk: Desk, tmp_path: Path) -> None:
    page.goto(f"{desk.address}/tiep-nhan")
    Image.new("RGB", (900, 1200), "white").save(tmp_path / "giấy trắng.png")
    page.locator("#tep").set_input_files(tmp_path / "giấy trắng.png")
    page.wait_for_url("**/tiep-nhan?tep=*")
    expect(page.locator("#tien-do")).to_contain_text("giấy trắng.png")
    expect(page.locator("#tien-do li")).to_have_class(re.compile("state-(registered|rejected)"), timeout=PATIENCE)
    shoot(page, "intake")


def test_a_follow_up_is_closed_by_the_report_that_came_in(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.address}/viec")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/viec/*")
    page.locator("#loi").fill("Đã nhận báo cáo, đủ số liệu.")
    page.get_by_role("button", name="Gửi ý kiến").click()
    expect(page.locator(".talk")).to_contain_text("đủ số liệu")
    number = desk.place.register.show(desk.sample)["number"]
    page.locator("#bang").fill(number)
    page.locator("#bang").press("Enter")
    expect(page.locator(".tag.state-done")).to_be_visible()
    shoot(page, "item")


PAGES = {
    "register": "/",
    "search": "/?q=dan+chu",
    "entry": "/van-ban/{sample}",
    "all-done": "/duyet?xong=1",
    "follow-ups": "/viec?cua=tatca",
    "board": "/viec/bang",
    "calendar": "/viec/lich",
    "item": "/viec/1",
    "overview": "/tong-quan",
    "intake": "/tiep-nhan",
    "typed": "/nhap-tay",
    "slip": "/van-ban/{sample}/phieu",
    "thread": "/van-ban/{sample}/mach",
    "matrix": "/van-ban/{sample}/bao-cao",
    "compare": "/so-sanh?a={sample}&b=6",
    "error": "/khong-co",
}
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("name", PAGES)
def test_every_page_can_be_used_by_everybody(browser: Browser, desk: Desk, name: str) -> None:
    # axe is put into the page past its policy, which forbids every script but the desk's own
    context = browser.new_context(viewport={"width": 1366, "height": 768}, bypass_csp=True)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    answer = page.goto(desk.address + PAGES[name].format(sample=desk.sample))
    assert answer and len(answer.body()) < 100_000, "a page weighs less than 100 kB without its pictures"
    page.evaluate(AXE)
    told = {scheme: _violations(page, scheme) for scheme in SCHEMES}
    page.emulate_media(color_scheme="light")
    if name not in ("entry", "item", "intake", "all-done"):
        shoot(page, name)
    page.set_viewport_size({"width": 360, "height": 740})
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert told == {"light": [], "dark": []} and wide <= 360, (told, wide)


SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def _violations(page: Page, scheme: Literal["light", "dark"]) -> list[Any]:
    page.emulate_media(color_scheme=scheme)
    found = page.evaluate("tags => axe.run({runOnly: tags})", WCAG)["violations"]
    return [(one["id"], [node["html"][:160] for node in one["nodes"][:4]], one["nodes"][0]["failureSummary"][:300]) for one in found]


def test_work_by_when_it_falls_due(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.address}/viec")
    groups = page.locator(".group").evaluate_all("groups => groups.map(group => group.dataset.group)")
    assert groups[:3] == ["late", "today", "week"]
    assert "sạt lở" in page.locator("[data-group=today]").inner_text()


def test_dark_is_dark(browser: Browser, desk: Desk) -> None:
    context = browser.new_context(color_scheme="dark")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(desk.address)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
    assert max(ground[:3]) < 60
    context.close()


def test_without_script_the_pages_still_show_everything(browser: Browser, desk: Desk) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{desk.address}/van-ban/{desk.sample}")
    assert page.locator(".sheet img").count() >= 1 and page.locator("#in-code").count() == 1
    context.close()
