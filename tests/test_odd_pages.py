"""Pages as they come from copiers and books: two on one picture, punch holes, dark edges, a landscape annex with a table over two pages."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from drawn import BODY, SERIF, scan
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from vanthu.ocr.gutter import gutter
from vanthu.readers import read

Picture = NDArray[np.uint8]
MORE = [
    "Phòng Tài chính - Kế hoạch bố trí kinh phí thực hiện theo quy định hiện hành; các phòng, ban,",
    "ngành báo cáo kết quả thực hiện trước ngày 15 tháng cuối quý và báo cáo năm.",
    "Đề nghị các phòng, ban, ngành nghiêm túc thực hiện Công văn này.",
]


def second_page(lines: list[str] = MORE * 3) -> Image.Image:
    page = Image.new("L", (1654, 2339), 255)
    draw, plain = ImageDraw.Draw(page), ImageFont.truetype(SERIF.format(""), 29)
    for n, text in enumerate(lines):
        draw.text((190, 200 + 60 * n), text, 0, plain)
    return page


def book(folder: Path) -> Picture:
    """Two pages side by side, each a little askew, with the shadow of the fold between them."""
    first = Image.open(scan(folder / "first.png", 45)).rotate(0.5, Image.Resampling.BICUBIC, fillcolor=255)
    second = second_page().rotate(-0.5, Image.Resampling.BICUBIC, fillcolor=255)
    both = np.hstack([np.asarray(first), np.asarray(second)]).astype(np.float64)
    shadow = 1 - 0.7 * np.exp(-(((np.arange(both.shape[1]) - 1654) / 50) ** 2))
    return np.asarray(both * shadow, dtype=np.uint8)


def text_of(path: Path, picture: Picture) -> list[str]:
    Image.fromarray(picture).save(path, dpi=(200, 200))
    return [line.text for line in read(path).pages[0].lines]


@pytest.mark.slow
@pytest.mark.parametrize("turned", [0, 90])
def test_both_pages_of_a_book_are_read_the_left_one_first(tmp_path: Path, turned: int) -> None:
    said = text_of(tmp_path / "a.png", np.rot90(book(tmp_path), turned // 90))
    assert said[:2] == ["ỦY BAN NHÂN DÂN", "THÀNH PHỐ RẠCH GIÁ"]
    assert said.index(BODY[1]) < said.index("Nguyễn Văn Hòa") < said.index(MORE[0])
    assert said[-3:] == MORE


@pytest.mark.slow
def test_words_of_the_right_page_stand_where_they_are_printed(tmp_path: Path) -> None:
    Image.fromarray(book(tmp_path)).save(tmp_path / "a.png", dpi=(200, 200))
    page = read(tmp_path / "a.png").pages[0]
    word = next(line.words[0] for line in page.lines if line.text == MORE[0])
    left, top = page.on_scan(word.box).left, page.on_scan(word.box).top
    assert (page.width, page.height) == (3308, 2339)
    assert abs(left - 1654 - 190) < 25
    assert abs(top - 200) < 25


def test_what_runs_across_the_middle_is_one_page() -> None:
    wide = np.full((1654, 2339), 255, np.uint8)
    for n in range(14):
        cv2.line(wide, (150, 150 + 90 * n), (2190, 150 + 90 * n), 0, 3)
        cv2.putText(wide, "STT", (180, 210 + 90 * n), cv2.FONT_HERSHEY_SIMPLEX, 1.5, 0, 3)
        cv2.putText(wide, "100", (1900, 210 + 90 * n), cv2.FONT_HERSHEY_SIMPLEX, 1.5, 0, 3)
    assert gutter(cv2.cvtColor(wide, cv2.COLOR_GRAY2RGB)) is None


@pytest.mark.slow
@pytest.mark.parametrize("black_and_white", [False, True])
def test_punch_holes_and_dark_edges_are_no_text(tmp_path: Path, black_and_white: bool) -> None:
    picture = np.asarray(Image.open(scan(tmp_path / "a.png", 45))).copy()
    clean = text_of(tmp_path / "clean.png", picture)
    for y in (0.36, 0.64):
        cv2.circle(picture, (85, round(y * picture.shape[0])), 24, 20, -1, cv2.LINE_AA)
    picture[:25], picture[-18:], picture[:, -40:] = 15, 10, 30
    cv2.fillPoly(picture, [np.array([[0, 0], [60, 0], [0, 700]], np.int32)], 5)
    if black_and_white:
        picture = np.asarray(np.where(picture > 150, 255, 0), dtype=np.uint8)
    assert [line.casefold() for line in text_of(tmp_path / "b.png", picture)] == [line.casefold() for line in clean]
    assert clean[-1] == "Nguyễn Văn Hòa"


HEAD = ["STT", "Nội dung công việc", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời hạn"]
ROWS = [
    ["1", "Kiểm tra thực hiện dân chủ ở cơ sở", "Phòng Nội vụ", "Các phòng, ban", "Trước ngày 22/5/2024"],
    ["2", "Báo cáo kết quả quý I năm 2024", "Văn phòng", "", "15/4/2024"],
    ["3", "Rà soát Quy chế làm việc;", "Phòng Tài chính - Kế hoạch", "Phòng Nội vụ", "30/6/2024"],
]
REST = [["", "công khai tài chính theo quy định", "", "", ""], ["4", "Tổng kết năm", "Văn phòng", "Các phòng, ban", "Tháng 12/2024"]]
EDGES = [120, 220, 1000, 1450, 1800, 2220]


def annex(rows: list[list[str]]) -> Image.Image:
    """A landscape page with a ruled table."""
    page = Image.new("L", (2339, 1654), 255)
    draw, plain = ImageDraw.Draw(page), ImageFont.truetype(SERIF.format(""), 27)
    bottom = 200 + 70 * len(rows)
    for n, row in enumerate(rows):
        draw.line((EDGES[0], 200 + 70 * n, EDGES[-1], 200 + 70 * n), 0, 3)
        for x, text in zip(EDGES, row, strict=False):
            draw.text((x + 14, 215 + 70 * n), text, 0, plain)
    draw.line((EDGES[0], bottom, EDGES[-1], bottom), 0, 3)
    for x in EDGES:
        draw.line((x, 200, x, bottom), 0, 3)
    return page


@pytest.mark.slow
@pytest.mark.parametrize("turned", [0, 90])
def test_a_landscape_annex_keeps_its_cells_over_two_pages(tmp_path: Path, turned: int) -> None:
    first, second = (annex(rows).rotate(turned, expand=True) for rows in ([HEAD, *ROWS], [HEAD, *REST]))
    first.save(tmp_path / "a.tif", dpi=(200, 200), save_all=True, append_images=[second])
    one, other = read(tmp_path / "a.tif").pages
    assert [line.text.split(" | ") for line in one.lines] == [HEAD, *ROWS]
    assert [line.text.replace(" | ", "|").split("|") for line in other.lines][1:] == REST
    assert {line.table for page in (one, other) for line in page.lines} == {0}
