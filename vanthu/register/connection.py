"""One open register: its folder, its connection, its day; every write goes through `transaction`."""

import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.context import Office
from models.text import fold
from vanthu.errors import WrongUse
from vanthu.register import bodies
from vanthu.register.version import SCHEMA_VERSION

if TYPE_CHECKING:
    from sqlite_utils import Database

HANOI = timezone(timedelta(hours=7))
"""Vietnam keeps one time the year round."""

BUSY_MILLISECONDS = 30_000


@dataclass
class Base:
    """What the parts of the register share. `fixed_today` None: the day it is in Vietnam.

    `internal_days`: working days before its due date by which our office wants an item done; `close_above`: how sure an answer must be
    to close an item by itself.
    """

    folder: Path
    conn: sqlite3.Connection
    fixed_today: date | None = None
    first_numbers: Mapping[tuple[str, int], int] = field(default_factory=dict)
    separate_party_book: bool = False
    office: Office = Office()
    internal_days: int = 0
    close_above: float = 0.9
    lock: threading.RLock = field(default_factory=threading.RLock)

    @cached_property
    def db(self) -> "Database":
        """The same connection for sqlite-utils, imported on the first write: searching need not wait for it."""
        from sqlite_utils import Database

        return Database(self.conn, execute_plugins=False)

    @property
    def today(self) -> date:
        """Calendar day of the office."""
        return self.fixed_today or datetime.now(HANOI).date()

    def now(self) -> str:
        """Time of an event, on the office's day, to the microsecond."""
        clock: time = datetime.now(HANOI).timetz()
        return datetime.combine(self.today, clock).isoformat()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; taken as the writer from the start, so that two intakes never draw the same number."""
        with self.lock:
            if self.conn.in_transaction:
                yield
                return
            self.conn.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.conn.execute("COMMIT")
            except BaseException:
                if self.conn.in_transaction:
                    self.conn.execute("ROLLBACK")
                raise

    def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        """All rows of a query as dicts."""
        cursor = self.conn.execute(sql, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def row(self, sql: str, *values: Any) -> dict[str, Any] | None:
        """The first row of a query, None where there is none."""
        found = self.rows(sql, *values)
        return found[0] if found else None

    def value(self, sql: str, *values: Any) -> Any:
        """The first column of the first row, None where there is none."""
        row = self.conn.execute(sql, values).fetchone()
        return row[0] if row else None


def connect(file: Path) -> sqlite3.Connection:
    """Open `file`, made where it is not there, safe against a kill and a power cut, brought to today's schema."""
    conn = sqlite3.connect(file, timeout=BUSY_MILLISECONDS / 1000, isolation_level=None, check_same_thread=False)
    for pragma in (f"busy_timeout={BUSY_MILLISECONDS}", "foreign_keys=ON", "synchronous=FULL", "secure_delete=ON", "recursive_triggers=ON"):
        conn.execute(f"PRAGMA {pragma}")
    conn.create_function("vanthu_fold", 1, lambda text: fold(text or ""), deterministic=True)
    conn.create_function("vanthu_body", 1, bodies.key, deterministic=True)
    version = conn.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA_VERSION:
        conn.close()
        raise WrongUse("register.newer", path=file)
    if version < SCHEMA_VERSION:
        conn.execute("PRAGMA journal_mode=WAL")
        from vanthu.register.migrations import migrate

        migrate(conn)
    return conn
