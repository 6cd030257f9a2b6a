"""Tone marks mended by the compounds they stand in; what was read for sure, names and codes stay."""

import csv
from importlib.resources import files

import pytest

from models.document import Box, Line, Word
from vanthu.ocr import correct
from vanthu.ocr.compounds import known

HERE = Box(0, 0, 10, 10)


def words(text: str, confidence: float = 0.85) -> list[Word]:
    return [Word(part, HERE, confidence) for part in text.split()]


def said(found: list[Word]) -> str:
    return " ".join(word.text for word in found)


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("CỘNG HÒA XÃ HỘI CHÚ NGHĨA VIỆT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("UBND TÍNH ĐÔNG NAI", "UBND TỈNH ĐỒNG NAI"),
        ("SỚ Y TÊ", "SỞ Y TẾ"),
        ("BÁO HIẾM XÃ HỘI", "BẢO HIỂM XÃ HỘI"),
        ("sửa đối, bỗ sung", "sửa đổi, bổ sung"),
        ("quy định chỉ tiết", "quy định chi tiết"),
        ("đúng thâm quyền", "đúng thẩm quyền"),
        ("cho phủ hợp.", "cho phù hợp."),
        ("các đẳng viên", "các đảng viên"),
        ("PHO CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ("PHÓ BI THƯ", "PHÓ BÍ THƯ"),
    ],
)
def test_slips_are_mended(read: str, printed: str) -> None:
    assert said(correct.mended(words(read))) == printed


@pytest.mark.parametrize(
    "text",
    [
        "tỉnh hoàn thiện",  # what stands before a word that stands alone says nothing of it
        "Bảo tàng tỉnh hoàn thiện",
        "12/QĐ-UBND-TÊ",
        "Ông Lê Văn Vân",
        "đôi mắt",
        "giá trị, giá trí",  # more than one word could be meant
    ],
)
def test_the_rest_stays(text: str) -> None:
    assert said(correct.mended(words(text))) == text


def test_a_sure_word_in_small_letters_stays_and_capitals_do_not() -> None:
    assert said(correct.mended(words("quy định chỉ tiết", 0.96))) == "quy định chỉ tiết"
    assert said(correct.mended(words("CHÚ TỊCH", 0.96))) == "CHỦ TỊCH"


def test_slips_that_sure_readings_have_too() -> None:
    assert said(correct.mended(words("sửa đối, bố sung; các tố chức; kiếm tra", 0.96))) == "sửa đổi, bổ sung; các tổ chức; kiểm tra"
    assert said(correct.mended(words("b) Bố sung đủ; Công ty Cố phần", 0.96))) == "b) Bổ sung đủ; Công ty Cổ phần"
    assert said(correct.mended(words("ông Trần Bố sung quỹ; ông Lê Cố Phần", 0.96))) == "ông Trần Bố sung quỹ; ông Lê Cố Phần"
    assert said(correct.mended(words("các đẳng viên, thâm quyền", 0.96))) == "các đẳng viên, thâm quyền"


def test_the_first_reading_is_kept() -> None:
    first, mended = correct.mended(words("thâm quyền"))[0], correct.mended([*words("thâm"), *words("quyền")])[0]
    assert (first.text, first.raw) == (mended.text, mended.raw) == ("thẩm", "thâm")


def test_cells_of_a_row_do_not_vouch_for_each_other() -> None:
    row = Line(tuple(words("thâm quyền")), HERE, table=0, cells=((0, 1), (1, 2)))
    assert correct.lines([row]) == (row,)


def test_slips_are_of_known_tones() -> None:
    rows = list(csv.DictReader((files("vanthu") / "ocr" / "tone_slips.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t"))
    tones = {"acute", "grave", "hook", "tilde", "none"}
    assert all(row["read"] in tones and row["meant"] in tones and row["read"] != row["meant"] for row in rows)
    assert {row["sure"] for row in rows} == {"yes", "no"}
    assert {row["on"] for row in rows} <= {"any", "marked", "i", "u"}
    assert len({(row["read"], row["meant"], row["on"]) for row in rows}) == len(rows)


def test_compounds_hold_words_names_and_formulae() -> None:
    pairs = known().pairs
    assert {("thẩm", "quyền"), ("chủ", "tịch"), ("đồng", "nai"), ("chủ", "nghĩa"), ("sở", "nội")} <= pairs
    assert all(a == a.lower() and b == b.lower() for a, b in pairs)
