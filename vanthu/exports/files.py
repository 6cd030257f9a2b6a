"""Files under the outputs: whole or not there."""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def to_json(value: Any) -> str:
    """JSON as people can read it: not escaped, indented."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def to_lines(values: Iterable[Any]) -> str:
    """JSON Lines: one value a line."""
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)


def write_whole(path: Path, text: str) -> None:
    """Write `text` (UTF-8) in place of `path` at one stroke."""
    write_whole_bytes(path, text.encode("utf-8"))


def write_whole_bytes(path: Path, data: bytes) -> None:
    """Write `data` in place of `path` at one stroke: a kill leaves the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    passing = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with passing.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        passing.replace(path)
    finally:
        passing.unlink(missing_ok=True)
