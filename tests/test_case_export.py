"""`vanthu cases export`: a correction becomes a case that shows the rules the same page; secret papers never do."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Said
from papers import letter

from extractors import extract
from tests.sketch import document
from vanthu.exports.case_yaml import Case
from vanthu.exports.sketch import draw
from vanthu.settings import CHECKOUT, Settings

Command = Callable[..., Said]
PAGES = [
    (path.stem, case)
    for path in sorted((CHECKOUT / "tests" / "cases").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
    if not case.get("marks")
]


@pytest.fixture
def registered(office: Settings, vanthu: Command) -> Command:
    letter(office.inbox / "a.docx")
    letter(office.inbox / "b.docx", code="7/UBND-NV")
    vanthu("intake")
    return vanthu


def load(folder: Path) -> dict[str, list[dict[str, Any]]]:
    return {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in folder.iterdir()}


def test_corrections_become_cases_with_the_page_that_the_rules_saw(registered: Command, tmp_path: Path) -> None:
    registered("correct", 1, "issuer", "Ủy ban nhân dân thành phố Rạch Giá (mới)")
    registered("correct", 1, "signer.name", "Nguyễn Văn Hoà")
    registered("correct", 1, "tasks.0.lead", "Phòng Tư pháp")
    registered("correct", 2, "issuer", "UBND")
    said = registered("cases", "export", "--out", tmp_path / "cases")
    assert said.code == 0
    assert "2 trường hợp" in said.out and "Không có gì tự gửi đi" in said.err
    cases = load(tmp_path / "cases")
    assert {field: len(here) for field, here in cases.items()} == {"issuer": 2, "signer": 1, "tasks": 1}
    assert [case["expect"] for case in cases["issuer"]] == ["Ủy ban nhân dân thành phố Rạch Giá (mới)", "UBND"]
    assert cases["signer"][0]["expect"]["name"] == "Nguyễn Văn Hoà"
    for field, here in cases.items():
        read = extract(document(here[0]["page"], here[0]["source"])).as_json()
        assert read[field] != here[0]["expect"], "the case fails until a rule reads it"
    tasks = extract(document(cases["tasks"][0]["page"])).as_json()["tasks"]
    assert [task["ordinal"] for task in tasks] == ["1", "2"]
    assert extract(document(cases["issuer"][0]["page"])).as_json()["issuer"] == "Ủy ban nhân dân thành phố Rạch Giá"


def test_only_what_the_field_needs_of_the_page_is_in_the_case(registered: Command, tmp_path: Path) -> None:
    registered("correct", 1, "issuer", "UBND")
    registered("correct", 1, "signer.name", "Lê Thị B")
    registered("cases", "export", "--out", tmp_path / "cases")
    cases = load(tmp_path / "cases")
    assert "Nguyễn Văn Hòa" not in cases["issuer"][0]["page"] and "Kính gửi" in cases["issuer"][0]["page"]
    assert "Nguyễn Văn Hòa" in cases["signer"][0]["page"]


def test_nothing_is_written_by_itself(registered: Command, office: Settings) -> None:
    registered("correct", 1, "issuer", "UBND")
    assert not list(office.outputs.rglob("*.yaml"))
    registered("cases", "export")
    assert [path.name for path in office.outputs.rglob("*.yaml")] == ["issuer.yaml"]


def test_without_corrections_there_are_no_cases(registered: Command, office: Settings) -> None:
    said = registered("cases", "export")
    assert (said.code, said.out) == (0, "") and "Chưa có đính chính nào" in said.err
    assert not (office.outputs / "cases").exists()


def test_a_mistyped_word_is_hinted(vanthu: Command) -> None:
    said = vanthu("cases", "exprt")
    assert said.code == 2 and "Ý bạn là: export" in said.err


def test_secret_papers_never_become_cases(office: Settings, vanthu: Command, tmp_path: Path) -> None:
    letter(office.inbox / "a.docx")
    letter(office.inbox / "m.docx", code="9/UBND-NC", secrecy="MẬT")
    vanthu("intake")
    vanthu("--mat", "correct", 1, "issuer", "UBND")
    vanthu("correct", 1, "issuer", "UBND thành phố")
    vanthu("correct", 1, "secrecy", "mật")
    said = vanthu("cases", "export", "--out", tmp_path / "cases")
    assert (said.code, said.out) == (0, "")
    assert not (tmp_path / "cases").exists()
    said = vanthu("--mat", "cases", "export", "--out", tmp_path / "cases")
    assert said.code == 2 and "mật" in said.err
    assert not (tmp_path / "cases").exists()


def test_a_voided_entry_and_one_without_a_file_are_left_out(registered: Command, tmp_path: Path) -> None:
    registered("correct", 1, "issuer", "UBND")
    registered("void", 1, "--reason", "nhầm")
    assert registered("cases", "export", "--out", tmp_path / "cases").out == ""


def test_a_drawing_of_a_page_says_what_the_page_said() -> None:
    """Titles, columns, indents, tables and confidences come through; a page without one line at the margin may not."""
    differ = []
    for field, case in PAGES:
        paper = document(case["page"], case.get("source", "text"))
        again = document(draw(paper), case.get("source", "text"))
        one, other = ({k: v for k, v in extract(d).as_json().items() if k != "_found"} for d in (paper, again))
        differ += [f"{field}: {case['name']}"] if one != other else []
    assert len(differ) <= 0.05 * len(PAGES), differ


def test_a_case_is_read_back_as_it_was() -> None:
    case = Case("code", 'was "x": 1/2024', "ocr", "Số:~0.70 1/A || B\n> x: y # z\n", {"a": None, "b": ["c", "d: e"]})
    (read,) = yaml.safe_load(case.as_yaml())
    assert read == {"name": case.name, "source": "ocr", "page": case.page, "expect": case.expect}
