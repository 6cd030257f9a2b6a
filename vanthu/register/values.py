"""Fields by name: a person's value checked and put in the form of the contract (`signer.name`, `tasks.0.lead`)."""

import json
import re
from datetime import date
from difflib import get_close_matches
from typing import Any, get_args

from models.record import FIELDS, RelationKind
from models.text import clean, one_line
from vanthu.errors import WrongUse

DATES = {"issued_on", "due_on", "date", "start", "end"}
STRING_LISTS = {"addressees", "recipients", "replies_to", "lead", "support", "difficulties", "recommendations"}
PARTS: dict[str, tuple[str, ...]] = {
    "signer": ("name", "position", "authority"),
    "received_stamp": ("number", "date"),
    "references": ("code", "doc_type", "issued_on", "issuer"),
    "deadlines": ("text", "due_on", "relative", "recurring"),
    "tasks": ("ordinal", "text", "lead", "support", "due_on"),
    "period": ("text", "start", "end"),
    "relations": ("code", "relation"),
}
ITEM_LISTS = ("references", "deadlines", "tasks", "relations")
_SECRECY = ("mật", "tối mật", "tuyệt mật")
_URGENCY = ("khẩn", "thượng khẩn", "hỏa tốc")
_CHOICES = {"secrecy": _SECRECY, "urgency": _URGENCY, "relation": get_args(RelationKind)}


class BadValue(WrongUse):
    """The field or the value will not do; the message says what to do."""


def parse_path(path: str) -> list[str | int]:
    """`tasks.3.lead` → ["tasks", 3, "lead"], checked against the contract; positions count from 0 as in the JSON."""
    head, *rest = path.strip().split(".")
    _known(head, FIELDS, path)
    steps: list[str | int] = [head]
    if rest and (head in ITEM_LISTS or head in STRING_LISTS):
        steps.append(_position(rest.pop(0), path))
    if rest:
        _known(rest[0], PARTS.get(head, ()), path, ".".join(map(str, steps)) + ".")
        steps.append(rest.pop(0))
    if rest and steps[-1] in STRING_LISTS:
        steps.append(_position(rest.pop(0), path))
    if rest:
        raise BadValue("register.unknown_field", field=path, known=".".join(map(str, steps)))
    return steps


def _known(name: str, names: tuple[str, ...], path: str, before: str = "") -> None:
    if name not in names:
        near = get_close_matches(name, names, n=3, cutoff=0.5)
        raise BadValue("register.unknown_field", field=path, known=", ".join(before + known for known in near or names))


def _position(text: str, path: str) -> int:
    if not text.isdecimal():
        raise BadValue("register.position", field=path)
    return int(text)


def parse(steps: list[str | int], value: Any) -> Any:
    """The value as the contract holds it; text is read by the field's kind, empty text is null. BadValue where it will not do."""
    name = next(step for step in reversed(steps) if isinstance(step, str))
    single = isinstance(steps[-1], int)
    if isinstance(value, str):
        value = clean(value).strip() or None
    if name in STRING_LISTS and not single:
        return _strings(value)
    if name in ITEM_LISTS:
        return _item(name, _structure(value)) if single else [_item(name, item) for item in _structure(value) or []]
    if name in PARTS:
        return _item(name, _structure(value)) if value is not None else None
    return _scalar(name, value)


def _scalar(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name == "relative":
        return _relative(_structure(value))
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        raise BadValue("register.text", field=name)
    if name in DATES:
        return parse_date(value).isoformat()
    if name in _CHOICES and value.lower() not in _CHOICES[name]:
        raise BadValue("register.choice", field=name, known=", ".join(_CHOICES[name]))
    if name == "code" or name == "replies_to":
        return "".join(value.split())
    return value.lower() if name in ("doc_type", *_CHOICES) else one_line(value)


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        value = json.loads(value) if value.startswith("[") else re.split(r"[;\n]", value)
    return [one_line(clean(str(item))) for item in value or [] if str(item).strip()]


def _structure(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except json.JSONDecodeError as error:
        raise BadValue("register.json", error=error) from None


def _item(name: str, item: Any) -> dict[str, Any]:
    if not isinstance(item, dict):
        raise BadValue("register.object", field=name, known=", ".join(PARTS[name]))
    for part in item:
        _known(part, PARTS[name], f"{name}.{part}")
    whole = {part: parse([name, part], item.get(part)) for part in PARTS[name]}
    if not whole.get("text", whole.get("code", "-")):
        raise BadValue("register.text", field=f"{name}.{'code' if 'code' in whole else 'text'}")
    if name == "deadlines" and sum(whole[part] is not None for part in ("due_on", "relative", "recurring")) != 1:
        raise BadValue("register.one_limit")
    return whole


def _relative(value: Any) -> dict[str, Any]:
    units, starts = ("hour", "calendar", "working", "week", "month"), ("issued", "received", "event")
    if (
        not isinstance(value, dict)
        or value.get("unit") not in units
        or value.get("from") not in starts
        or not isinstance(value.get("count"), int)
    ):
        raise BadValue("register.relative")
    return {"count": value["count"], "unit": value["unit"], "from": value["from"]}


def parse_date(text: str) -> date:
    """A day as ISO or as written here, day first: `2024-03-06`, `6/3/2024`, `06-03-2024`, `6.3.2024`."""
    if parts := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text.strip()):
        year, month, day = map(int, parts.groups())
    elif parts := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text.strip()):
        day, month, year = map(int, parts.groups())
    else:
        raise BadValue("register.day", value=text)
    try:
        return date(year, month, day)
    except ValueError:
        raise BadValue("register.day", value=text) from None


def get(record: dict[str, Any], steps: list[str | int]) -> Any:
    """The value at a path; None where the record does not go that far."""
    here: Any = record
    for step in steps:
        try:
            here = here[step] if here is not None else None
        except (IndexError, KeyError):
            return None
    return here


def put(record: dict[str, Any], steps: list[str | int], value: Any) -> bool:
    """Set the value at a path; a list grows by one at its end. False where the record does not go that far."""
    *way, last = steps
    here: Any = record
    for depth, step in enumerate(way):
        inner = get(here, [step])
        if inner is None and depth == 0 and isinstance(step, str) and step in PARTS and step not in ITEM_LISTS:
            inner = here[step] = dict.fromkeys(PARTS[step])
        if inner is None:
            return False
        here = inner
    if isinstance(last, int) and last >= len(here):
        if last > len(here):
            return False
        here.append(value)
    else:
        here[last] = value
    return True
