"""Mã truy cập: named keys for programs, each with a role, kept as a hash and revocable; none opens secret documents."""

import secrets
from typing import Any

from models.text import clean, one_line
from vanthu.errors import NotFound, WrongUse
from vanthu.people.base import People
from vanthu.people.person import ROLES, Person
from vanthu.people.sessions import hash_of

PREFIX = "vanthu_"
"""So that a key that was committed or mailed by mistake is found."""


def make(people: People, name: str, role: str, *, by: str, unit: str | None = None) -> str:
    """A new key; this is the only time it is seen."""
    named, unit = one_line(clean(name)).strip(), (unit or "").strip() or None
    if not named or len(named) > 60:
        raise WrongUse("people.bad_name")
    if role not in ROLES:
        raise WrongUse("people.bad_role", role=role, known=", ".join(ROLES))
    if role == "unit" and unit is None:
        raise WrongUse("people.no_unit")
    key = PREFIX + secrets.token_urlsafe(32)
    with people.base.transaction():
        if people.base.value("SELECT 1 FROM tokens WHERE name=? AND revoked_at IS NULL", named):
            raise WrongUse("people.name_taken", name=named)
        row = {"name": named, "key": hash_of(key), "role": role, "unit": unit, "made_by": by, "made_at": people.base.now()}
        people.base.db["tokens"].insert(row)
        people.tell("token_made", who=by, about=named)
    return key


def find(people: People, key: str) -> Person | None:
    """Whose key it is; None where there is none or it was revoked. The day of its last use is kept."""
    row = people.base.row("SELECT * FROM tokens WHERE key=? AND revoked_at IS NULL", hash_of(key))
    if row is None:
        return None
    today = people.base.today.isoformat()
    if row["used_on"] != today:
        with people.base.transaction():
            people.base.db["tokens"].update(row["id"], {"used_on": today})
    return Person(f"API: {row['name']}", row["unit"], row["role"])


def revoke(people: People, token_id: int, *, by: str) -> None:
    """It is worth nothing from now on; NotFound."""
    with people.base.transaction():
        row = people.base.row("SELECT name FROM tokens WHERE id=? AND revoked_at IS NULL", token_id)
        if row is None:
            raise NotFound("people.no_token", id=token_id)
        people.base.db["tokens"].update(token_id, {"revoked_at": people.base.now()})
        people.tell("token_revoked", who=by, about=row["name"])


def listed(people: People) -> list[dict[str, Any]]:
    """`{id, name, role, unit, made_by, made_at, used_on, revoked_at}`, never the key."""
    return people.base.rows("SELECT id, name, role, unit, made_by, made_at, used_on, revoked_at FROM tokens ORDER BY id")
