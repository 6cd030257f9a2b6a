"""Numbered steps of the schema, a file each; a step once released is never changed, the next one changes the tables."""

import sqlite3

from sqlite_utils import Database

from vanthu.register.migrations import m001_the_register as m001_the_register
from vanthu.register.migrations import m002_parcels as m002_parcels
from vanthu.register.migrations import m003_moving_in as m003_moving_in
from vanthu.register.migrations import m004_batches as m004_batches
from vanthu.register.migrations import m005_learning as m005_learning
from vanthu.register.migrations.steps import steps


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
