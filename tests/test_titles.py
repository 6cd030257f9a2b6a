"""Titles of which a black seal has taken letters."""

import pytest

from models.document import Box, Line, Word
from vanthu.ocr import titles


def block(*texts: str, left: int = 900) -> list[Line]:
    """Lines under one another, each word 80 pixels wide."""
    lines = []
    for n, text in enumerate(texts):
        words = tuple(
            Word(part, Box(left + 90 * i, 1500 + 45 * n, left + 90 * i + 80, 1530 + 45 * n), 0.6) for i, part in enumerate(text.split())
        )
        lines.append(Line(words, Box.around([w.box for w in words])))
    return lines


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        (("KT. CHỦ TỊCH", "Ó CHỦ TỊCH"), ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        (("TM. ỦY BAN NHÂN DÂN", "ÂN 2+ T, CHỦ TỊCH", "ˆ CHỦ TỊCH"), ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        (("KT. CHÁNH VĂN PHÒNG", "x", "VĂN PHÒNG"), ("KT. CHÁNH VĂN PHÒNG", "x", "PHÓ CHÁNH VĂN PHÒNG")),
        ((". CHỦ TỊCH", "P “ CHỦTỊCH"), ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        ((". CHỦ TỊCH", "PHÓ CHỦ TỊCH"), ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        (("KT. BỘ TRƯỞNG", "HỨ TRƯỞNG"), ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG")),
        (("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
    ],
)
def test_a_deputy_signs_for_an_officer(read: tuple[str, ...], printed: tuple[str, ...]) -> None:
    assert tuple(line.text for line in titles.mended(block(*read), 1654)) == printed


@pytest.mark.parametrize(
    "read",
    [
        ("KT. CHỦ TỊCH", "Nguyễn Văn Hòa"),
        ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH THƯỜNG TRỰC"),
        ("CHỦ TỊCH", "Ó CHỦ TỊCH"),
        (". CHỦ TỊCH", "Nguyễn Văn Hòa"),
        ("- CHỦ TỊCH", "GIÁM ĐỐC"),
        ("KT. CHỦ TỊCH", "CH"),
        ("KT. GIÁM ĐỐC", "PHÓ TỔNG GIÁM ĐỐC"),
        ("KT. GIÁM ĐỐC", "ĐẠI TÁ PHÓ GIÁM ĐỐC"),
        ("TUQ. CHỦ TỊCH", "Ó CHỦ TỊCH"),
    ],
)
def test_nothing_is_made_up(read: tuple[str, ...]) -> None:
    lines = block(*read)
    assert titles.mended(lines, 1654) == tuple(lines)


def test_text_on_the_left_is_no_signature() -> None:
    lines = block("KT. CHỦ TỊCH", "Ó CHỦ TỊCH", left=200)
    assert titles.mended(lines, 1654) == tuple(lines)


def test_what_was_read_is_kept_and_words_lie_side_by_side() -> None:
    done = titles.mended(block("KT. CHỦ TỊCH", "Ó CHỦ TỊCH"), 1654)[1]
    assert {word.raw for word in done.words} == {"Ó CHỦ TỊCH"}
    assert all(a.box.right <= b.box.left for a, b in zip(done.words, done.words[1:], strict=False))
