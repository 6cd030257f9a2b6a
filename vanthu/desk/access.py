"""Quyền: which role may ask for which page; the table is `access.tsv`, a line for each named address. What is not in it is refused."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from vanthu.people.person import ROLES, Person, Role

May = Literal["yes", "no", "own", "list"]
"""`own`: entries and items of the person's unit; `list`: a list narrowed to them."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`is_open`: nobody need log in; `mat`: the desk of secret documents has it too."""

    is_open: bool
    mat: bool
    roles: dict[Role, May]


CLOSED = Rule(False, False, dict.fromkeys(ROLES, "no"))
"""For an address that nobody has thought about."""


@cache
def rules() -> dict[str, Rule]:
    """Every rule by the name of its address."""
    with Path(__file__).with_suffix(".tsv").open(encoding="utf-8", newline="") as file:
        return {row["name"]: _rule(row) for row in csv.DictReader(file, delimiter="\t")}


def _rule(row: dict[str, str]) -> Rule:
    roles = {role: _may(row[role]) for role in ROLES}
    return Rule(row["open"] == "yes", row["mat"] == "yes", roles)


def _may(text: str) -> May:
    found: May = next(value for value in get_args(May) if value == text)
    return found


def may(name: str, person: Person) -> May:
    """What the person may at the address of this name."""
    return rules().get(name, CLOSED).roles[person.role]
