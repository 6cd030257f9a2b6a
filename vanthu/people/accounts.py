"""Tài khoản: made, changed and locked; never deleted, since the register bears their names."""

import re
import unicodedata
from typing import Any

from models.text import clean, one_line
from vanthu.errors import NotFound, WrongUse
from vanthu.people import passwords
from vanthu.people.base import People
from vanthu.people.person import ROLES, Person, Role

_LOGIN = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,38}[a-z0-9])?")
_LONGEST_NAME = 80


def add(people: People, login: str, name: str, role: Role, *, password: str, by: str, unit: str | None = None) -> Person:
    """A new account; WrongUse where a value will not do. Nobody is cleared by being added."""
    login = _login(login)
    row = {"login": login, "name": _name(name), "role": _role(role), "unit": _unit(role, unit), "cleared": 0}
    passwords.check_new(password, login)
    kept = passwords.hashed(password)
    with people.base.transaction():
        if people.base.value("SELECT 1 FROM people WHERE login=?", login):
            raise WrongUse("people.login_taken", login=login)
        if people.base.value("SELECT 1 FROM people WHERE name=?", row["name"]):
            raise WrongUse("people.name_taken", name=row["name"])
        made = people.base.db["people"].insert(row | {"password": kept, "made_at": people.base.now()}, pk="id").last_pk
        people.tell("added", who=by, about=f"{login} {role}")
    return get(people, int(made))


def _login(text: str) -> str:
    login = text.strip().casefold()
    if not _LOGIN.fullmatch(login):
        raise WrongUse("people.bad_login")
    return login


def _name(text: str) -> str:
    name = one_line(clean(text)).strip()
    if not name or len(name) > _LONGEST_NAME or any(unicodedata.category(letter).startswith("C") for letter in name):
        raise WrongUse("people.bad_name")
    return name


def _role(role: str) -> str:
    if role not in ROLES:
        raise WrongUse("people.bad_role", role=role, known=", ".join(ROLES))
    return role


def _unit(role: str, unit: str | None) -> str | None:
    named = (unit or "").strip() or None
    if role == "unit" and named is None:
        raise WrongUse("people.no_unit")
    return named


def _person(row: dict[str, Any]) -> Person:
    return Person(row["name"], row["unit"], row["role"], bool(row["cleared"]), row["id"], row["login"])


def get(people: People, person_id: int) -> Person:
    """One account; NotFound."""
    row = people.base.row("SELECT * FROM people WHERE id=?", person_id)
    if row is None:
        raise NotFound("people.nobody", login=person_id)
    return _person(row)


def find(people: People, login: str) -> Person:
    """The account of a log-in name; NotFound."""
    row = people.base.row("SELECT * FROM people WHERE login=?", login.strip().casefold())
    if row is None:
        raise NotFound("people.nobody", login=login)
    return _person(row)


def listed(people: People) -> list[dict[str, Any]]:
    """`{id, login, name, role, unit, cleared, locked, made_at, seen}` of every account, by name of log-in."""
    rows = people.base.rows(
        """SELECT id, login, name, role, unit, cleared, locked_at IS NOT NULL AS locked, made_at,
           (SELECT max(seen) FROM sessions s WHERE s.person_id=people.id) AS seen FROM people ORDER BY login"""
    )
    return [row | {"cleared": bool(row["cleared"]), "locked": bool(row["locked"])} for row in rows]


def count(people: People) -> int:
    """How many accounts there are, locked ones too: a desk that had two users does not open again by locking one."""
    return int(people.base.value("SELECT count(*) FROM people"))


def sole(people: People) -> Person | None:
    """The one account there is; None where there are none or more."""
    rows = people.base.rows("SELECT * FROM people LIMIT 2")
    return _person(rows[0]) if len(rows) == 1 else None


def any_cleared(people: People) -> bool:
    """True where somebody may see secret documents."""
    return people.base.value("SELECT 1 FROM people WHERE cleared=1 AND locked_at IS NULL") is not None


def set_role(people: People, person: Person, role: str, unit: str | None, *, by: str) -> None:
    """Another role; the last administrator stays one."""
    change = {"role": _role(role), "unit": _unit(role, unit)}
    with people.base.transaction():
        if role != "administrator":
            _keep_an_administrator(people, person)
        people.base.db["people"].update(person.id, change)
        people.tell("role", who=by, about=f"{person.login} {role}")


def clear(people: People, person: Person, cleared: bool, *, by: str) -> None:
    """Whether the person may see documents marked MẬT and above; role and clearance have nothing to do with each other."""
    with people.base.transaction():
        people.base.db["people"].update(person.id, {"cleared": int(cleared)})
        people.tell("cleared" if cleared else "not_cleared", who=by, about=person.login)


def lock(people: People, person: Person, locked: bool, *, by: str) -> None:
    """A locked account cannot log in, and what it had open is closed at once."""
    with people.base.transaction():
        if locked:
            _keep_an_administrator(people, person)
            people.base.db["sessions"].delete_where("person_id=?", [person.id])
        else:
            people.base.db["failures"].delete_where("subject=?", [f"account:{person.login}"])
        people.base.db["people"].update(person.id, {"locked_at": people.base.now() if locked else None})
        people.tell("locked" if locked else "unlocked", who=by, about=person.login)


def set_password(people: People, person: Person, password: str, *, by: str) -> None:
    """Another password; whatever was open under the old one is closed."""
    passwords.check_new(password, person.login)
    kept = passwords.hashed(password)
    with people.base.transaction():
        people.base.db["people"].update(person.id, {"password": kept})
        people.base.db["sessions"].delete_where("person_id=?", [person.id])
        people.tell("password", who=by, about=person.login)


def _keep_an_administrator(people: People, person: Person) -> None:
    others = "SELECT 1 FROM people WHERE role='administrator' AND locked_at IS NULL AND id<>?"
    if person.role == "administrator" and people.base.value(others, person.id) is None:
        raise WrongUse("people.last_administrator")
