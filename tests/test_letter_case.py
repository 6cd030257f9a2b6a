"""Capitals and small letters that no writer sets so."""

import pytest

from models.document import Box, Word
from vanthu.ocr import letter_case


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("PHó CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ("KT. CHỦ TịCH", "KT. CHỦ TịCH"),
        ("số 12/TTr-UBND UBND TP", "số 12/TTr-UBND UBND TP"),
        ("PHó chủ tịch", "PHó chủ tịch"),
        ("ThS Nguyễn Văn A", "ThS Nguyễn Văn A"),
    ],
)
def test_a_small_letter_at_the_end_of_capitals(read: str, printed: str) -> None:
    words = [Word(part, Box(90 * n, 0, 90 * n + 80, 30), 0.9) for n, part in enumerate(read.split())]
    assert " ".join(w.text for w in letter_case.mended(words)) == printed
