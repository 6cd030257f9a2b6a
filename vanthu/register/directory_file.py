"""Tệp danh bạ: the rows of a directory in CSV or Excel, their headings matched loosely.

| heading | also | means |
|---|---|---|
| `loại` | `kind` | `đơn vị` (ours), `cơ quan` (an outside body), `người` |
| `tên` | `name` | |
| `tên khác` | `aliases` | parted by `;` or `|` |
| `đơn vị` | `unit` | of a person |
| `chức vụ` | `position` | |
| `email` | `thư điện tử` | |
| `người thay` | `deputy` | who sits in |
| `vắng từ`, `vắng đến` | `away_from`, `away_until` | the days on which the deputy does; without them never |
| `còn dùng` | `active` | `không` takes the row out of use |
"""

import json
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from models.text import fold, one_line
from vanthu.errors import WrongUse
from vanthu.register import bodies, values

Row = dict[str, Any]

_HEADINGS = {
    "kind": ("loai", "kind"),
    "name": ("ten", "name", "ho ten", "ho va ten", "ten don vi"),
    "aliases": ("ten khac", "aliases", "ten viet tat", "viet tat"),
    "unit": ("don vi", "unit", "phong ban", "thuoc don vi"),
    "position": ("chuc vu", "position"),
    "email": ("email", "thu dien tu", "e-mail"),
    "deputy": ("nguoi thay", "deputy", "nguoi duoc uy quyen", "uy quyen"),
    "away_from": ("vang tu", "away_from", "tu ngay"),
    "away_until": ("vang den", "away_until", "den ngay"),
    "active": ("con dung", "active"),
}
_KINDS = {
    "unit": ("don vi", "phong", "unit", "phong ban", "noi bo"),
    "body": ("co quan", "body", "ngoai", "co quan ngoai"),
    "person": ("nguoi", "person", "can bo", "cong chuc"),
}
_NOT = ("khong", "no", "0", "false")


@dataclass
class Read:
    """Departments by the key of their name, people, and what was left out."""

    departments: dict[str, Row] = field(default_factory=dict)
    people: list[Row] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)


def read(path: Path) -> Read:
    """What a file says; WrongUse where it has no headings for a kind and a name."""
    found = Read()
    from vanthu.register.moving_in import table  # searching need not wait for it

    (sheet, *_) = table.read(path)
    columns: dict[str, int] = {}
    for number, cells in sheet.rows:
        if not columns:
            columns = _columns(cells)
            continue
        row = {name: str(cells[place]) for name, place in columns.items() if place < len(cells) and cells[place] is not None}
        _take(found, row, number)
    if not columns:
        raise WrongUse("directory.headings", path=path.name)
    return found


def _columns(cells: tuple[Any, ...]) -> dict[str, int]:
    """Headings → places; empty where the row is none of headings."""
    folded = [one_line(fold(str(cell or ""))) for cell in cells]
    places = {name: folded.index(word) for name, words in _HEADINGS.items() for word in reversed(words) if word in folded}
    return places if {"kind", "name"} <= places.keys() else {}


def _take(found: Read, row: Row, number: int) -> None:
    kind = next((kind for kind, words in _KINDS.items() if one_line(fold(row.get("kind", ""))) in words), None)
    if kind is None or not row.get("name"):
        found.unclear.append(f"{number}: {row.get('kind', '')} {row.get('name', '')}".rstrip())
        return
    plain = {
        "name": row["name"],
        "aliases": _aliases(row.get("aliases", "")),
        "email": row.get("email"),
        "active": int(fold(row.get("active", "")) not in _NOT),
    }
    if kind != "person":
        key = bodies.key(row["name"])
        found.departments[key] = plain | {"kind": kind, "name_key": key}
        return
    found.people.append(
        plain
        | {"name_key": one_line(fold(row["name"])), "unit": row.get("unit"), "position": row.get("position"), "deputy": row.get("deputy")}
        | {name: _day(row.get(name)) for name in ("away_from", "away_until")}
    )


def _aliases(text: str) -> str:
    return json.dumps([part.strip() for part in re.split(r"[;|]", text) if part.strip()], ensure_ascii=False)


def _day(value: str | None) -> str | None:
    day: date | None = values.parse_date(value.split(" ")[0]) if value else None
    return day.isoformat() if day else None
