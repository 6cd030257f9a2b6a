"""Tesseract as a library and as a program: the same words, whoever reads and whatever was read before."""

import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from vanthu.ocr import engine
from vanthu.ocr.recognise import printed_lines

_FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"


def _picture(*lines: str) -> np.ndarray:
    image = Image.new("L", (900, 60 + 60 * len(lines)), 255)
    for n, line in enumerate(lines):
        ImageDraw.Draw(image).text((40, 40 + 60 * n), line, 0, ImageFont.truetype(_FONT, 30))
    return np.asarray(image)


LETTER = _picture("Kính gửi: Ủy ban nhân dân tỉnh", "Thực hiện Công văn số 221/UBND-NV")


def _texts(picture: np.ndarray) -> list[str]:
    return [" ".join(word.text for word in line) for line in printed_lines(picture, 200, psm=6)]


@pytest.fixture
def no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_idle", {})
    monkeypatch.setitem(sys.modules, "tesserocr", None)


def test_the_library_reads() -> None:
    assert _texts(LETTER) == ["Kính gửi: Ủy ban nhân dân tỉnh", "Thực hiện Công văn số 221/UBND-NV"]


@pytest.mark.slow
def test_without_the_library_the_program_reads_the_same(no_library: None) -> None:
    by_program = printed_lines(LETTER, 200, psm=6)
    assert [[w.text for w in line] for line in by_program] == [line.split() for line in _texts(LETTER)]
    assert all(word.box.width > 5 and word.confidence > 0.5 for line in by_program for word in line)


@pytest.mark.slow
def test_read_apart_no_engine_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_idle", {})
    assert [w.text for w in printed_lines(LETTER, 200, psm=6, apart=True)[0]] == ["Kính", "gửi:", "Ủy", "ban", "nhân", "dân", "tỉnh"]
    assert engine._idle == {}


def test_boxes_are_those_of_the_picture() -> None:
    first = printed_lines(cv2.copyMakeBorder(LETTER, 300, 0, 200, 0, cv2.BORDER_CONSTANT, value=255), 200, psm=6)[0][0]
    assert 230 <= first.box.left <= 250
    assert 335 <= first.box.top <= 350


def test_what_was_read_before_changes_nothing() -> None:
    before = printed_lines(LETTER, 200, psm=6)
    noise = np.random.default_rng(1).integers(0, 255, (200, 400), dtype=np.uint8)
    printed_lines(noise, 100, psm=11)
    assert printed_lines(LETTER, 200, psm=6) == before


def test_pages_read_side_by_side_do_not_mix() -> None:
    numbers = [f"Số {n}{n}{n}{n} kính chuyển" for n in range(1, 9)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda line: _texts(_picture(line)), numbers)) == [[line] for line in numbers]
    assert sum(map(len, engine._idle.values())) <= 5


@pytest.mark.slow
def test_engines_kept_read_in_forked_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_idle", {})
    engine.keep(2)
    with ProcessPoolExecutor(2, multiprocessing.get_context("fork")) as pool:
        assert list(pool.map(_texts, [LETTER, LETTER])) == [["Kính gửi: Ủy ban nhân dân tỉnh", "Thực hiện Công văn số 221/UBND-NV"]] * 2
    assert [len(idle) for idle in engine._idle.values()] == [2]


@pytest.mark.parametrize("size", [(1, 1), (60, 3), (200, 200)])
def test_pictures_without_words(size: tuple[int, int]) -> None:
    assert printed_lines(np.full(size, 255, np.uint8), 200) == []


def test_more_than_tesseract_takes_fails_and_the_next_picture_is_read() -> None:
    with pytest.raises(RuntimeError):
        printed_lines(np.full((40, 40_000), 255, np.uint8), 200)
    assert len(_texts(LETTER)) == 2


def test_letters_too_low_for_print_are_no_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def row(text: str, height: int, confidence: str) -> dict[str, str]:
        place = {"left": "10", "top": "10", "width": "60", "height": str(height)}
        return {**dict.fromkeys(("block", "paragraph", "line"), "1"), **place, "text": text, "confidence": confidence}

    rows = [row("Lò", 22, "30"), row("VỆ", 6, "39"), row("-", 4, "40"), row("ơ", 6, "91")]
    monkeypatch.setattr(engine, "table", lambda *_, **__: rows)
    (line,) = printed_lines(np.full((40, 90), 255, np.uint8), 200)
    assert [w.text for w in line] == ["Lò", "-", "ơ"]
