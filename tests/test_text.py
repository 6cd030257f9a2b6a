import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from models.text import clean, fold, new_tones

LETTERS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"


@given(st.text())
def test_fold_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet=LETTERS + LETTERS.upper() + "bcghklmnpqrstvx "))
def test_fold_of_vietnamese_is_plain_lower_ascii(text: str) -> None:
    assert fold(text).isascii()
    assert fold(text) == fold(text).lower()


def test_fold_of_the_fields_own_words() -> None:
    assert fold("Đảng ủy, dân chủ Ở CƠ SỞ") == "dang uy, dan chu o co so"


def test_clean_repairs_look_alikes_and_composes() -> None:
    assert clean(unicodedata.normalize("NFD", "Quyết định")) == "Quyết định"
    assert clean("59/2023/N\u00d0-CP") == "59/2023/NĐ-CP"
    assert clean("V\u0102N TH\u01a2") == "VĂN THƯ"
    assert clean("12\u204445") == "12/45"
    assert clean("18/TTr\u0002") == "18/TTr-"


def test_tones_of_both_styles_become_one() -> None:
    assert new_tones("hoà thuỷ uỷ khoẻ loá") == "hòa thủy ủy khỏe lóa"
    assert new_tones("hoàn quý hoạt quyền toán") == "hoàn quý hoạt quyền toán"


@given(st.text(alphabet=LETTERS + "bcghklmnpqrstvx "))
def test_tones_once_moved_stay(text: str) -> None:
    assert new_tones(new_tones(text)) == new_tones(text)
