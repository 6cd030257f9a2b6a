"""Numerals of quarters by the width of their strokes."""

import pytest

from models.document import Box, Word
from vanthu.ocr.numerals import mended
from vanthu.ocr.widths import advance


def line(*words: str, scale: float = 40.0, wide: dict[str, str] | None = None) -> list[Word]:
    """Words in Times at `scale` pixels an em; `wide`: what is printed where recognition read the key."""
    made, left = [], 0
    for text in words:
        width = round(advance((wide or {}).get(text, text)) * scale)
        made.append(Word(text, Box(left, 0, left + width, 30), 0.6))
        left += width + 10
    return made


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("II/2026", "III/2026"),
        ("II1/2026.", "III/2026."),
        ("1/2027", "I/2027"),
        ("11/2026", "II/2026"),
        ("III", "III"),
        ("II/2026;", "II/2026;"),
    ],
)
@pytest.mark.parametrize("scale", [18.0, 40.0, 60.0])
def test_strokes_are_counted(read: str, printed: str, scale: float) -> None:
    words = line("tỉnh", "trong", "quý", read, "để", "tổng", "hợp", scale=scale, wide={read: printed})
    ((*_, found, _, _, _),) = mended([words])
    assert found.text == printed
    assert found.raw == (read if read != printed else None)
    assert found.confidence >= 0.8


@pytest.mark.parametrize(
    "words", [("trong", "tháng", "11/2030", "để", "tổng", "hợp"), ("quý", "IV/2026", "để", "tổng", "hợp", "báo"), ("quý", "II/2026")]
)
def test_other_words_and_short_lines_stay(words: tuple[str, ...]) -> None:
    assert mended([line(*words)]) == [line(*words)]


def test_a_second_quarter_of_a_range() -> None:
    words = line("Quý", "III/2026", "-", "Quý", "1/2027", "theo", "kế", "hoạch", wide={"1/2027": "I/2027"})
    assert [w.text for w in mended([words])[0]] == ["Quý", "III/2026", "-", "Quý", "I/2027", "theo", "kế", "hoạch"]
