"""Dashes before the entries of a list, told by their shape."""

import numpy as np
import pytest
from drawn import SERIF
from PIL import Image, ImageDraw, ImageFont

from models.document import Box, Word
from vanthu.ocr import dashes

FONT = ImageFont.truetype(SERIF.format(""), 28)


def read(drawn: str, said: list[str]) -> list[str]:
    """What becomes of a line that is drawn so, of which these words were read: the last ones, each at its place."""
    picture = Image.new("L", (900, 120), 255)
    draw = ImageDraw.Draw(picture)
    draw.text((100, 40), drawn, 0, FONT)
    words, at = [], len(drawn)
    for text, shown in zip(reversed(said), reversed(drawn.split()[-len(said) :]), strict=True):
        at = drawn.rindex(shown, 0, at)
        left, top, right, bottom = draw.textbbox((100 + draw.textlength(drawn[:at], FONT), 40), shown, FONT)
        words.append(Word(text, Box(round(left), round(top), round(right), round(bottom)), 0.9))
    return [word.text for word in dashes.mended(np.asarray(picture), [words[::-1]])[0]]


@pytest.mark.parametrize(
    ("drawn", "said", "meant"),
    [
        ("- Như trên; Lưu", ["Như", "trên;", "Lưu"], ["-", "Như", "trên;", "Lưu"]),
        ("- các phòng, ban", ["các", "phòng,", "ban"], ["-", "các", "phòng,", "ban"]),
        ("- Các phòng, ban", [";", "Các", "phòng,", "ban"], ["-", "Các", "phòng,", "ban"]),
        ("- UBND tỉnh", ["-", "UBND", "tỉnh"], ["-", "UBND", "tỉnh"]),
        ("Như trên; Lưu", ["Như", "trên;", "Lưu"], ["Như", "trên;", "Lưu"]),
        ("l Như trên; Lưu", ["Như", "trên;", "Lưu"], ["Như", "trên;", "Lưu"]),
        (". Như trên; Lưu", [".", "Như", "trên;", "Lưu"], [".", "Như", "trên;", "Lưu"]),
        ("TTr- SNV ngày", ["SNV", "ngày"], ["SNV", "ngày"]),
        ("——— Như trên", ["Như", "trên"], ["Như", "trên"]),
    ],
)
def test_a_dash_is_put_where_one_stands(drawn: str, said: list[str], meant: list[str]) -> None:
    assert read(drawn, said) == meant


def test_an_empty_page_has_none() -> None:
    assert dashes.mended(np.full((10, 10), 255, np.uint8), []) == []
