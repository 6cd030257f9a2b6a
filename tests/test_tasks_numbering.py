"""The tree of numbering and its printed paths, from clean and from misread markers."""

import pytest

from extractors._items import Item, find
from extractors._markers import readings
from extractors._paragraphs import Paragraph


def _paragraphs(*texts: str) -> tuple[Paragraph, ...]:
    found, at = [], 0
    for text in texts:
        found.append(Paragraph(text, tuple(range(at, at + len(text)))))
        at += len(text) + 1
    return tuple(found)


def _items(*texts: str) -> tuple[Item, ...]:
    return find(paragraphs=_paragraphs(*texts))


def _paths(*texts: str) -> list[str | None]:
    return [item.ordinal for item in _items(*texts)]


@pytest.mark.parametrize(
    ("text", "kind", "value", "rest"),
    [
        ("1. Tiếp tục", "number", "1", "Tiếp tục"),
        ("1- Tổ chức", "number", "1", "Tổ chức"),
        ("1/ Rà soát", "number", "1", "Rà soát"),
        ("1.2. Ban Tuyên giáo", "number", "1.2", "Ban Tuyên giáo"),
        ("II. NHIỆM VỤ", "roman", "II", "NHIỆM VỤ"),
        ("đ) Mời đại biểu", "letter", "đ", "Mời đại biểu"),
        ("Điều 3. Quyết định này", "article", "Điều 3", "Quyết định này"),
        ("Điều l. Thành lập", "article", "Điều 1", "Thành lập"),
        ("~ Phòng Nội vụ", "dash", "-", "Phòng Nội vụ"),
        ("+ Đưa vào sử dụng", "plus", "+", "Đưa vào sử dụng"),
        ("Thứ nhất, các đơn vị", "word", "Thứ nhất", "các đơn vị"),
        (". a) Rà soát", "letter", "a", "Rà soát"),
        ("_.. 4. Trung tâm", "number", "4", "Trung tâm"),
        ("7, Đài Khí tượng", "number", "7", "Đài Khí tượng"),
        ("A. PHẦN CHUNG", "capital", "A", "PHẦN CHUNG"),
    ],
)
def test_marker(text: str, kind: str, value: str, rest: str) -> None:
    marker = readings(text)[0]
    assert (marker.kind, marker.value, text[marker.width :]) == (kind, value, rest)


@pytest.mark.parametrize(
    "text", ["8.146 hồ sơ", "12/2026 hoàn thành", "Điều 7 Nghị định số 23", "2026 - 2028", "100% cơ quan", "Mục đích", "(Kèm theo"]
)
def test_no_marker(text: str) -> None:
    assert readings(text) == ()


def test_articles_hold_clauses_and_points() -> None:
    found = _paths(
        "Điều 1. Thành lập Tổ công tác:", "1. Tổ trưởng:", "Điều 2. Nhiệm vụ", "1. Tổ công tác có nhiệm vụ:", "a) Rà soát.", "b) Báo cáo."
    )
    assert found == ["Điều 1", "Điều 1.1", "Điều 2", "Điều 2.1", "Điều 2.1.a", "Điều 2.1.b"]


def test_bullets_take_the_path_they_stand_under() -> None:
    found = _paths(
        "I. NHIỆM VỤ", "1. Sở Y tế", "- Xây dựng hạ tầng:", "+ Mua máy.", "+ Lắp đặt.", "- Báo cáo.", "2. Sở Nội vụ", "- Rà soát."
    )
    assert found == ["I", "I.1", "I.1", "I.1", "I.1", "I.1", "I.2", "I.2"]


def test_vietnamese_letters_have_d_with_a_stroke_after_d() -> None:
    assert _paths("1. Sở Y tế:", "a) A.", "b) B.", "c) C.", "d) D.", "đ) Đ.", "e) E.")[1:] == ["1.a", "1.b", "1.c", "1.d", "1.đ", "1.e"]


def test_decimal_numbers_stand_under_their_whole_number() -> None:
    assert _paths("III. GIẢI PHÁP", "1. Chung", "1.1. Rà soát.", "1.2. Báo cáo.", "2. Riêng") == [
        "III",
        "III.1",
        "III.1.1",
        "III.1.2",
        "III.2",
    ]


def test_a_continuation_belongs_to_the_item_before() -> None:
    items = _items("1. Rà soát hồ sơ.", "Hồ sơ lập thành 02 bộ.", "2. Báo cáo.")
    assert [i.text for i in items] == ["Rà soát hồ sơ. Hồ sơ lập thành 02 bộ.", "Báo cáo."]
    assert items[0].spans() == (items[0].paragraphs[0].span(0, 17), items[0].paragraphs[1].span(0, 22))


def test_contact_and_closing_belong_to_no_item() -> None:
    items = _items("1. Rà soát hồ sơ.", "Thông tin liên hệ: ông Nam, điện thoại 0912.", "Sở Nội vụ đề nghị các đơn vị thực hiện./.")
    assert [(i.ordinal, i.text[:9]) for i in items] == [("1", "Rà soát h"), (None, "Thông tin"), (None, "Sở Nội vụ")]


def test_a_closing_phrase_amid_the_items_is_no_closing() -> None:
    assert _paths("II. NHIỆM VỤ", "1. Sở Y tế", "a) Soạn thảo.", "Trong quá trình soạn thảo cần lấy ý kiến.", "b) Báo cáo.") == [
        *("II", "II.1", "II.1.a", "II.1.b")
    ]


@pytest.mark.parametrize("third", ["III. KINH PHÍ", "HI. KINH PHÍ", "II. KINH PHÍ", "IH. KINH PHÍ", "1II. KINH PHÍ", "III KINH PHÍ"])
def test_a_misread_numeral_is_the_next_of_its_list(third: str) -> None:
    assert [p for p in _paths("I. MỤC ĐÍCH", "II. NHIỆM VỤ", third, "1. Nguồn vốn.") if p][-2:] == ["III", "III.1"]


def test_one_read_for_roman_one() -> None:
    assert _paths("1. MỤC ĐÍCH", "1. Đánh giá.", "2. Rà soát.", "II. NHIỆM VỤ", "1. Báo cáo.") == ["I", "I.1", "I.2", "II", "II.1"]


def test_a_letter_read_for_a_digit_counts_only_in_its_place() -> None:
    assert _paths("4- Sở A gửi.", "5- Sở B gửi.", "G- Sở C gửi.", "7- Sở D gửi.") == ["4", "5", "6", "7"]
    assert _paths("Mở đầu.", "G- Sở C gửi.")[-1] != "6"


def test_capital_i_before_a_list_of_letters_is_one() -> None:
    assert _paths("I. Rà soát hồ sơ.", "2. Báo cáo.", "3. Tổng hợp.")[1:] == ["2", "3"]
