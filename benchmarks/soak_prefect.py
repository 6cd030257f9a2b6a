"""A Prefect server beside the office at full load: how large its database grows, and that what has become old leaves it."""

import os
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path
from types import TracebackType

from vanthu.cli import prefect_server
from vanthu.cli.children import Children
from vanthu.settings import Settings

_AGE = "-40 days"
"""Past the 30 days for which runs are kept, and the 7 for which events are."""
_LOOKS_EVERY = 15
_PATIENCE = 180
_OLD = {"flow_run": "end_time", "events": "occurred"}
_KEPT = "strftime('%Y-%m-%d %H:%M:%f000', 'now', '-30 days')"


class Server:
    """The server that `vanthu up` starts, with its clean-up every few seconds and not every hour; the office is that of the environment."""

    def __init__(self, settings: Settings) -> None:
        os.environ["PREFECT_SERVER_SERVICES_DB_VACUUM_LOOP_SECONDS"] = str(_LOOKS_EVERY)
        self.settings, self.database = settings, settings.prefect_home / "prefect.db"
        self._stop = threading.Event()
        self._children = Children(self._stop, settings.outputs / "logs")

    def __enter__(self) -> "Server":
        self._children.__enter__()
        self.url = prefect_server.start(self.settings, self._children)
        prefect_server.ready(self.settings, self._stop)
        self._empty = self.megabytes()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._children.__exit__(kind, error, trace)

    def intake(self, settings: Settings) -> object:
        """One run of the flow on the server."""
        return prefect_server.run_flow(settings, self.url)

    def megabytes(self) -> float:
        """Of the database, with what it has not folded in yet."""
        return sum(path.stat().st_size for path in (self.database, Path(f"{self.database}-wal")) if path.exists()) / 1e6

    def aged(self) -> str:
        """Make all that has run forty days old, wait for the clean-up, and say what it left."""
        before, runs, largest = self.megabytes(), self._count("flow_run"), self._largest()
        with closing(sqlite3.connect(self.database, timeout=60)) as conn, conn:
            for table, column in _OLD.items():
                conn.execute(f"UPDATE {table} SET {column}=strftime('%Y-%m-%d %H:%M:%f000', {column}, '{_AGE}')")
        began = time.monotonic()
        while any(self._count(table, f"{column} < {_KEPT}") for table, column in _OLD.items()) and time.monotonic() - began < _PATIENCE:
            time.sleep(1)
        left = ", ".join(f"{table} {self._count(table)}" for table in (*_OLD, "task_run", "flow_run_state", "log", "artifact"))
        each = 1000 * (before - self._empty) / max(1, runs)
        return (
            f"Prefect's database: {before:.1f} MB, {self._empty:.1f} of them when it was new, {runs} runs, {each:.0f} KB a run "
            f"(most: {largest}); forty days later left: {left}; {self._free():.0%} of its pages free for what runs next"
        )

    def _largest(self) -> str:
        """The tables that take most, their indexes with them."""
        question = (
            "SELECT tbl_name, sum(pgsize) FROM dbstat JOIN sqlite_master USING (name) GROUP BY tbl_name ORDER BY sum(pgsize) DESC LIMIT 4"
        )
        with closing(sqlite3.connect(self.database, timeout=60)) as conn:
            return ", ".join(f"{name} {size / 1e6:.1f} MB" for name, size in conn.execute(question))

    def _count(self, table: str, which: str = "true") -> int:
        with closing(sqlite3.connect(self.database, timeout=60)) as conn:
            return int(conn.execute(f"SELECT count(*) FROM {table} WHERE {which}").fetchone()[0])

    def _free(self) -> float:
        with closing(sqlite3.connect(self.database, timeout=60)) as conn:
            free, pages = (conn.execute(f"PRAGMA {name}").fetchone()[0] for name in ("freelist_count", "page_count"))
            return float(free / pages)
