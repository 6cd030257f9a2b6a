"""Trường hợp kiểm tra: a person's correction as a case of `tests/cases/FIELD.yaml`, a drawn page and what the field says of it."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

_HEAD = frozenset(
    ("doc_type", "code", "issued_on", "place", "issuer", "parent", "subject", "urgency", "secrecy", "received_stamp", "addressees")
)
_FOOT = frozenset(("signer", "recipients", "archive"))


@dataclass(frozen=True, slots=True)
class Case:
    """`page` as `vanthu.exports.sketch` draws it; `source` "ocr" or "text"; `expect`: the field's whole value as the person left it."""

    field: str
    name: str
    source: str
    page: str
    expect: Any
    signed_on: date | None = None

    def as_yaml(self) -> str:
        """The case as an item of the file; JSON is YAML, so only the page is set line by line."""
        page = "".join(f"    {line}\n" for line in self.page.splitlines())
        signed = f'  signed_on: "{self.signed_on.isoformat()}"\n' if self.signed_on else ""
        lines = f"- name: {_json(self.name)}\n  source: {self.source}\n{signed}  page: |\n{page}"
        return f"{lines}  expect: {_json(self.expect)}\n"


def part_of(field: str) -> str:
    """Where on the paper a field stands: "head", "foot" or "whole"."""
    return "head" if field in _HEAD else "foot" if field in _FOOT else "whole"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
