"""Who is charged by a sentence, who helps: cases of tests/cases/clauses."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extractors._bodies import bodies
from extractors._charged import charged
from extractors._clauses import parse
from extractors._labels import labels
from extractors._lexicon import table
from extractors._listed import listed
from extractors._tagged import Sentence
from extractors._words import tokens

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "clauses" / "leads.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:50] for c in CASES])
def test_clause(case: dict[str, Any]) -> None:
    clause = parse(case["text"])
    assert clause.form == case["form"]
    assert [*clause.lead] == case.get("lead", [])
    assert [*clause.support] == case.get("support", [])


def test_the_last_demand_of_an_opening_counts() -> None:
    text = (
        "Thực hiện Công văn số 286/UBND-KGVX của UBND tỉnh đề nghị các huyện báo cáo, Thứ trưởng yêu cầu các đơn vị thuộc Bộ "
        "và đề nghị các bộ, ngành, địa phương tập trung thực hiện các nhiệm vụ sau:"
    )
    assert charged(text) == ("các đơn vị thuộc Bộ", "các bộ, ngành, địa phương")


def test_what_is_asked_for_by_others_charges_nobody() -> None:
    assert charged("Theo đề nghị của Sở Nội vụ tại Tờ trình số 15/TTr-SNV, theo yêu cầu UBND tỉnh.") == ()


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Sở Nội vụ; Sở Khoa học và Công nghệ", ["Sở Nội vụ", "Sở Khoa học và Công nghệ"]),
        (
            "Ủy ban MTTQ Việt Nam và các tổ chức chính trị - xã hội cùng cấp",
            ["Ủy ban MTTQ Việt Nam", "các tổ chức chính trị - xã hội cùng cấp"],
        ),
        ("UBND phường Thuận An ^ ; UBND xã Chân Mây - Lăng Cô", ["UBND phường Thuận An", "UBND xã Chân Mây - Lăng Cô"]),
        ("Phòng Nông nghiệp và PTNT", ["Phòng Nông nghiệp và PTNT"]),
        ("PCT Hà", ["PCT Hà"]),
        ("", []),
    ],
)
def test_bodies_of_a_cell(cell: str, expected: list[str]) -> None:
    assert [*listed(cell)] == expected


def test_giao_assigns_only_as_a_word_of_its_own() -> None:
    assigns = labels(tokens("giao Sở Y tế chủ trì"))
    traffic = labels(tokens("đường giao thông nông thôn"))
    assert "ASSIGN" in assigns[0]
    assert not any("ASSIGN" in here for here in traffic.values())


def test_tokens_know_their_places() -> None:
    text = "Sở Y tế  chủ trì, phối hợp với UBND các xã (02 xã)."
    assert all(text[w.start : w.end] == w.text for w in tokens(text))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Sở Y tế", "các", ",", "và", "(", ")", ":", "UBND", "xã", "phối hợp với", "chủ trì", "đã", "có", "1.", "giao", "🙂", "."]
        ),
        max_size=14,
    )
)
@example(["Sở Y tế", ","])
def test_any_text_is_parsed(parts: list[str]) -> None:
    text = " ".join(parts)
    clause = parse(text)
    assert all(name.strip() for name in (*clause.lead, *clause.support))
    s = Sentence.of(text)
    for at in range(len(s.words)):
        found = bodies(s, at)
        assert found is None or all(at <= i < j <= len(s.words) for i, j in found.parts)


@pytest.mark.parametrize("name", ["task_cues", "body_heads"])
def test_lexicon_has_no_phrase_twice(name: str) -> None:
    rows = [(r["kind"], r["phrase"]) for r in table(name)]
    assert len(rows) == len(set(rows))
    assert all(kind and phrase == phrase.strip() and phrase for kind, phrase in rows)
