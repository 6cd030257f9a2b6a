"""Small letters read as capitals, and a Đ or T read once too often, told by measure."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from models.document import Box, Word
from vanthu.ocr.heights import Picture, mended
from vanthu.ocr.widths import advance

EM = 60


def page(*words: str, high: float, wide: dict[str, str] | None = None) -> tuple[Picture, list[Word]]:
    """A line of words, and a picture in which each begins with a stroke of `high` ems."""
    grey = np.full((100, 3000), 255, np.uint8)
    found, left = [], 20
    for text in words:
        width = round(advance((wide or {}).get(text, text)) * EM)
        found.append(Word(text, Box(left, 20, left + width, 80), 0.9))
        cv2.rectangle(grey, (left + 2, 75 - round(high * EM)), (left + 14, 75), 0, cv2.FILLED)
        left += width + 15
    return grey, found


@pytest.mark.parametrize(("high", "text"), [(0.45, "uỷ"), (0.58, "uỷ"), (0.66, "Uỷ"), (0.72, "Uỷ")])
def test_a_small_u_is_no_capital(high: float, text: str) -> None:
    grey, line = page("các", "Đảng", "Uỷ", "trực", "thuộc", "Thành", high=high)
    assert mended(grey, [line])[0][2] == (line[2] if text == "Uỷ" else replace(line[2], text="uỷ", raw="Uỷ"))


def test_short_lines_and_other_letters_stay() -> None:
    for words in (("Uỷ", "ban"), ("Sở", "Tài", "chính", "của", "tỉnh", "ta"), ("ỦY", "BAN", "NHÂN", "DÂN", "TỈNH", "TA")):
        grey, line = page(*words, high=0.4)
        assert mended(grey, [line]) == [line]


@pytest.mark.parametrize(
    ("read", "printed"), [("HĐĐND", "HĐND"), ("HĐĐND", "HĐĐND"), ("CNTTT", "CNTT"), ("47/BC-TVTTT", "47/BC-TVTT"), ("STTTT", "STTTT")]
)
def test_a_letter_read_once_too_often(read: str, printed: str) -> None:
    grey, line = page("Thường", "trực", read, "tỉnh", "báo", "cáo", high=0.7, wide={read: printed})
    assert mended(grey, [line])[0][2].text == printed
