from pathlib import Path

import numpy as np
import pytesseract
import pytest
from signing import born_digital

from vanthu.ocr import upright
from vanthu.ocr.render import page_picture
from vanthu.readers import scan

LINES = [  # only letters that Liberation has
    "ÔNG CHÁNH VĂN PHÒNG",
    "THÔNG BÁO công tác quý hai năm hai nghìn không trăm hai tư",
    "Kính trình: các ban, ngành, các cơ quan trong thành Nam",
    "Các ban, ngành báo cáo tình hình công tác và các khó khăn trong quý,",
    "nêu rõ nguyên nhân, trách nhân và cách làm trong quý ba năm nay;",
    "các cơ quan thi hành Thông báo này, báo cáo trong tháng sáu cho Văn phòng.",
]


@pytest.mark.slow
@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_page_that_lies_on_its_side_or_head_is_turned(tmp_path: Path, turned: int) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(born_digital(LINES))
    picture = page_picture(path, 1, 200)
    read = scan.read(np.ascontiguousarray(np.rot90(picture, turned // 90)), 200, 1)
    text = "\n".join(line.text for line in read.page.lines)
    assert read.page.rotation == turned
    assert "Kính trình: các ban, ngành" in text
    assert text.index("Kính trình") < text.index("trong tháng sáu")
    assert read.page.width < read.page.height


@pytest.mark.slow
@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_where_tesseract_cannot_tell_a_part_is_read_in_all_ways(tmp_path: Path, turned: int, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(born_digital(LINES))
    picture = page_picture(path, 1, 200)

    def too_few_letters(*_: object, **__: object) -> None:
        raise pytesseract.TesseractError(1, "Too few characters")

    monkeypatch.setattr(pytesseract, "image_to_osd", too_few_letters)
    assert upright.rotation_of(np.ascontiguousarray(np.rot90(picture, turned // 90)), 200) == turned


@pytest.mark.slow
def test_a_white_page_is_left_as_it_is() -> None:
    read = scan.read(np.full((1100, 800, 3), 255, dtype=np.uint8), 100, 1)
    assert (read.page.source, read.page.rotation) == ("blank", 0)
