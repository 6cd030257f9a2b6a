"""Small pages drawn on the spot, read by real Tesseract."""

from pathlib import Path

import numpy as np
import pytest
from drawn import BODY, SERIF, scan
from PIL import Image, ImageDraw, ImageFont

from vanthu.readers import read
from vanthu.readers import scan as reader


def signed(ring: int) -> Image.Image:
    """The foot of a letter; a ring of so many pixels is stamped over the title."""
    page = Image.new("L", (1654, 1000), 255)
    draw = ImageDraw.Draw(page)
    plain, bold = ImageFont.truetype(SERIF.format(""), 29), ImageFont.truetype(SERIF.format("-Bold"), 27)
    for n, text in enumerate(BODY):
        draw.text((150, 100 + 60 * n), text, 0, plain)
    for n, text in enumerate(("Nơi nhận:", "- Như trên;", "- Lưu: VT.")):
        draw.text((150, 400 + 45 * n), text, 0, plain)
    draw.text((1160, 400), "KT. CHỦ TỊCH", 0, bold, anchor="ma")
    draw.text((1160, 445), "PHÓ CHỦ TỊCH", 0, bold, anchor="ma")
    draw.text((1160, 700), "Nguyễn Văn Hòa", 0, bold, anchor="ma")
    if ring:
        draw.ellipse((830, 390, 830 + ring, 390 + ring), outline=0, width=4)
    return page


@pytest.mark.slow
@pytest.mark.parametrize("ring", [0, 275])
def test_titles_under_a_seal(ring: int) -> None:
    page = reader.read(np.asarray(signed(ring).convert("RGB")), 200, 1).page
    said = [line.text for line in page.lines]
    assert said.index("KT. CHỦ TỊCH") + 1 == said.index("PHÓ CHỦ TỊCH") < said.index("Nguyễn Văn Hòa")
    assert "- Như trên;" in said


@pytest.mark.slow
def test_the_head_is_read_column_by_column(tmp_path: Path) -> None:
    scan(tmp_path / "a.png", 45)
    said = [line.text for line in read(tmp_path / "a.png").pages[0].lines]
    assert said[:4] == ["ỦY BAN NHÂN DÂN", "THÀNH PHỐ RẠCH GIÁ", "Số: 45/UBND-NV", "V/v kiểm tra thực hiện dân chủ"]
    assert said[4:6] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
