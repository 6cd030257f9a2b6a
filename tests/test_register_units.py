from pathlib import Path
from typing import Any

import pytest
import yaml

from models.context import Office
from vanthu.register import bodies, codes, units

CASES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "cases/register/units.yaml").read_text(encoding="utf-8"))
OFFICE = Office(tuple(CASES["office"]["names"]), tuple(map(tuple, CASES["office"]["units"])))


@pytest.mark.parametrize("name", CASES["ours"])
def test_who_is_charged_is_ours(name: str) -> None:
    assert units.charges(name, OFFICE)


@pytest.mark.parametrize("name", CASES["not_ours"])
def test_who_is_charged_is_another(name: str) -> None:
    assert not units.charges(name, OFFICE)


def test_an_office_that_is_not_set_is_never_charged() -> None:
    assert not any(units.charges(name, Office()) for name in CASES["ours"])


@pytest.mark.parametrize(("name", "member", "other"), CASES["classes"])
def test_a_class_by_the_name_of_its_kind(name: str, member: str, other: str) -> None:
    assert units.charges(name, Office((member,))) and not units.charges(name, Office((other,)))


def test_a_body_that_is_called_by_its_kind_alone() -> None:
    assert all(map(units.only_kind, CASES["only_kind"])) and not any(map(units.only_kind, CASES["no_kind"]))


@pytest.mark.parametrize(("one", "other"), CASES["same_body"])
def test_two_names_of_one_body(one: str, other: str) -> None:
    assert bodies.compatible(bodies.key(one), bodies.key(other)) and bodies.compatible(bodies.key(other), bodies.key(one))


@pytest.mark.parametrize(("one", "other"), CASES["other_body"])
def test_two_bodies(one: str, other: str) -> None:
    assert not bodies.compatible(bodies.key(one), bodies.key(other))


def test_abbreviations_are_folded_and_each_stands_once() -> None:
    text = Path(bodies.__file__).with_suffix(".tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    assert len({short for short, _ in rows}) == len(rows) == len(bodies.abbreviations())
    assert all(cell.isascii() and cell == cell.lower() for row in rows for cell in row)


@pytest.mark.parametrize(
    ("code", "number", "symbol"),
    [
        ("221/UBND-NV", 221, "ubnd-nv"),
        ("05/BC-UBND", 5, "bc-ubnd"),
        ("59/2023/NĐ-CP", 59, "2023/nd-cp"),
        ("30-CT/TW", 30, "ct/tw"),
        ("/TB-UBND", None, "tb-ubnd"),
        ("30c/NQ-CP", 30, "c:nq-cp"),
        ("Số 5", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_a_code_is_taken_apart(code: str | None, number: int | None, symbol: str | None) -> None:
    key = codes.key(code)
    assert (key.number, key.symbol) == (number, symbol) if key else symbol is None


def test_symbols_keep_their_letters() -> None:
    assert [codes.symbol(code) for code in ("221/UBND-NV", "59/2023/NĐ-CP", "30-CT/TW", "30c/NQ-CP", None)] == [
        "UBND-NV",
        "2023/NĐ-CP",
        "CT/TW",
        "NQ-CP",
        None,
    ]
