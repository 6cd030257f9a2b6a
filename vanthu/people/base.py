"""`people.db`, beside the register and apart from it: readable by the owner alone, in no copy of the register that is handed on."""

import os
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vanthu.errors import WrongUse
from vanthu.register.connection import BUSY_MILLISECONDS, Base

FILE = "people.db"
VERSION = 1
"""Number of the newest step, kept apart so that opening imports nothing heavy."""


@dataclass
class People:
    """What accounts, sessions and tokens share. `clock`: seconds; a day set for tests does not stop it."""

    base: Base
    clock: Callable[[], float] = time.time

    def close(self) -> None:
        """Close the connection."""
        self.base.conn.close()

    def tell(self, what: str, *, who: str, about: str = "") -> None:
        """One line of the journal, within the transaction of what it tells; never a password or a key."""
        self.base.db["journal"].insert({"at": self.base.now(), "who": who, "what": what, "about": about})


def has_people(folder: Path) -> bool:
    """True where accounts or tokens have ever been made."""
    return (folder / FILE).is_file()


def open_people(folder: Path, clock: Callable[[], float] = time.time) -> People:
    """Open the people of an office, made where they are not there."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    path.chmod(0o600)  # a copy that was put back may be readable by others
    conn = sqlite3.connect(path, timeout=BUSY_MILLISECONDS / 1000, isolation_level=None, check_same_thread=False)
    for pragma in (f"busy_timeout={BUSY_MILLISECONDS}", "foreign_keys=ON", "synchronous=FULL", "secure_delete=ON"):
        conn.execute(f"PRAGMA {pragma}")
    _bring_up(conn, path)
    return People(Base(folder, conn), clock)


def _bring_up(conn: sqlite3.Connection, path: Path) -> None:
    version = conn.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        conn.close()
        raise WrongUse("register.newer", path=path)
    if version == VERSION:
        return
    conn.execute("PRAGMA journal_mode=WAL")
    from sqlite_utils import Database

    from vanthu.people.steps import steps

    conn.execute("BEGIN IMMEDIATE")
    try:
        steps.apply(Database(conn, execute_plugins=False))
        conn.execute(f"PRAGMA user_version={VERSION}")
        conn.execute("COMMIT")
    except BaseException:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise
