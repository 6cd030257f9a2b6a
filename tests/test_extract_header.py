"""Zones, codes, names and titles: what several header fields stand on."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from extractors._codes import find_codes
from extractors._lexicon import doc_types, table, type_of_title
from extractors._lives import lived
from extractors._names import group, normal_case
from extractors._symbols import abbreviations, read_segment
from extractors._titles import join_titles
from extractors._zones import Zones, find
from models.document import Box, Document, Line, Page, Word
from models.text import fold
from tests.sketch import document

CODES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases/grammar/codes.yaml").read_text(encoding="utf-8"))
LETTER = """\
UBND TỈNH KIÊN GIANG || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ NỘI VỤ || Độc lập - Tự do - Hạnh phúc
Số: 221/SNV-VP || Rạch Giá, ngày 06 tháng 3 năm 2024
V/v thực hiện dân chủ ||
^ Kính gửi: Các phòng
> Thực hiện Công văn số 286/UBND-KGVX, Sở yêu cầu các phòng triển khai./.
Nơi nhận: || KT. GIÁM ĐỐC
- Như trên; || PHÓ GIÁM ĐỐC
- Lưu: VT. || Nguyễn Văn Hòa
"""


def texts(zones: Zones, part: str) -> list[str]:
    return [line.text for line in getattr(zones, part)]


@pytest.mark.parametrize("case", CODES, ids=lambda case: case["text"][:40])
def test_codes_of_a_text(case: dict[str, Any]) -> None:
    assert [c.code for c in find_codes(case["text"]) if c.confidence > 0.5] == case["codes"]


@given(st.text(alphabet="0123456789lO/-–.&: NĐCPUBDKHQTgSốv", max_size=40))
def test_codes_lie_where_they_say(text: str) -> None:
    end = 0
    for code in find_codes(text):
        assert end <= code.start < code.end <= len(text)
        assert code.printed == re.sub(r"[–]", "-", text[code.start : code.end].replace(" ", ""))
        assert 0 < code.confidence <= 1
        end = code.end


@given(st.integers(1, 99999), st.sampled_from(["UBND-NV", "SNV-CCHC&PC", "QĐ-TTg", "2023/NĐ-CP", "TTLT-BNV-BTC", "BC.UBND-VHXH"]))
def test_a_clean_code_is_read_as_it_stands(number: int, symbol: str) -> None:
    (code,) = find_codes(f"Văn bản số {number:02}/{symbol} ngày 01/02/2024")
    assert code.code == code.printed == f"{number:02}/{symbol}"
    assert code.confidence > 0.85


def test_every_known_segment_reads_as_itself() -> None:
    for known in abbreviations():
        assert read_segment(known).text == known
        assert not read_segment(known).repaired


def test_every_type_is_known_by_its_title() -> None:
    for known in doc_types():
        assert type_of_title(known.name.upper()) == (known.name, 1.0)


@pytest.mark.parametrize(
    ("name", "day", "there"),
    [
        ("Ủy ban nhân dân tỉnh Kiên Giang", date(2025, 6, 30), True),
        ("Ủy ban nhân dân tỉnh Kiên Giang", date(2025, 7, 1), False),
        ("Ủy ban nhân dân tỉnh An Giang", date(2026, 7, 1), True),
        ("Bộ Nông nghiệp và Môi trường", date(2025, 2, 28), False),
        ("Bộ Nông nghiệp và Môi trường", date(2025, 3, 1), True),
        ("Sở Giao thông vận tải", date(2026, 1, 5), False),
        ("UBND thị xã Hà Tiên", date(2015, 1, 5), True),
        ("Ủy ban nhân dân đặc khu Phú Quốc", date(2024, 1, 5), False),
        ("Bệnh viện đa khoa huyện Gò Quao", date(2026, 1, 5), True),
        ("Công ty cổ phần Cấp nước tỉnh Kiên Giang", date(2026, 1, 5), True),
    ],
)
def test_bodies_live_from_day_to_day(name: str, day: date, there: bool) -> None:
    assert lived(name, day) is there


def test_lives_of_bodies_name_their_source() -> None:
    rows = table("body_lives")
    assert len({row["name"] for row in rows}) == len(rows) > 40
    assert all(re.fullmatch(r"\d+/\d{4}/(?:QH\d\d|NĐ-CP)", row["source"]) for row in rows)
    assert all(row["since"] or row["into"] for row in rows)
    gone = {(f"tỉnh {row['name']}", row["until"]) for row in table("places") if row["until"]}
    assert gone <= {(row["name"], row["until"]) for row in rows}


@pytest.mark.parametrize("name", ["types", "abbreviations", "bodies", "places", "titles"])
def test_lexicon_has_no_row_twice(name: str) -> None:
    keys = [next(iter(row.values())) for row in table(name)]
    assert len(keys) == len(set(keys)) > 20
    assert all(key == key.strip() for key in keys)


def test_vanished_provinces_name_what_they_went_into() -> None:
    alive = {row["name"] for row in table("places") if row["kind"] in ("tỉnh", "thành phố") and not row["until"]}
    gone = [row for row in table("places") if row["until"]]
    assert len(alive) == 34
    assert all(row["into"] in alive for row in gone)
    assert len(alive) + len({row["name"] for row in gone} - alive) == 34 + len(gone)


@pytest.mark.parametrize(
    ("lines", "groups"),
    [
        (["ỦY BAN NHÂN DÂN", "TỈNH LÂM ĐỒNG", "SỞ NỘI VỤ"], [[0, 1], [2]]),
        (["UBND TỈNH", "SỞ VĂN HÓA, THỂ THAO", "VÀ DU LỊCH"], [[0], [1, 2]]),
        (["BỘ GIÁO DỤC VÀ ĐÀO TẠO", "TRƯỜNG", "ĐẠI HỌC LUẬT"], [[0], [1, 2]]),
        (["BỘ NÔNG NGHIỆP VÀ MÔI", "TRƯỜNG"], [[0, 1]]),
        (["VĂN PHÒNG", "HỘI ĐỒNG NHÂN DÂN VÀ", "ỦY BAN NHÂN DÂN"], [[0, 1, 2]]),
        (["CÔNG AN - VIỆN KIỂM SÁT", "- TÒA ÁN NHÂN DÂN TỈNH"], [[0, 1]]),
        ([], []),
    ],
)
def test_header_lines_are_grouped_into_names(lines: list[str], groups: list[list[int]]) -> None:
    assert group(lines) == groups


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ RẠCH GIÁ", "Ủy ban nhân dân thành phố Rạch Giá"),
        ("UBND TP. HỒ CHÍ MINH", "UBND TP. Hồ Chí Minh"),
        ("SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "Sở Lao động - Thương binh và Xã hội"),
        ("KHO BẠC NHÀ NƯỚC KHU VỰC XVI", "Kho bạc Nhà nước khu vực XVI"),
        ("ĐẢNG ỦY CÁC CƠ QUAN ĐẢNG TỈNH", "Đảng ủy các cơ quan Đảng tỉnh"),
        ("Công ty Cổ phần An Phát", "Công ty Cổ phần An Phát"),
    ],
)
def test_capitals_become_a_name(printed: str, name: str) -> None:
    assert normal_case(printed) == name


def test_titles_of_deputies_are_completed_under_their_head() -> None:
    assert join_titles(["KT. CHỦ TỊCH", "HỦ TỊCH"], [True, True]) == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    assert join_titles(["KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"], [True, True]) == ["KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"]
    assert join_titles(["CHỦ TỊCH", "ÂN ĐT"], [True, False]) == ["CHỦ TỊCH"]


def test_zones_of_a_letter() -> None:
    zones = find(document=document(LETTER))
    assert texts(zones, "header_left") == ["UBND TỈNH KIÊN GIANG", "SỞ NỘI VỤ", "Số: 221/SNV-VP", "V/v thực hiện dân chủ"]
    assert texts(zones, "header_right")[-1].startswith("Rạch Giá")
    assert texts(zones, "addressees") == ["Kính gửi: Các phòng"]
    assert texts(zones, "signature") == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Văn Hòa"]
    assert texts(zones, "recipients") == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]
    assert texts(zones, "annex") == []


def test_no_line_is_lost_or_in_two_zones() -> None:
    paper = document(LETTER + "===\n^ PHỤ LỤC\n| STT | Việc | Hạn |\n")
    zones = find(document=paper)
    parts = ("header_left", "header_right", "stamp", "title", "addressees", "body", "signature", "recipients", "annex")
    spans = sorted((line.line.start, line.line.end) for part in parts for line in getattr(zones, part))
    assert spans == [(line.start, line.end) for _, line in paper.lines()]
    assert texts(zones, "annex") == ["PHỤ LỤC", "STT | Việc | Hạn"]


def test_columns_read_as_one_line_are_parted() -> None:
    (page,) = document(LETTER).pages
    rows: dict[int, list[Word]] = {}
    for line in page.lines:
        rows.setdefault(line.box.top, []).extend(line.words)
    merged = [Line(tuple(words), Box.around([w.box for w in words])) for _, words in sorted(rows.items())]
    zones = find(document=Document.assemble([replace(page, lines=tuple(merged))]))
    assert texts(zones, "header_left")[:3] == ["UBND TỈNH KIÊN GIANG", "SỞ NỘI VỤ", "Số: 221/SNV-VP"]
    assert texts(zones, "header_right")[-1] == "Rạch Giá, ngày 06 tháng 3 năm 2024"
    assert texts(zones, "signature") == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Văn Hòa"]


def test_annex_before_the_signature_is_no_body() -> None:
    head, foot = LETTER.split("Nơi nhận")
    zones = find(document=document(f"{head}===\n^ PHỤ LỤC\n> Danh sách kèm theo.\n===\nNơi nhận{foot}"))
    assert texts(zones, "annex") == ["PHỤ LỤC", "Danh sách kèm theo."]
    assert texts(zones, "signature")[-1] == "Nguyễn Văn Hòa"


def test_a_paper_without_anything_has_empty_zones() -> None:
    for paper in (Document.assemble([]), Document.assemble([Page(1, 100, 100, 72, "blank")])):
        zones = find(document=paper)
        assert not any((zones.header_left, zones.title, zones.body, zones.signature))


@given(st.text(max_size=60))
def test_folding_of_a_line_never_breaks_the_grammar(text: str) -> None:
    find_codes(text)
    assert len(fold(text)) == len(text)
