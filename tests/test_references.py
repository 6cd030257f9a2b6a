"""Citations in sentences, what an opening answers, and the sentences themselves."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from extractors._citations import citations
from extractors._opening import answered
from extractors._sentences import sentences
from extractors.references import code_key

CASES = Path(__file__).parent / "cases" / "grammar"


def cases(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8")))


@pytest.mark.parametrize("case", cases("citations"), ids=lambda c: c["text"][:60])
def test_citations(case: dict[str, Any]) -> None:
    found = [f"{c.code} | {c.doc_type or '-'} | {c.issued_on or '-'} | {c.issuer or '-'}" for c in citations(case["text"], 2026)]
    assert found == case["expect"]


@pytest.mark.parametrize("case", cases("openings"), ids=lambda c: c["text"][:60])
def test_openings(case: dict[str, Any]) -> None:
    cited = citations(case["text"], 2026)
    marks = [(c.start, c.end, c.doc_type) for c in cited]
    assert [cited[i].code for i in answered(case["text"], marks, case.get("type", "công văn"))] == case["expect"]


@pytest.mark.parametrize(
    "parts",
    [
        ["Báo cáo UBND TP. Hà Nội trước ngày 22/5/2024.", "Công văn số 12/TB. KT. Chủ tịch ký.", "Xong."],
        ["1. Giao Sở Y tế chủ trì.", "Báo cáo trước ngày 15/6/2026.", "Sau đó tổng hợp."],
        ["Ông Ng. Văn A. CT, các PCT. UBND Tp họp.", "Việc khác do Sở lo."],
        ["Được 4.318,6 tỷ đồng, đạt 31,47% kế hoạch Thủ tướng Chính phủ giao.", "Nguyên nhân là mưa."],
        ["Gửi bổ sung hồ sơ kiểm định trước ngày. 27/10/2025 cho Sở Xây dựng.", "Hết."],
    ],
)
def test_sentences_do_not_break_at_abbreviations(parts: list[str]) -> None:
    text = " ".join(parts)
    assert [text[start:end] for start, end in sentences(text)] == parts


@given(st.text(alphabet="abAB .,;?!12/()\u0111\u1ec7\n", max_size=120))
def test_sentences_are_ranges_in_order(text: str) -> None:
    ranges = sentences(text)
    assert all(a <= b <= c <= d for (a, b), (c, d) in pairwise(ranges))
    assert "".join("".join(text[a:b].split()) for a, b in ranges) == "".join(text.split())


@given(st.integers(min_value=1, max_value=99999))
def test_any_number_is_cited_with_or_without_its_zeros(number: int) -> None:
    (cited,) = citations(f"Thực hiện Công văn số {number:02}/UBND-NV của UBND tỉnh.")
    assert code_key(cited.code) == code_key(f"{number:05}/UBND-NV")


@given(st.text(max_size=100))
def test_any_text_can_be_read(text: str) -> None:
    for cited in citations(text):
        assert 0 <= cited.start < cited.end <= len(text)
