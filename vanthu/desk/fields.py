"""The values of an entry as rows of a page, and where they stand on its pages."""

import json
from typing import Any

from vanthu.desk.pictures import on_scan

Row = dict[str, Any]

PLAIN = ("doc_type", "code", "issued_on", "place", "issuer", "parent", "subject", "urgency", "secrecy", "archive")
LISTS = ("addressees", "recipients", "replies_to", "difficulties", "recommendations")
PARTS = {"signer": ("name", "position", "authority"), "received_stamp": ("number", "date"), "period": ("text", "start", "end")}
ORDER = (
    "code",
    "issued_on",
    "doc_type",
    "issuer",
    "parent",
    "subject",
    "place",
    "urgency",
    "secrecy",
    "signer",
    "received_stamp",
    "addressees",
    "recipients",
    "archive",
    "replies_to",
    "period",
    "difficulties",
    "recommendations",
    "references",
    "deadlines",
    "tasks",
)
_DATES = ("issued_on", "received_stamp.date", "period.start", "period.end")


def rows(shown: Row) -> list[Row]:
    """`{key, kind, value, items, look, confidence, rule, place, edits}` of every field, unsure ones first.

    `edits`: `{field, value, kind}` of what can be corrected; `place`: key of its boxes, None where it stands nowhere.
    """
    record = shown["record"]
    if record is None:
        return []
    known = [name for name in ORDER if name in record]  # an entry read before a field was added has it after it is read again
    made = [_list(record, name) if isinstance(record[name], list) else _single(record, name) for name in known]
    looks = {look.split(".")[0] for look in shown["looks"]}
    return sorted((row | {"look": row["key"] in looks} for row in made), key=lambda row: not row["look"])


def _single(record: Row, name: str) -> Row:
    value, found = record[name], record["_found"].get(name)
    if name in PARTS:
        parts = [{"field": f"{name}.{part}", "value": (value or {}).get(part), "kind": _kind(f"{name}.{part}")} for part in PARTS[name]]
        edits = parts
    else:
        edits = [{"field": name, "value": value, "kind": _kind(name)}]
    return {"key": name, "kind": "single", "value": value, "items": [], "edits": edits} | _evidence(name, found)


def _list(record: Row, name: str) -> Row:
    found = record["_found"].get(name) or []
    items = [
        {"value": value, "key": f"{name}.{n}"} | _evidence(f"{name}.{n}", found[n] if n < len(found) else None)
        for n, value in enumerate(record[name])
    ]
    edits = [{"field": name, "value": "\n".join(record[name]), "kind": "list"}] if name in LISTS else []
    nothing: Row = {"confidence": None, "rule": None, "place": None, "candidates": []}
    return {"key": name, "kind": "list", "value": record[name], "items": items, "edits": edits} | nothing


def _evidence(key: str, found: Row | None) -> Row:
    if found is None:
        return {"confidence": None, "rule": None, "place": None, "candidates": []}
    place = key if found["page"] and found["box"] else None
    return {"confidence": found["confidence"], "rule": found["rule"], "place": place, "candidates": found.get("candidates", [])}


def _kind(field: str) -> str:
    if field in _DATES:
        return "date"
    return "long" if field in ("subject",) else "text"


def page_views(pages: list[Row], record: Row | None, main: Row | None) -> list[Row]:
    """`{number, width, height, picture, text, notes, boxes}` of each page; `picture` False where there is only text."""
    boxes = _boxes(record) if record else []
    return [
        {
            "number": page["number"],
            "width": page["width"],
            "height": page["height"],
            "rotation": page["rotation"] or 0,
            "picture": main is not None and page["source"] not in ("docx", "failed"),
            "text": page["text"],
            "notes": json.loads(page["notes"] or "[]"),
            "boxes": [(key, on_scan(page, box)) for key, number, box in boxes if number == page["number"]],
        }
        for page in pages
    ]


def crops(pages: list[Row]) -> dict[str, Row]:
    """The part of the scan round each box, for what must be seen to be read: `{page, rotation, left, top, width, height, …}`."""
    out: dict[str, Row] = {}
    for page in pages:
        for key, box in page["boxes"] if page["picture"] else []:
            left, top = max(0, box.left - box.height), max(0, box.top - box.height // 2)
            out[key] = {
                "page": page["number"],
                "rotation": page["rotation"],
                "page_width": page["width"],
                "page_height": page["height"],
                "left": left,
                "top": top,
                "width": min(page["width"] - left, box.width + 2 * box.height),
                "height": min(page["height"] - top, 2 * box.height),
            }
    return out


def _boxes(record: Row) -> list[tuple[str, int, list[int]]]:
    out = []
    for name, found in record["_found"].items():
        for key, one in [(f"{name}.{n}", one) for n, one in enumerate(found)] if isinstance(found, list) else [(name, found)]:
            if one and one["page"] and one["box"]:
                out.append((key, one["page"], one["box"]))
    return out
