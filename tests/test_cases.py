"""Every case of tests/cases/FIELD.yaml: a sketched page and what the field says of it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors import extract
from models.context import Context
from models.document import Box, Mark
from models.record import FIELDS
from tests.sketch import document

FOLDER = Path(__file__).parent / "cases"
CASES = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.yaml"))}


def _marks(case: dict[str, Any]) -> tuple[Mark, ...]:
    return tuple(Mark(m["kind"], Box(*m["box"]), m.get("text", ""), m.get("confidence", 0.9)) for m in case.get("marks", []))


@pytest.mark.parametrize(("field", "case"), [pytest.param(f, c, id=f"{f}: {c['name']}") for f, cases in CASES.items() for c in cases])
def test_case(field: str, case: dict[str, Any]) -> None:
    paper = document(case["page"], case.get("source", "text"), _marks(case))
    signed = case.get("signed_on")
    known = Context(case.get("file_name", ""), date.fromisoformat(signed) if signed else None, cited=tuple(case.get("cited", [])))
    record = extract(paper, known).as_json()
    assert record[field] == case["expect"]
    if "needs_look" in case:
        assert record["_found"][field]["needs_look"] is case["needs_look"]
    if "candidates" in case:
        assert record["_found"][field]["candidates"] == case["candidates"]


@pytest.mark.parametrize("field", FIELDS)
def test_field_has_cases_and_one_where_nothing_is_to_be_found(field: str) -> None:
    expected = [case["expect"] for case in CASES.get(field, [])]
    assert expected
    assert any(value in (None, []) for value in expected)


def test_cases_are_of_fields() -> None:
    assert set(CASES) <= set(FIELDS)
