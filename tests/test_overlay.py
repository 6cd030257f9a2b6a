"""What was read, drawn over the page: in the right places, in colours of confidence, as one file or a picture a page."""

import re
from pathlib import Path

import pytest
from drawn import scan
from PIL import Image

from models.document import Box, Document, Line, Mark, Page, Word
from vanthu.cli import main
from vanthu.exports import overlay

SURE, UNSURE, MENDED = Box(200, 1000, 400, 1040), Box(500, 1000, 700, 1040), Box(800, 1000, 1000, 1040)


def read_page(number: int = 1, rotation: int = 0, width: int = 1654, height: int = 2339) -> Page:
    words = (Word("Kính", SURE, 1.0), Word("gửi", UNSURE, 0.4), Word("tỉnh", MENDED, 1.0, raw="tính"))
    lines = (Line(words, Box.around([w.box for w in words])), Line((Word("<b>", Box(200, 1200, 300, 1240)),), Box(200, 1200, 300, 1240)))
    return Page(number, width, height, 200, "ocr", lines, (Mark("seal", Box(900, 1500, 1200, 1800)),), rotation=rotation)


def inside(picture: Image.Image, box: Box) -> tuple[int, ...]:
    """Colour in the middle of a box of the page of 1654 × 2339 pixels."""
    share = picture.width / 1654
    return tuple(picture.convert("RGB").getpixel((box.middle[0] * share, (box.top + 5) * share)))


@pytest.fixture
def white(tmp_path: Path) -> Path:
    Image.new("L", (1654, 2339), 255).save(tmp_path / "a.png", dpi=(200, 200))
    return tmp_path / "a.png"


def test_words_are_coloured_by_confidence_in_their_places(white: Path, tmp_path: Path) -> None:
    (out,) = overlay.write(white, Document.assemble([read_page()]), tmp_path / "b.png")
    picture = Image.open(out)
    sure, unsure = inside(picture, SURE), inside(picture, UNSURE)
    assert sure[1] > sure[0] and unsure[0] > unsure[1]
    assert inside(picture, Box(1200, 400, 1400, 440)) == (255, 255, 255)


def test_a_page_that_was_turned_is_drawn_upright(tmp_path: Path) -> None:
    lying = Image.new("L", (1654, 2339), 255)
    lying.paste(0, (0, 0, 1654, 200))  # the top of the upright page
    lying.rotate(90, expand=True).save(tmp_path / "a.png", dpi=(200, 200))
    (out,) = overlay.write(tmp_path / "a.png", Document.assemble([read_page(rotation=90)]), tmp_path / "b.png")
    picture = Image.open(out).convert("L")
    assert picture.height > picture.width
    assert picture.getpixel((picture.width // 2, 5)) == 0


def test_html_is_one_file_and_says_what_was_mended(white: Path, tmp_path: Path) -> None:
    (out,) = overlay.write(white, Document.assemble([read_page()], "a<b>.pdf"), tmp_path / "b.html")
    page = out.read_text(encoding="utf-8")
    assert "tính → tỉnh 1.00" in page
    assert "<b>.pdf" not in page and "&lt;b&gt; 1.00" in page
    assert 'href="data:image/jpeg' in page and not re.search(r'(src|href)="(?!data:)', page)
    assert f'x="{SURE.left}" y="{SURE.top}" width="{SURE.width}"' in page


def test_several_pages_are_a_picture_each(tmp_path: Path) -> None:
    first = Image.new("L", (1654, 2339), 255)
    first.save(tmp_path / "a.tif", save_all=True, append_images=[first], dpi=(200, 200))
    written = overlay.write(tmp_path / "a.tif", Document.assemble([read_page(1), read_page(2)]), tmp_path / "b.png")
    assert [path.name for path in written] == ["b-1.png", "b-2.png"] and all(path.is_file() for path in written)


def test_another_ending_is_refused_before_anything_is_read(white: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(white), "--show", "b.gif"]) == 2
    assert "b.gif" in capsys.readouterr().err


@pytest.mark.slow
def test_a_real_scan_is_drawn_with_its_zones(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    letter = scan(tmp_path / "scan.png", 45)
    assert main(["read", str(letter), "--show", str(tmp_path / "b.html")]) == 0
    assert capsys.readouterr().out == ""
    page = (tmp_path / "b.html").read_text(encoding="utf-8")
    assert all(zone in page for zone in ("Đầu trang, bên trái", "Đầu trang, bên phải", "Kính gửi", "Chữ ký"))
