"""The bodies that have issued something, in a table of their own."""

from sqlite_utils import Database

from vanthu.register.migrations.steps import steps

_PUT = "INSERT OR IGNORE INTO issuers SELECT NEW.body_key WHERE NEW.body_key IS NOT NULL"
_TAKE = "DELETE FROM issuers WHERE name=OLD.body_key AND NOT EXISTS (SELECT 1 FROM documents WHERE body_key=OLD.body_key)"


@steps()  # type: ignore[untyped-decorator]
def m053_issuers(db: Database) -> None:
    """The bodies that have issued something, kept by triggers; a name goes with the last entry that bears it."""
    db["issuers"].create({"name": str}, pk="name")
    db.execute("INSERT INTO issuers SELECT DISTINCT body_key FROM documents WHERE body_key IS NOT NULL")
    db.execute(f"CREATE TRIGGER documents_issuer_insert AFTER INSERT ON documents BEGIN {_PUT}; END")
    db.execute(f"CREATE TRIGGER documents_issuer_update AFTER UPDATE OF body_key ON documents BEGIN {_PUT}; {_TAKE}; END")
    db.execute(f"CREATE TRIGGER documents_issuer_delete AFTER DELETE ON documents BEGIN {_TAKE}; END")
