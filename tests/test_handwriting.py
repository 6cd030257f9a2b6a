"""Handwritten numbers: heads of scanned letters from `tests/pages`, read by real Tesseract and the network that is shipped."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from drawn import scan

from models.document import Box, Mark, Page, Word
from vanthu.ocr import digits, handwriting, stamp_entries, written_lines
from vanthu.ocr.digits import ALPHABET, Gap
from vanthu.readers import read
from vanthu.readers import scan as reader

PAGES = Path(__file__).parent / "pages"
NUMBER = Gap(428, 520, 200, 35)
"""Where the number stands in `by-hand.png` and, left open, in `blank.png`."""


def head(name: str) -> np.ndarray:
    return cv2.imread(str(PAGES / f"{name}.png"), cv2.IMREAD_GRAYSCALE)


def page(picture: np.ndarray) -> Page:
    sheet = np.full((2339, 1654, 3), 255, np.uint8)
    sheet[100 : 100 + len(picture)] = picture[..., None]
    return reader.read(sheet, 200, 1).page


def by_hand(page: Page) -> list[Mark]:
    return [m for m in page.marks if m.kind == "handwriting"]


def test_the_network_that_is_shipped_reads() -> None:
    reading = digits.read(head("by-hand"), NUMBER)
    assert reading is not None
    assert reading.text.rstrip("/") == "2290"
    assert reading.confidence > 0.9
    assert reading.by_hand > 0.9


def test_pages_are_read_side_by_side() -> None:
    with ThreadPoolExecutor(4) as pool:
        readings = list(pool.map(lambda _: digits.read(head("by-hand"), NUMBER), range(40)))
    assert {r.text for r in readings if r} == {"2290/"}
    assert len(readings) == 40


def test_paper_and_its_grain_are_no_writing() -> None:
    white = np.full((400, 800), 255, np.uint8)
    grain = np.random.default_rng(1).normal(240, 6, white.shape).astype(np.uint8)
    assert digits.read(white, NUMBER) is None
    assert digits.read(grain, NUMBER) is None


@pytest.mark.slow
def test_number_and_day_by_hand() -> None:
    read_ = page(head("by-hand"))
    marks = by_hand(read_)
    assert [m.text for m in marks] == ["2290", "23"]
    assert min(m.confidence for m in marks) > 0.9
    said = [line.text for line in read_.lines]
    assert "Số: 2290/BC-STC" in said
    assert "Lai Châu, ngày 23 tháng 12 năm 2018" in said


@pytest.mark.slow
def test_blank_gaps_give_no_mark() -> None:
    assert by_hand(page(head("blank"))) == []


@pytest.mark.slow
def test_printed_numbers_give_no_mark(tmp_path: Path) -> None:
    assert by_hand(read(scan(tmp_path / "a.png", 45)).pages[0]) == []


@pytest.mark.parametrize(
    ("path", "expected", "sure"),
    [("", "", 0.0), ("  1  ", "1", 0.9), ("11", "1", 0.9), ("1 1", "11", 0.8), (" 4 7 / ", "47/", 0.7)],
)
def test_decoding_joins_what_is_not_parted(path: str, expected: str, sure: float) -> None:
    scores = np.full((len(ALPHABET) + 1, len(path)), -4.0, np.float32)
    for step, letter in enumerate(path):
        scores[0 if letter == " " else ALPHABET.index(letter) + 1, step] = 4.0
    text, confidence = digits.decode(scores) if path else ("", 0.0)
    assert text == expected
    assert sure <= confidence <= 1


@pytest.mark.parametrize(("slash", "expected"), [(0.3, "10/1"), (0.01, "1011")])
def test_a_form_tells_a_slash_from_a_one(slash: float, expected: str) -> None:
    scores = np.full((len(ALPHABET) + 1, 8), -9.0, np.float32)
    for step, letter in enumerate("1 0 1 1 "):
        scores[0 if letter == " " else ALPHABET.index(letter) + 1, step] = 0.0
    scores[ALPHABET.index("/") + 1, 4] = np.log(slash)
    assert digits.decode(scores, ("dd/d",))[0] == expected


def word(text: str, left: int, right: int) -> Word:
    return Word(text, Box(left, 170, right, 200), 0.95)


def test_gaps_lie_between_the_words() -> None:
    place = handwriting.number_place([[word("Số:", 380, 425), word("ƒ2/BC-STC", 445, 640)]])
    assert place is not None
    assert 420 < place.gap.left < 450 < 510 < place.gap.right < 560
    texts = (("Châu,", 0, 80), ("ngày", 100, 165), ("ƒ", 180, 210), ("tháng", 220, 300), ("12", 310, 340), ("năm", 350, 410))
    line = [word(*text) for text in texts]
    kinds = handwriting.date_gaps([line])
    assert [kind for kind, _ in kinds] == ["day", "month"]
    assert kinds[0][1].left == 165 and kinds[0][1].right == 220


@pytest.mark.slow
def test_a_symbol_that_was_read_in_pieces_is_one() -> None:
    mark = Mark("handwriting", Box(430, 165, 505, 210), "2290", 0.99)
    line = [word("Số:", 386, 430), word("2Z/BC-", 445, 573), word("STC", 572, 645), word("Lai", 890, 940)]
    lines = written_lines.numbered(line, mark, "/", line[1], head("by-hand"), 200)
    assert [w.text for w in lines] == ["Số:", "2290/BC-STC", "Lai"]


def test_a_day_that_was_not_read_as_print_stands_between_its_words() -> None:
    mark = Mark("handwriting", Box(165, 165, 220, 210), "22", 0.99)
    line, other = [word("ngày", 100, 165), word("tháng", 220, 300)], [word("Số:", 100, 140)]
    assert [[w.text for w in line] for line in written_lines.filled([other, line], [mark])] == [["Số:"], ["ngày", "22", "tháng"]]


@pytest.mark.parametrize(("sure", "read"), [(0.5, "ngày 22 tháng"), (0.2, "ngày tháng")])
def test_an_unsure_number_stands_in_the_text_as_unsure_as_it_is(sure: float, read: str) -> None:
    mark = Mark("handwriting", Box(165, 165, 220, 210), "22", sure)
    (line,) = written_lines.filled([[word("ngày", 100, 165), word("tháng", 220, 300)]], [mark])
    assert " ".join(w.text for w in line) == read
    assert min(w.confidence for w in line) == (sure if "22" in read else 0.95)


def test_print_that_is_surer_than_a_guess_stays() -> None:
    mark = Mark("handwriting", Box(165, 165, 220, 210), "22", 0.5)
    line = [word("ngày", 100, 165), word("27", 170, 215), word("tháng", 220, 300)]
    assert [w.text for w in written_lines.filled([line], [mark])[0]] == ["ngày", "27", "tháng"]


def test_a_line_without_a_symbol_or_a_year_has_no_gap() -> None:
    assert handwriting.number_place([[word("Số:", 380, 425), word("lượng", 445, 540)]]) is None
    assert handwriting.number_place([[word("văn", 200, 270), word("số", 380, 425), word("286/UBND", 445, 640)]]) is None
    assert handwriting.date_gaps([[word("ngày", 100, 165), word("tháng", 220, 300)]]) == []


def test_a_small_letter_that_opens_the_number_line_is_a_capital() -> None:
    line = [word("số:", 378, 424), word("?/BNV-CCHC", 576, 782), word("BNV-CCHC", 900, 1080)]
    capital = [replace(line[0], text="Số:"), *line[1:]]
    place, wanted = handwriting.number_place([line]), handwriting.number_place([capital])
    assert place and wanted
    assert line[0].text == "Số:"
    assert place.gap == wanted.gap
    assert place.gap.right > 590  # the slash is seen


def test_a_mark_that_was_read_takes_the_place_of_one_that_was_not() -> None:
    ink, read_ = Mark("handwriting", Box(0, 0, 10, 10)), Mark("handwriting", Box(5, 5, 20, 20), "12", 0.9)
    seal = Mark("seal", Box(5, 5, 20, 20))
    assert handwriting.merged([ink, seal], [read_]) == [seal, read_]
    assert handwriting.merged([ink, seal], []) == [ink, seal]


def test_entries_of_a_stamp(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamp_entries, "without_pen", lambda *_: None)
    picture = head("by-hand")
    line = [word("Số:", 382, 430), word("ƒ2z", 440, 500)]
    (filled,) = stamp_entries.filled([line], picture[:, :515], 200)
    assert [w.text for w in filled] == ["Số:", "2290"]
    (blank,) = stamp_entries.filled([[word("Số:", 382, 430)]], np.full_like(picture, 255), 200)
    assert [w.text for w in blank] == ["Số:"]


def test_a_slash_of_the_symbol_ends_the_number(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = iter(("7088/-", "7088/"))
    asked: list[Gap] = []

    def answer(layer: object, gap: Gap, **_: object) -> digits.Reading:
        asked.append(gap)
        return digits.Reading(next(texts), 0.97, 1.0, last=150.0)

    monkeypatch.setattr(handwriting, "read", answer)
    found = handwriting._as_far_as_slash(lambda: np.zeros((1, 1), np.uint8), Gap(100, 240, 50, 30))
    assert found is not None and found[1].text == "7088/"
    assert asked[0].right == 240 and 150 < asked[1].right < 190


def test_a_sure_symbol_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    again: list[Box] = []
    monkeypatch.setattr(written_lines, "_read", lambda layer, box, dpi: again.append(box))
    number = Mark("handwriting", Box(60, 0, 100, 40), "221", 0.95)
    line = [word("Số:", 10, 50), Word("/UBND-NV", Box(102, 0, 220, 30), 0.95)]
    numbered = written_lines.numbered(line, number, "/", line[1], np.full((40, 300), 255, np.uint8), 200)
    assert [w.text for w in numbered] == ["Số:", "221/UBND-NV"] and not again
    written_lines.numbered(line, number, "/", Word("ƒ2/UBND-NV", Box(60, 0, 220, 30), 0.95), np.full((40, 300), 255, np.uint8), 200)
    assert again


def test_dots_left_between_the_figures_of_a_day_are_passed_over() -> None:
    path = "28.0/.4/.2026"
    scores = np.full((len(ALPHABET) + 1, 2 * len(path)), -5.0, np.float32)
    for step, letter in enumerate(path):
        scores[ALPHABET.index(letter) + 1, 2 * step] = 9
        scores[0, 2 * step + 1] = 9
    text, sure = digits.decode(scores, ("ddd/d/dddd",))
    assert text == "280/4/2026" and sure > 0.9
