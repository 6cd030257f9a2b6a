"""The values of an entry as rows of a page, and where they stand on its pages."""

import json
from typing import Any

from vanthu.desk import edits
from vanthu.desk.pictures import on_scan

Row = dict[str, Any]

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
BY_HAND = ("code", "issued_on", "received_stamp")
"""What is often written by hand: on a scan it stands beside its picture, sure or not."""


def rows(shown: Row) -> list[Row]:
    """`{key, value, items, edits, look, confidence, rule, place, candidates}` of every field, unsure ones first.

    `edits`: the fields to type in; `place`: key of its boxes, None where it stands nowhere; `items` of lists of items alone.
    """
    record = shown["record"]
    if record is None:
        return []
    known = [name for name in ORDER if name in record]  # an entry read before a field was added has it after it is read again
    looks = shown["looks"]
    made = [_items(record, name, looks) if name in edits.ITEMS else _single(record, name) for name in known]
    unsure = {look.split(".")[0] for look in looks}
    return sorted((row | {"look": row["key"] in unsure} for row in made), key=lambda row: not row["look"])


def _single(record: Row, name: str) -> Row:
    found = record["_found"].get(name)
    plain: Row = {"key": name, "value": record[name], "items": [], "edits": edits.of_field(record, name)}
    if not isinstance(record[name], list):
        return plain | _evidence(name, found)
    places = [key for n, one in enumerate(found or []) if (key := _evidence(f"{name}.{n}", one)["place"])]
    return plain | _evidence(name, None) | {"place": places[0] if places else None}


def _items(record: Row, name: str, looks: list[str]) -> Row:
    found = record["_found"].get(name) or []
    items = [
        {"value": value, "key": f"{name}.{n}", "look": f"{name}.{n}" in looks}
        | _evidence(f"{name}.{n}", found[n] if n < len(found) else None)
        for n, value in enumerate(record[name])
    ]
    return {"key": name, "value": record[name], "items": items, "edits": []} | _evidence(name, None)


def _evidence(key: str, found: Row | None) -> Row:
    if found is None:
        return {"confidence": None, "rule": None, "place": None, "candidates": []}
    place = key if found["page"] and found["box"] else None
    return {"confidence": found["confidence"], "rule": found["rule"], "place": place, "candidates": found.get("candidates", [])}


def page_views(pages: list[Row], record: Row | None, main: Row | None) -> list[Row]:
    """`{number, width, height, picture, text, notes, boxes, …}` of each page; `picture` False where there is only text."""
    boxes = _boxes(record) if record else []
    return [
        {
            "number": page["number"],
            "width": page["width"],
            "height": page["height"],
            "rotation": page["rotation"] or 0,
            "scanned": page["source"] == "ocr",
            "picture": main is not None and page["source"] not in ("docx", "xlsx", "failed"),
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
            # a short value is shown with what stands round it, or nobody sees what it is
            aside = max(box.height, (11 * box.height - box.width) // 2)
            left, top = max(0, box.left - aside), max(0, box.top - box.height // 2)
            out[key] = {
                "page": page["number"],
                "rotation": page["rotation"],
                "scanned": page["scanned"],
                "page_width": page["width"],
                "page_height": page["height"],
                "left": left,
                "top": top,
                "width": min(page["width"] - left, box.width + 2 * aside),
                "height": min(page["height"] - top, 2 * box.height),
            }
    return out


def crop_of(row: Row, crops: dict[str, Row]) -> Row | None:
    """The crop that must stand beside a value: of an unsure one, and of what a hand may have written; None where none need."""
    crop = crops.get(row["place"] or "")
    return crop if crop and (row["look"] or (row["key"] in BY_HAND and crop["scanned"])) else None


def _boxes(record: Row) -> list[tuple[str, int, list[int]]]:
    out = []
    for name, found in record["_found"].items():
        for key, one in [(f"{name}.{n}", one) for n, one in enumerate(found)] if isinstance(found, list) else [(name, found)]:
            if one and one["page"] and one["box"]:
                out.append((key, one["page"], one["box"]))
    return out
