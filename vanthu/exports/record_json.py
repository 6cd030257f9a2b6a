"""What an entry says, as files under the outputs: the record (docs/record.md) and the text."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from models.document import Box, Page
from vanthu.exports.files import to_json, write_whole

_LINE = ("id", "number", "book", "received_on", "direction")


def outward(record: dict[str, Any], pages: Iterable[Page]) -> dict[str, Any]:
    """The record without what the register keeps in it for itself, the boxes of its evidence as they stand on the upright scan."""
    sheets = {page.number: page for page in pages}
    found = {
        name: [on_scan(one, sheets) for one in evidence] if isinstance(evidence, list) else on_scan(evidence, sheets)
        for name, evidence in record.get("_found", {}).items()
    }
    return {name: _bare(value) for name, value in record.items() if name != "_found"} | {"_found": found}


def pages_of(rows: Iterable[dict[str, Any]]) -> list[Page]:
    """Pages, without their lines, as the register keeps them."""
    return [
        Page(
            row["number"], row["width"], row["height"], 0, row["source"], warp=tuple(json.loads(row["warp"] or "[]"))
        )  # dpi does not matter
        for row in rows
    ]


def on_scan(evidence: dict[str, Any] | None, pages: dict[int, Page]) -> dict[str, Any] | None:
    """Evidence with its box as it stands on the upright scan."""
    if evidence is None or not evidence["box"] or evidence["page"] not in pages:
        return evidence
    box = pages[evidence["page"]].on_scan(Box(*evidence["box"]))
    return evidence | {"box": [box.left, box.top, box.right, box.bottom]}


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: part for name, part in value.items() if not name.startswith("_")}
    return [_bare(item) for item in value] if isinstance(value, list) else value


def paths(folder: Path, entry_id: int) -> tuple[Path, Path]:
    """Where the record and the text of an entry lie."""
    return folder / "records" / f"{entry_id}.json", folder / "records" / f"{entry_id}.txt"


def write(folder: Path, shown: dict[str, Any], text: str, pages: Iterable[Page]) -> None:
    """Write both, or take both away where the entry has no record any more; `shown` is what the register shows of the entry."""
    record, plain = paths(folder, shown["id"])
    if shown["record"] is None:
        record.unlink(missing_ok=True)
        plain.unlink(missing_ok=True)
        return
    write_whole(plain, text)
    write_whole(record, to_json({name: shown[name] for name in _LINE} | outward(shown["record"], pages)) + "\n")
