"""By hand in a real browser: photos of a phone become one document, a missed task is drawn on the picture, a page is turned."""

import re
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browsing import PATIENCE, PHONE, Desk, browser, desk, page, shoot, window

__all__ = ["browser", "desk", "page"]
pytestmark = pytest.mark.slow


def test_photos_of_a_phone_are_gathered_into_one_document(browser: Browser, desk: Desk, tmp_path: Path) -> None:
    photos = [tmp_path / f"anh {n}.jpg" for n in range(3)]
    for n, photo in enumerate(photos):
        Image.new("RGB", (300, 400), (255, 255, 250 - n)).save(photo)
    with window(browser, desk.address, viewport=PHONE, has_touch=True, is_mobile=True) as phone:
        phone.goto(f"{desk.address}/tiep-nhan")
        for photo in photos:
            phone.locator("#chup").set_input_files(photo)
        expect(phone.locator("#anh-chup li")).to_have_count(3)
        expect(phone.locator("label[for=chup]")).to_have_text("Chụp trang nữa")
        shoot(phone, "phone")
        phone.get_by_role("button", name="bỏ 2").click()
        expect(phone.locator("#anh-chup li")).to_have_count(2)
        phone.locator("#doc").click()
        phone.wait_for_url("**/tiep-nhan?tep=*")
        expect(phone.locator("#tien-do li")).to_have_count(1)
        file_id = int(re.search(r"tep=(\d+)", phone.url)[1])  # type: ignore[index]
    with pikepdf.open(desk.place.register.file(file_id).path) as pdf:
        assert len(pdf.pages) == 2


def test_a_missed_task_is_drawn_on_the_picture(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.address}/van-ban/{desk.sample}")
    picture = page.locator(".sheet img").first
    picture.evaluate("image => image.decode()")
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    text = page.locator('[name="n.tasks.text"]')
    expect(text).to_be_focused()
    place = page.locator('rect[data-field="issuer"]').bounding_box()
    assert place
    page.mouse.move(place["x"] - 4, place["y"] - 4)
    page.mouse.down()
    page.mouse.move(place["x"] + place["width"] + 4, place["y"] + place["height"] + 4, steps=4)
    page.mouse.up()
    expect(text).to_have_value("ỦY BAN NHÂN DÂN THÀNH PHỐ RẠCH GIÁ")
    text.fill("Cử người dự họp")
    page.locator('[name="n.tasks.due_on"]').fill("30/5/2024")
    page.locator("button[value=luu]").click()
    page.wait_for_url("**da-sua=tasks.*")
    task = next(one for one in desk.place.register.show(desk.sample)["record"]["tasks"] if one["text"] == "Cử người dự họp")
    number = desk.place.register.show(desk.sample)["record"]["tasks"].index(task)
    assert task["due_on"] == "2024-05-30"
    marked, issuer = (page.locator(f'rect[data-field="{name}"]') for name in (f"tasks.{number}", "issuer"))
    assert all(abs(float(marked.get_attribute(edge) or 0) - float(issuer.get_attribute(edge) or 9999)) < 25 for edge in ("x", "y"))
    page.goto(f"{desk.address}/viec?cua=tatca&han=tuan-sau")
    assert "Cử người dự họp" in page.locator("[data-group=next_week]").inner_text()


def test_a_page_is_turned_and_read_again_before_ones_eyes(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.address}/van-ban/{desk.sample}")
    before = desk.place.register.show(desk.sample)["files"][0]["sha256"]
    for by, upright in (("180", "180"), ("180", "0")):
        form = page.locator("#trang-1 form.turn")
        form.scroll_into_view_if_needed()
        form.locator(f"button[value='{by}']").click()
        expect(page.locator("#dang-doc")).to_contain_text("Đang đọc lại")
        expect(page.locator("#trang-1 img")).to_have_attribute("src", re.compile(f"xoay={upright}$"), timeout=3 * PATIENCE)
        expect(page.locator("#dang-doc")).to_have_count(0)
    shown = desk.place.register.show(desk.sample)
    assert shown["files"][0]["sha256"] == before and shown["files"][0]["kept"]
    assert [event["what"] for event in shown["history"]].count("turned") == 2
