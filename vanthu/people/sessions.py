"""Phiên làm việc: kept here and known to the browser by a random key alone, of which only the hash is kept."""

import hashlib
import secrets

from vanthu.people.base import People
from vanthu.people.person import Person

IDLE = 4 * 3600.0
"""Seconds without a request after which one logs in again."""

LONGEST = 12 * 3600.0
"""Seconds after which one logs in again in any case: a working day."""

_NOTED = 60.0
_PERSON = """SELECT s.key, s.started, s.seen, p.* FROM sessions s JOIN people p ON p.id=s.person_id WHERE s.key=? AND p.locked_at IS NULL"""


def hash_of(key: str) -> str:
    """What is kept of a key: it is random, so that a plain hash is enough."""
    return hashlib.sha256(key.encode()).hexdigest()


def start(people: People, person: Person, address: str, instead_of: str | None = None) -> str:
    """A new session under a new key; what the browser had before is ended, so that a key planted in it is worth nothing."""
    key, now = secrets.token_urlsafe(32), people.clock()
    with people.base.transaction():
        sessions = people.base.db["sessions"]
        sessions.delete_where("seen<? OR started<? OR key=?", [now - IDLE, now - LONGEST, hash_of(instead_of or "")])
        sessions.insert({"key": hash_of(key), "person_id": person.id, "started": now, "seen": now, "address": address})
    return key


def find(people: People, key: str) -> Person | None:
    """Who works under a key, as the account is now; None where the session has ended or the account is locked."""
    row, now = people.base.row(_PERSON, hash_of(key)), people.clock()
    if row is None or now - row["seen"] > IDLE or now - row["started"] > LONGEST:
        return None
    if now - row["seen"] > _NOTED:
        with people.base.transaction():
            people.base.conn.execute("UPDATE sessions SET seen=? WHERE key=?", (now, row["key"]))
    return Person(row["name"], row["unit"], row["role"], bool(row["cleared"]), row["id"], row["login"])


def end(people: People, key: str) -> None:
    """Log-out."""
    with people.base.transaction():
        people.base.db["sessions"].delete_where("key=?", [hash_of(key)])
