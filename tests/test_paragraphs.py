"""Printed lines joined to paragraphs, table rows to whole rows."""

from dataclasses import fields

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors._layout import placed
from extractors._paragraphs import Paragraph, find
from extractors._zones import Zones
from models.document import Box, Document, Line, Page, Word
from tests.sketch import document


def _zones(paper: Document) -> Zones:
    parts = {f.name: () for f in fields(Zones) if f.name not in ("document", "body")}
    return Zones(document=paper, body=placed(paper), **parts)


def _texts(page: str) -> list[str]:
    return [p.text for p in find(zones=_zones(document(page)))]


FULL = "Rà soát toàn bộ hồ sơ, lập danh mục và đề xuất phương án xử lý đối với từng cơ sở"


def test_indent_begins_a_paragraph() -> None:
    assert _texts(f"> 1. {FULL}\nnhà, đất theo quy định.\n> Hồ sơ lập thành 02 bộ.\n") == [
        f"1. {FULL} nhà, đất theo quy định.",
        "Hồ sơ lập thành 02 bộ.",
    ]


def test_joined_over_a_page_break() -> None:
    assert _texts(f"> {FULL}\n===\nnhà, đất theo quy định hiện hành của pháp luật về quản lý tài sản.\n> Thứ hai.\n")[0].startswith(
        f"{FULL} nhà"
    )


def test_a_heading_ends_where_its_line_ends() -> None:
    assert _texts(f"I. MỤC ĐÍCH\n> {FULL}\nnhà, đất.\nII. YÊU CẦU\n> {FULL}\nnhà.\n")[::2] == ["I. MỤC ĐÍCH", "II. YÊU CẦU"]


def test_a_short_line_without_a_closing_mark_goes_on() -> None:
    assert (
        len(_texts(f"> {FULL}\nnhà, đất của các cơ quan, đơn vị trên địa bàn tỉnh, rà soát theo các\nNghị định số 186/2025/NĐ-CP.\n")) == 1
    )


def test_a_code_broken_at_its_hyphen_is_whole() -> None:
    text = _texts("> Thực hiện Công văn số 1093/SNV-CCHC&VTLT và Nghị định số 59/2023/NĐ-\nCP ngày 14/8/2023 của Chính phủ.\n")[0]
    assert "59/2023/NĐ-CP ngày" in text


def test_a_dash_inside_a_name_begins_nothing() -> None:
    name = "> 10. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức chính trị xã hội\n- xã hội vận động.\n"
    assert len(_texts(name)) == 1


def test_rows_keep_their_cells_and_places() -> None:
    paper = document("| STT | Nội dung | Chủ trì |\n| 1 | Ban hành Quy trình | Sở Y tế |\n| 2 | Rà soát | |\n")
    rows = find(zones=_zones(paper))
    assert [[c.text for c in r.cells] for r in rows] == [
        ["STT", "Nội dung", "Chủ trì"],
        ["1", "Ban hành Quy trình", "Sở Y tế"],
        ["2", "Rà soát", ""],
    ]
    cell = rows[1].cells[1]
    span = cell.span(0, len(cell.text))
    assert paper.text[span.start : span.end] == "Ban hành Quy trình"


def test_a_table_over_pages_is_one_without_its_repeated_head() -> None:
    rows = find(
        zones=_zones(
            document(
                "| STT | Nội dung | Chủ trì |\n| 1 | Ban hành | Sở Y tế |\n===\n| STT | Nội dung | Chủ trì |\n| 2 | Rà soát | Sở A |\n"
            )
        )
    )
    assert [r.cells[0].text for r in rows] == ["STT", "1", "2"]


def test_the_lower_part_of_a_row_joins_its_upper_part() -> None:
    rows = find(
        zones=_zones(
            document(
                "| STT | Nội dung | Chủ trì |\n| 1 | Ban hành Quy chế, | Sở Y tế |\n===\n| | quy trình nội bộ | |\n| 2 | Rà soát | Sở A |\n"
            )
        )
    )
    assert [r.cells[1].text for r in rows] == ["Nội dung", "Ban hành Quy chế, quy trình nội bộ", "Rà soát"]


def test_a_docx_paragraph_is_one() -> None:
    words = tuple(Word(t, Box(0, 0, 1, 1)) for t in ("1.", "Rà", "soát"))
    lines = tuple(Line(words, Box(0, n, 1, n + 1), whole=True) for n in range(2))
    paper = Document.assemble([Page(1, 1654, 2339, 200, "docx", lines)])
    assert [p.text for p in find(zones=_zones(paper))] == ["1. Rà soát", "1. Rà soát"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [f"> {FULL}", FULL, "ngắn.", "> 1. Rà soát", "^ QUYẾT ĐỊNH", "| 1 | a | b |", "| | c | |", "===", "- bullet", "_. ~ x"]
        ),
        max_size=14,
    )
)
def test_every_character_knows_its_place(lines: list[str]) -> None:
    paper = document("\n".join(lines) + "\n")
    found = find(zones=_zones(paper))
    for paragraph in found:
        _check(paper, paragraph)
        for cell in paragraph.cells:
            _check(paper, cell)
    # nothing is lost but heads that a table repeats
    assert "".join(p.text for p in found if p.table is None).count("Rà") == sum(line.count("Rà") for line in lines)


def _check(paper: Document, paragraph: Paragraph) -> None:
    assert len(paragraph.text) == len(paragraph.offsets)
    assert list(paragraph.offsets) == sorted(paragraph.offsets)
    assert all(paper.text[at] == c for c, at in zip(paragraph.text, paragraph.offsets, strict=True) if c != " ")
