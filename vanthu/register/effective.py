"""What holds: the machine's record with the corrections of people laid over it, one after the other."""

import copy
from difflib import SequenceMatcher
from typing import Any

from models.document import Document
from models.found import Found
from models.record import Deadline, Record
from models.text import fold, one_line
from vanthu.register import pairing, values
from vanthu.register.sentences import sentence_at

ALIKE = 0.85
"""An item read again is the corrected one where its text is so much like the old one."""

_ESSENTIAL = ("code", "issued_on", "issuer", "subject")
"""The header fields that an incoming document must be registered with (Decree 30/2020, Annex VI): blank ones need a look."""

JUDGED = ("issuer", "issued_on")
"""Fields that must have been read surely for an answer to close an item by itself."""


def machine_json(document: Document | None, record: Record) -> dict[str, Any]:
    """The record as read, with what its follow-up items need: `_id` of a deadline, `_sentence`, a task's `_deadlines`."""
    out = record.as_json()
    deadlines = [(number, found) for number, found in enumerate(record.deadlines) if found.value is not None]
    for item, (number, found) in zip(out["deadlines"], deadlines, strict=True):
        item["_id"] = number
        item["_sentence"] = _sentence(document, found)
    for item, task in zip(out["tasks"], (found.value for found in record.tasks if found.value is not None), strict=True):
        item["_deadlines"] = [*task.deadlines]
    return out


def _sentence(document: Document | None, found: Found[Deadline]) -> str:
    if document and found.spans:
        return sentence_at(document.text, found.spans[0].start, found.spans[-1].end)
    return found.value.text if found.value else ""


def apply(machine: dict[str, Any], corrections: list[dict[str, Any]]) -> tuple[dict[str, Any], list[int]]:
    """(record that holds, ids of corrections whose item is no longer read). `corrections` oldest first, values decoded."""
    record = copy.deepcopy(machine)
    for name in values.ITEM_LISTS:  # a field that is younger than the reading
        record.setdefault(name, [])
        record["_found"].setdefault(name, [])
    lost = []
    for correction in corrections:
        if not _lay(record, values.parse_path(correction["field"]), correction):
            lost.append(correction["id"])
    if any(correction["field"].startswith("deadlines") for correction in corrections):
        pairing.move_tasks(record)
    return record, lost


def _lay(record: dict[str, Any], steps: list[str | int], correction: dict[str, Any]) -> bool:
    anchor, value = correction["anchor"], correction["value"]
    if len(steps) > 1 and isinstance(steps[1], int):
        items = record.get(str(steps[0])) or []
        place = _end(items, value) if anchor is None else _find(items, steps[1], anchor)
        if place is None:
            return False
        steps = [steps[0], place, *steps[2:]]
        if len(steps) == 2 and value is None:
            return _drop(record, str(steps[0]), place)
    before = values.get(record, steps)
    if isinstance(before, dict) and isinstance(value, dict):
        value = {name: part for name, part in before.items() if name.startswith("_")} | value
    if not values.put(record, steps, value):
        return False
    if len(steps) == 3:
        _settle(record[str(steps[0])][steps[1]], str(steps[0]), str(steps[2]), value)
    _vouch(record, steps, correction.get("place"))
    return True


def _end(items: list[Any], value: Any) -> int:
    """Where an item that a person added goes: behind the others, or over the one that a later reading has found too."""
    known = anchor_of(value)
    return next((place for place, item in enumerate(items) if anchor_of(item) == known), len(items))


def _settle(item: dict[str, Any], name: str, part: str, value: Any) -> None:
    """What one part of an item means for the others: a deadline has one limit, a person's due date is not moved."""
    limits = ("due_on", "relative", "recurring")
    if name == "tasks" and part == "due_on":
        item["_due_by_person"] = True
    if name == "deadlines" and part in limits and value is not None:
        item.update({other: None for other in limits if other != part})


def _find(items: list[Any], near: int, anchor: str) -> int | None:
    keys = [anchor_of(item) for item in items]
    order = sorted(range(len(items)), key=lambda place: abs(place - near))
    same = [place for place in order if keys[place] == anchor]
    if same:
        return same[0]
    likeness = {place: SequenceMatcher(None, keys[place], anchor, autojunk=False).ratio() for place in order}
    best = max(order, key=lambda place: likeness[place], default=None)
    return best if best is not None and likeness[best] >= ALIKE else None


def anchor_of(item: Any) -> str:
    """What an item of a list is known by when the document is read again: its folded text."""
    text = (item.get("text") or item.get("code") or "") if isinstance(item, dict) else str(item)
    return one_line(fold(text))


def _drop(record: dict[str, Any], name: str, place: int) -> bool:
    del record[name][place]
    found = record["_found"].get(name) or []
    if place < len(found):
        del found[place]
    return True


def _vouch(record: dict[str, Any], steps: list[str | int], place: list[Any] | None) -> None:
    """A person's value needs no further look; it stands where the person has shown it, else where it stood."""
    known = {"page": None, "box": None, "rule": "person", "confidence": 1.0, "needs_look": False}
    found, name = record["_found"], str(steps[0])
    here = found.get(name)
    if not isinstance(record[name], list):
        found[name] = known | _standing(here, place)
    elif len(steps) == 1:
        found[name] = [known | _standing(None, place) for _ in record[name]]
    else:
        number = int(steps[1])
        here = found[name] = [*(here or [])]
        here.extend(dict(known) for _ in range(len(here), number + 1))
        here[number] = known | _standing(here[number], place)


def _standing(before: dict[str, Any] | None, place: list[Any] | None) -> dict[str, Any]:
    if place:
        return {"page": place[0], "box": place[1]}
    return {"page": before["page"], "box": before["box"]} if before else {}


def meant(record: dict[str, Any]) -> dict[str, Any]:
    """All that links, items and answers are worked out from: the values, and whether those need a look that answers are judged by."""
    unsure = {name: (record["_found"].get(name) or {}).get("needs_look") for name in JUDGED}
    return {name: value for name, value in record.items() if name != "_found"} | {"_unsure": unsure}


def public(record: dict[str, Any]) -> dict[str, Any]:
    """The record as the contract shows it: private notes on items left off, `_found` kept."""
    out = dict(record)
    for name in values.ITEM_LISTS:
        out[name] = [{part: value for part, value in item.items() if not part.startswith("_")} for item in record[name]]
    return out


def looks(record: dict[str, Any]) -> list[str]:
    """Fields and items a person must look at: unsure ones, and blank ones that registering needs."""
    out = []
    for name, found in record["_found"].items():
        if isinstance(found, list):
            out += [f"{name}.{number}" for number, one in enumerate(found) if one["needs_look"]]
        elif found["needs_look"] if found else name in _ESSENTIAL:
            out.append(name)
    return out
