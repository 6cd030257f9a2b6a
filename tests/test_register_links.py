from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from models.record import Reference
from tests.registering import arrive, letter, open_register, reference
from vanthu.register import Register

CASES: list[dict[str, Any]] = yaml.load((Path(__file__).parent / "cases/register/links.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)


def text(value: Any) -> Any:
    return None if value in (None, "null") else value


@pytest.mark.parametrize("citing_first", [False, True], ids=["after", "before"])
@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_citation_means_its_entry_whichever_came_first(case: dict[str, Any], citing_first: bool, tmp_path: Path) -> None:
    with open_register(tmp_path) as register:
        cited = reference(case["cites"])

        def cite() -> int:
            by = case.get("by", "UBND thành phố Cà Mau")
            read = letter("900/UBND-NV", "2024-06-01", by, references=[cited], replies_to=[cited.code])
            return arrive(register, tmp_path, "citing.pdf", read=read).id

        citing = cite() if citing_first else 0
        ids = [arrive(register, tmp_path, f"{n}.pdf", read=_letter(entry)).id for n, entry in enumerate(case["entries"])]
        citing = citing or cite()
        found = register.links(citing)
        expected = [ids[int(case["means"])]] if text(case["means"]) is not None else []
        assert found == {
            "cites": expected,
            "cited_by": [],
            "answers": expected,
            "answered_by": [],
            "not_received": [] if expected else [cited.code],
        }
        assert all(register.links(one)["answered_by"] == ([citing] if one in expected else []) for one in ids)


def _letter(entry: dict[str, str]) -> Any:
    return letter(entry["code"], entry.get("issued_on"), entry["issuer"], parent=entry.get("parent"))


@pytest.fixture
def pair(tmp_path: Path) -> Register:
    register = open_register(tmp_path)
    arrive(register, tmp_path, read=letter("286/UBND-KGVX", "2024-02-01", "Ủy ban nhân dân tỉnh Kiên Giang"))
    arrive(register, tmp_path, "b.pdf")
    return register


def test_a_corrected_code_moves_the_links_both_ways(pair: Register) -> None:
    assert pair.links(1)["answered_by"] == [2]
    pair.correct(1, "code", "287/UBND-KGVX", who="An")
    assert pair.links(1)["cited_by"] == [] and pair.links(2)["not_received"] == ["286/UBND-KGVX"]
    pair.correct(1, "code", "286/UBND-KGVX", who="An")
    assert pair.links(2)["answers"] == [1]


def test_a_voided_entry_is_no_document_to_link_to(pair: Register) -> None:
    pair.void(1, "nhầm", who="An")
    assert pair.links(2)["not_received"] == ["286/UBND-KGVX"]


def test_a_voided_entry_cites_nothing(pair: Register) -> None:
    pair.void(2, "nhầm", who="An")
    assert pair.links(1)["cited_by"] == []


def test_an_answer_without_its_reference_is_a_link_too(tmp_path: Path) -> None:
    with open_register(tmp_path) as register:
        arrive(register, tmp_path, read=letter("1/2024/NĐ-CP", "2024-01-01", "Chính phủ"))
        arrive(register, tmp_path, "b.pdf", read=letter("2/A-B", "2024-02-01", "A", replies_to=["01/2024/NĐ-CP"]))
        assert register.links(2)["answers"] == [1] == register.links(2)["cites"]


def test_codes_that_are_cited_with_a_number_by_hand(pair: Register, tmp_path: Path) -> None:
    read = letter(
        "900/UBND-NV",
        "2024-06-01",
        "UBND thành phố Cà Mau",
        references=[reference({"code": "0412/BC-SNV"}), reference({"code": "41/BC-SNV"})],
    )
    arrive(pair, tmp_path, "citing.pdf", read=read)
    assert pair.cited({412, 7}) == ("0412/BC-SNV",)
    assert pair.cited(set()) == ()


def test_a_number_alone_means_what_the_matter_is_about(tmp_path: Path) -> None:
    with open_register(tmp_path) as register:
        cites = Reference("12-CT/TU", "chỉ thị", date(2025, 8, 12), "Ban Thường vụ Tỉnh ủy")
        asks = Reference("45-HD/BTCTU", "hướng dẫn", date(2025, 8, 20), "Ban Tổ chức Tỉnh ủy")
        alone = Reference("12-CT/TU", "chỉ thị", None, None)
        read = letter("31-BC/ĐU", "2025-12-17", "Đảng ủy phường Tân Thành", references=[asks, alone], replies_to=[asks.code])
        report = arrive(register, tmp_path, read=read).id
        other = arrive(register, tmp_path, "o.pdf", read=letter("9-BC/ĐU", "2025-12-17", "Đảng ủy phường X", references=[alone])).id
        read = letter("45-HD/BTCTU", "2025-08-20", "Ban Tổ chức", parent="Tỉnh ủy Cà Mau", references=[cites])
        guide = arrive(register, tmp_path, "b.pdf", read=read).id
        order = arrive(register, tmp_path, "c.pdf", read=letter("12-CT/TU", "2025-08-12", "Tỉnh ủy Cà Mau")).id
        assert register.links(guide)["cites"] == [order]
        assert register.links(report)["cites"] == [guide, order] and register.links(report)["answers"] == [guide]
        assert register.links(other)["not_received"] == ["12-CT/TU"]
