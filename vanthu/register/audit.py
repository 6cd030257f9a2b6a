"""Kiểm toán nhật ký: each event's hash covers it and the hash before, so that none can be changed, left out or put in unseen.

Who can write to the file can work the whole chain out anew; the copies of each day under `audit/` are to be kept where he cannot.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vanthu.messages import say
from vanthu.register.connection import Base

COLUMNS = ("id", "at", "who", "what", "document_id", "file_id", "detail")
_SELECT = f"SELECT {', '.join(COLUMNS)}, hash FROM events "  # noqa: S608


_TAIL = 65_536


def digest(before: str, row: dict[str, Any]) -> str:
    """Hash of an event, over the hash of the one before it ("" for the first) and its columns in order."""
    content = [before, *(row[name] for name in COLUMNS)]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def faults(base: Base, folder: Path) -> list[str]:
    """Events that were changed, are missing or were put in: by the chain, by its end, and by the copies in `folder`."""
    found, before, expected = [], "", 1
    hashes: dict[int, str] = {}
    for row in _events(base, 0):
        if row["id"] != expected:
            found.append(say("audit.missing", first=expected, last=row["id"] - 1))
        elif digest(before, row) != row["hash"]:
            found.append(say("audit.changed", id=row["id"]))
        before, expected = row["hash"], row["id"] + 1
        hashes[row["id"]] = row["hash"]
    end = base.row("SELECT event_id, hash FROM chain") or {"event_id": -1, "hash": ""}
    if (end["event_id"], end["hash"]) != (expected - 1, before):
        found.append(say("audit.end", last=end["event_id"], there=expected - 1))
    return found + _unlike_copies(hashes, folder)


def export(base: Base, folder: Path) -> tuple[Path, list[dict[str, Any]]] | None:
    """(today's file, all its lines): those that it has, and the events since the last export; None where nothing happened."""
    files = _files(folder)
    fresh = [*_events(base, _last_id(files[-1]) if files else 0)]
    if not fresh:
        return None
    # never an earlier day than the last one's: a clock that was set back must not break the order
    today = folder / f"{base.today.isoformat()}.jsonl"
    target = max(today, files[-1]) if files else today
    return target, [*(_lines(target) if files and target == files[-1] else []), *fresh]


def _events(base: Base, after: int) -> Iterator[dict[str, Any]]:
    cursor = base.conn.execute(f"{_SELECT} WHERE id>? ORDER BY id", (after,))
    names = (*COLUMNS, "hash")
    for row in cursor:
        yield dict(zip(names, row, strict=True))


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("????-??-??.jsonl"))


def _last_id(file: Path) -> int:
    """The event of the last line; the day on which an old book moved in has very many."""
    with file.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - _TAIL))
        tail = stream.read().splitlines()
    lines = tail if len(tail) > 1 or size <= _TAIL else file.read_bytes().splitlines()
    return int(json.loads(lines[-1])["id"]) if lines else 0


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _unlike_copies(hashes: dict[int, str], folder: Path) -> list[str]:
    """Events that are no longer what was exported, and copies that were changed themselves."""
    found, before, expected = [], "", 1
    for file in _files(folder):
        try:
            lines = _lines(file)
            for line in lines:
                if line["id"] != expected or digest(before, line) != line["hash"]:
                    found.append(say("audit.copy", file=file.name, id=line["id"]))
                elif hashes.get(line["id"]) != line["hash"]:
                    found.append(say("audit.unlike", id=line["id"], file=file.name))
                before, expected = line["hash"], line["id"] + 1
        except (ValueError, KeyError, TypeError, OSError) as error:
            found.append(say("audit.unreadable", file=file.name, error=error))
    return found
