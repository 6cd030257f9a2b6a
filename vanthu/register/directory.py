"""Danh bạ: departments of ours and outside bodies that we write to, the people in them, and who sits in for whom."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from models.context import Office
from models.text import fold, one_line
from vanthu.register import bodies, directory_file, events, roles
from vanthu.register.connection import Base

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Directory:
    """The directory of one register."""

    base: Base

    def take(self, path: Path, *, who: str) -> Row:
        """Nhập danh bạ from a CSV or Excel file: `{departments, people, unclear}`; rows that are there are brought up to date.

        `unclear` lists what was left out, a sentence each. Follow-up items are told anew whom they charge.
        """
        read = directory_file.read(path)
        with self.base.transaction():
            known = {name: self._department(row) for name, row in read.departments.items()}
            unclear = [*read.unclear]
            for person in read.people:
                _person(self.base, person, known, unclear)
            events.add(self.base, "directory", who=who, departments=len(read.departments), people=len(read.people))
            roles.settle(self.base, office(self.base))
        return {"departments": len(read.departments), "people": len(read.people), "unclear": unclear}

    def departments(self) -> list[Row]:
        """`{id, kind, name, aliases, email, people}`: `kind` is `unit` (ours) or `body` (an outside body)."""
        people = self.people()
        rows = self.base.rows("SELECT id, kind, name, aliases, email FROM departments WHERE active=1 ORDER BY kind DESC, name")
        return [
            row
            | {
                "aliases": json.loads(row["aliases"]),
                "people": [person for person in people if person["department_id"] == row["id"]],
            }
            for row in rows
        ]

    def people(self) -> list[Row]:
        """`{id, name, aliases, position, email, department, department_id, deputy, away_from, away_until, acting}`.

        `acting` is who sits in today: the deputy of one who is away, else None.
        """
        rows = self.base.rows(
            """SELECT s.id, s.name, s.aliases, s.position, s.email, d.name AS department, s.department_id, s.deputy,
                 s.away_from, s.away_until
               FROM staff s LEFT JOIN departments d ON d.id=s.department_id WHERE s.active=1 ORDER BY d.name, s.id"""
        )
        today = self.base.today.isoformat()
        return [row | {"aliases": json.loads(row["aliases"]), "acting": row["deputy"] if _away(row, today) else None} for row in rows]

    def away(self, name: str, deputy: str | None, first: date | None, last: date | None, *, who: str) -> bool:
        """Ủy quyền: `deputy` sits in for a person from `first` to `last`; None takes it back. False where nobody has the name."""
        with self.base.transaction():
            row = self.base.row("SELECT id FROM staff WHERE name_key=? AND active=1", person_key(name))
            if row is None:
                return False
            days = {"away_from": first and first.isoformat(), "away_until": last and last.isoformat()}
            self.base.db["staff"].update(row["id"], {"deputy": deputy} | days)
            events.add(self.base, "away", who=who, person=row["id"])
            return True

    def unit_of(self, name: str) -> str:
        """The department that a name, an alias or a person of it means; the name itself where the directory does not know it."""
        return unit_of(self.base, name)

    def _department(self, row: Row) -> int:
        known = self.base.value("SELECT id FROM departments WHERE name_key=?", row["name_key"])
        if known is not None:
            self.base.db["departments"].update(known, row)
            return int(known)
        return int(self.base.db["departments"].insert(row, pk="id").last_pk)


def _person(base: Base, row: Row, known: dict[str, int], unclear: list[str]) -> None:
    unit = row.pop("unit")
    department = known.get(bodies.key(unit)) or _department_id(base, unit)
    if unit and department is None:
        unclear.append(f"{row['name']}: {unit}")
        return
    there = base.value("SELECT id FROM staff WHERE name_key=? AND department_id IS ?", row["name_key"], department)
    full = row | {"department_id": department}
    if there is None:
        base.db["staff"].insert(full, pk="id")
    else:
        base.db["staff"].update(there, full)


def _away(row: Row, today: str) -> bool:
    """Away without days: until it is taken back."""
    if not row["deputy"]:
        return False
    if not row["away_from"] and not row["away_until"]:
        return False
    return (row["away_from"] or "") <= today <= (row["away_until"] or "9")


def person_key(name: str) -> str:
    """A person's name to compare by."""
    return one_line(fold(name))


def _department_id(base: Base, name: str | None) -> int | None:
    wanted = bodies.key(name)
    if not wanted:
        return None
    for row in base.rows("SELECT id, name_key, aliases FROM departments WHERE active=1 ORDER BY id"):
        if wanted == row["name_key"] or wanted in map(bodies.key, json.loads(row["aliases"])):
            return int(row["id"])
    return None


def unit_of(base: Base, name: str) -> str:
    """The department that a name, an alias or a person of it means; the name itself where the directory does not know it."""
    found = _department_id(base, name)
    if found is None:
        key = person_key(name)
        sql = "SELECT department_id, name_key, aliases FROM staff WHERE active=1"
        people = [row for row in base.rows(sql) if key == row["name_key"] or key in map(person_key, json.loads(row["aliases"]))]
        found = people[0]["department_id"] if len({row["department_id"] for row in people}) == 1 else None
    if found is None:
        aliases = next((unit for unit in base.office.units if bodies.key(name) in map(bodies.key, unit)), (name,))
        return aliases[0]
    return str(base.value("SELECT name FROM departments WHERE id=?", found))


def office(base: Base) -> Office:
    """Our office with the units that the settings name and those of the directory."""
    rows = base.rows("SELECT name, aliases FROM departments WHERE kind='unit' AND active=1 ORDER BY id")
    units = tuple((row["name"], *json.loads(row["aliases"])) for row in rows)
    return Office(base.office.names, (*base.office.units, *units))


def outside(base: Base) -> list[str]:
    """Names of the bodies outside the office that the directory has."""
    return [row["name"] for row in base.rows("SELECT name FROM departments WHERE kind='body' AND active=1 ORDER BY id")]
