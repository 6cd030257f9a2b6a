"""Numbered steps of the schema, a file each; a step once released is never changed, the next one changes the tables."""

import sqlite3
from importlib import import_module
from pathlib import Path

from sqlite_utils import Database

from vanthu.register.migrations.steps import steps

for _step in sorted(Path(__file__).parent.glob("m[0-9]*.py")):
    import_module(f"{__name__}.{_step.stem}")


def migrate(conn: sqlite3.Connection) -> None:
    """Bring the schema to the newest step; two openers at once do it one after the other."""
    db = Database(conn, execute_plugins=False)
    conn.execute("BEGIN IMMEDIATE")
    try:
        steps.apply(db)
        conn.execute(f"PRAGMA user_version={len(steps.applied(db))}")
        conn.execute("COMMIT")
    except BaseException:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise
