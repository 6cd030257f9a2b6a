"""Trao đổi: entries as JSON and CSV, and in the fields of Decree 30/2020, Annex VI, for other programs."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from vanthu.exports.record_json import outward
from vanthu.register import codes

Shown = Mapping[str, Any]

COLUMNS = (
    *("id", "book", "number", "received_on", "state", "direction", "code", "doc_type", "issued_on", "place", "issuer", "parent"),
    *("subject", "urgency", "signer", "addressees", "recipients", "replies_to", "next_due", "open_items", "files"),
)

ANNEX_VI = (
    *("OrganId", "FileCatalog", "FileNotation", "DocOrdinal", "TypeName", "CodeNumber", "CodeNotation", "IssuedDate", "OrganName"),
    *("Subject", "Language", "PageAmount", "Description", "ArrivalDate", "ArrivalNumber", "Position", "FullName", "Priority"),
    *("ToPlaces", "TraceHeaderList", "DueDate"),
)
"""The 18 fields of an incoming document; FileCode and SignerInfo are three and two of these columns."""

_LENGTHS = {
    "OrganId": 13,
    "FileNotation": 20,
    "TypeName": 100,
    "CodeNumber": 11,
    "CodeNotation": 30,
    "OrganName": 200,
    "Subject": 500,
    "Description": 500,
    "Position": 100,
    "FullName": 50,
    "ToPlaces": 1000,
}
_URGENCY = {None: 0, "khẩn": 1, "thượng khẩn": 2, "hỏa tốc": 3}


def as_json(shown: Shown) -> dict[str, Any]:
    """All that the register knows of an entry, the record as in docs/record.md."""
    names = ("id", "number", "book", "direction", "received_on", "state", "void_reason", "links", "follow_ups")
    files = [{"name": file["name"], "sha256": file["sha256"], "role": file["role"], "size": file["size"]} for file in shown["files"]]
    record = outward(shown["record"], ()) if shown["record"] else None
    return {name: shown[name] for name in names} | {"record": record, "files": files}


def as_row(shown: Shown) -> dict[str, Any]:
    """An entry as a line of COLUMNS; lists are joined by `; `, days are ISO."""
    record = shown["record"] or {}
    open_items = [item for item in shown["follow_ups"] if item["state"] in ("open", "in_progress") and not item["stale"]]
    listed = {name: "; ".join(record.get(name) or ()) for name in ("addressees", "recipients", "replies_to")}
    return (
        {name: shown.get(name, record.get(name)) for name in COLUMNS}
        | listed
        | {
            "signer": (record.get("signer") or {}).get("name"),
            "next_due": min((item["due_on"] for item in open_items if item["due_on"]), default=None),
            "open_items": len(open_items),
            "files": "; ".join(file["name"] for file in shown["files"]),
        }
    )


def annex_vi(shown: Shown, organ_id: str) -> dict[str, Any]:
    """An entry in the fields of Annex VI, cut to their lengths; what the register does not know (the file's code) is blank."""
    record = shown["record"] or {}
    signer = record.get("signer") or {}
    code, symbol = record.get("code") or "", codes.symbol(record.get("code")) or ""
    due = sorted(item["due_on"] for item in shown["follow_ups"] if item["due_on"] and not item["stale"])
    values = {
        "OrganId": organ_id,
        "FileCatalog": shown["year"],
        "TypeName": (record.get("doc_type") or "").capitalize(),
        "CodeNumber": code[: len(code) - len(symbol)].rstrip("/- "),
        "CodeNotation": symbol,
        "IssuedDate": _date(record.get("issued_on")),
        "OrganName": record.get("issuer"),
        "Subject": record.get("subject"),
        "Language": "Tiếng Việt",
        "PageAmount": shown.get("page_count"),
        "Description": shown["void_reason"],
        "ArrivalDate": _date(shown["received_on"]),
        "ArrivalNumber": shown["arrival_number"],
        "Position": signer.get("position"),
        "FullName": signer.get("name"),
        "Priority": _URGENCY.get(record.get("urgency"), 0),
        "ToPlaces": "; ".join(dict.fromkeys(item["unit"] for item in shown["follow_ups"] if item["unit"])),
        "TraceHeaderList": json.dumps(_trace(shown), ensure_ascii=False),
        "DueDate": _date(due[0]) if due else None,
    }
    return {name: _cut(values.get(name), _LENGTHS.get(name)) for name in ANNEX_VI}


def _trace(shown: Shown) -> list[dict[str, Any]]:
    """Ý kiến phân phối, chỉ đạo, trạng thái xử lý: where each item stands."""
    return [{"unit": item["unit"], "due_on": item["due_on"], "state": item["state"], "note": item["note"]} for item in shown["follow_ups"]]


def _date(value: str | None) -> str | None:
    return "/".join(reversed(value[:10].split("-"))) if value else None


def _cut(value: Any, length: int | None) -> Any:
    return value[: length - 1] + "…" if length and isinstance(value, str) and len(value) > length else value


def to_csv(names: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """CSV that Excel opens as it is: UTF-8 with its mark, commas; what would become a formula there is led by an apostrophe."""
    out = io.StringIO()
    writer = csv.DictWriter(out, [*names], lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _harmless(value) for name, value in row.items()} for row in rows)
    return "\ufeff" + out.getvalue()


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
