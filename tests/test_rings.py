"""The ring of a black seal goes, the letters that it crosses stay."""

import numpy as np
import pytest
from drawn import SERIF
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from vanthu.ocr import rings
from vanthu.ocr.clean import without_drawings

Picture = NDArray[np.uint8]
TEXT = "Nơi nhận: Như trên; Lưu: VT, văn phòng thành phố"


def foot(ring: bool, *, letters: bool = True) -> Picture:
    """A signature block at 200 dpi, a ring of 35 mm over the beginning of the name."""
    page = Image.new("L", (1200, 620), 255)
    draw, font = ImageDraw.Draw(page), ImageFont.truetype(SERIF.format("-Bold"), 27)
    if letters:
        draw.text((60, 60), TEXT, 0, font)
        draw.text((648, 400), "Lưu Hồng Phong", 0, font)
    if ring:
        draw.ellipse((440, 170, 716, 446), outline=0, width=6)
    return np.asarray(page)


def name(picture: Picture) -> int:
    """Black pixels of the first letter of the name, off the ring's own place."""
    return int((picture[395:440, 645:672][foot(True, letters=False)[395:440, 645:672] > 200] < 128).sum())


def test_a_letter_that_the_ring_crosses_stays() -> None:
    plain, crossed = foot(ring=False), without_drawings(foot(ring=True), 200)
    assert name(crossed) > 0.6 * name(plain) > 50
    assert (crossed[170:390, 440:690] < 128).sum() == 0


def test_without_the_fit_the_letter_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rings, "under", lambda drawn, _: drawn)
    assert name(without_drawings(foot(ring=True), 200)) < 0.2 * name(foot(ring=False))


def test_what_is_no_ring_is_left_as_it_is() -> None:
    scrawl = np.zeros((400, 400), bool)
    scrawl[100:104, 50:350] = scrawl[50:350, 200:204] = True
    assert (rings.under(scrawl, 200) == scrawl).all()
    assert not rings.under(np.zeros((300, 300), bool), 200).any()
