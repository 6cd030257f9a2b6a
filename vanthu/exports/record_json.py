"""What an entry says, as files under the outputs: the record (docs/record.md) and the text."""

from pathlib import Path
from typing import Any

from vanthu.exports.files import to_json, write_whole

_LINE = ("id", "number", "book", "received_on", "direction")


def outward(record: dict[str, Any]) -> dict[str, Any]:
    """The record without what the register keeps in it for itself."""
    return {name: _bare(value) if name != "_found" else value for name, value in record.items()}


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: part for name, part in value.items() if not name.startswith("_")}
    return [_bare(item) for item in value] if isinstance(value, list) else value


def paths(folder: Path, entry_id: int) -> tuple[Path, Path]:
    """Where the record and the text of an entry lie."""
    return folder / "records" / f"{entry_id}.json", folder / "records" / f"{entry_id}.txt"


def write(folder: Path, shown: dict[str, Any], text: str) -> None:
    """Write both, or take both away where the entry has no record any more; `shown` is what the register shows of the entry."""
    record, plain = paths(folder, shown["id"])
    if shown["record"] is None:
        record.unlink(missing_ok=True)
        plain.unlink(missing_ok=True)
        return
    write_whole(plain, text)
    write_whole(record, to_json({name: shown[name] for name in _LINE} | outward(shown["record"])) + "\n")
