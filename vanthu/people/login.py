"""Đăng nhập: a name and a password, and how long one who guesses has to wait."""

from vanthu.errors import VanthuError
from vanthu.people import passwords
from vanthu.people.base import People
from vanthu.people.person import Person

FREE = {"account": 5, "address": 20}
"""Failures before the first wait: an office behind one address has many people who mistype."""

_FIRST_WAIT = 30.0
_LONGEST_WAIT = 3600.0
_FORGOTTEN = 24 * 3600.0
_LONGEST_LOGIN = 40


class Refused(VanthuError):
    """Wrong name or password, or a locked account: which of them is not said."""


class Wait(VanthuError):
    """Too many failures; `values["seconds"]` says how long nothing will be checked."""


def log_in(people: People, login: str, password: str, address: str) -> Person:
    """The person; Refused, or Wait while nothing is checked. A try is counted before it is checked: many at once gain nothing."""
    name = login.strip().casefold()[:_LONGEST_LOGIN]
    subjects = (f"account:{name}", f"address:{address}")
    with people.base.transaction():
        wait = max(_wait(people, subject) for subject in subjects)
        if wait <= 0:
            for subject in subjects:
                _count(people, subject)
    if wait > 0:
        raise Wait("people.wait", seconds=round(wait + 0.5))
    row = people.base.row("SELECT * FROM people WHERE login=?", name)
    right = passwords.matches(row["password"] if row else None, password)
    if row is None or not right or row["locked_at"]:
        with people.base.transaction():
            people.tell("refused", who=name, about=address)
        raise Refused("people.refused")
    _welcome(people, row["id"], name, address, password if passwords.is_old(row["password"]) else None)
    return Person(row["name"], row["unit"], row["role"], bool(row["cleared"]), row["id"], row["login"])


def _welcome(people: People, person_id: int, name: str, address: str, rehash: str | None) -> None:
    kept = passwords.hashed(rehash) if rehash else None
    with people.base.transaction():
        people.base.db["failures"].delete_where("subject=?", [f"account:{name}"])
        # the address keeps what it had: one right password among guesses at others says nothing for it
        people.base.conn.execute("UPDATE failures SET count=count-1 WHERE subject=?", (f"address:{address}",))
        if kept:
            people.base.db["people"].update(person_id, {"password": kept})
        people.tell("logged_in", who=name, about=address)


def _wait(people: People, subject: str) -> float:
    """Seconds until a try of this account or address is checked again."""
    row = people.base.row("SELECT count, last FROM failures WHERE subject=?", subject)
    over = row["count"] - FREE[subject.partition(":")[0]] if row else -1
    if row is None or over < 0:
        return 0.0
    return float(row["last"] + min(_LONGEST_WAIT, _FIRST_WAIT * 2.0 ** min(over, 20)) - people.clock())


def _count(people: People, subject: str) -> None:
    now = people.clock()
    people.base.db["failures"].delete_where("last<?", [now - _FORGOTTEN])
    people.base.conn.execute(
        "INSERT INTO failures(subject, count, last) VALUES (?, 1, ?) ON CONFLICT(subject) DO UPDATE SET count=count+1, last=excluded.last",
        (subject, now),
    )
