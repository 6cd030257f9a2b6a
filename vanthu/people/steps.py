"""Numbered steps of the schema of `people.db`; a step once released is never changed."""

from sqlite_utils import Database, Migrations

steps = Migrations("vanthu.people")


@steps()  # type: ignore[untyped-decorator]
def p001_people(db: Database) -> None:
    """Accounts, sessions, failures, tokens, and the journal of all that."""
    db["people"].create(
        {
            "id": int,
            "login": str,
            "name": str,
            "role": str,
            "unit": str,
            "cleared": int,
            "password": str,
            "made_at": str,
            "locked_at": str,
        },
        pk="id",
        not_null={"login", "name", "role", "cleared", "made_at"},
    )
    db["people"].create_index(["login"], unique=True)
    db["sessions"].create(
        {"key": str, "person_id": int, "started": float, "seen": float, "address": str},
        pk="key",
        foreign_keys=[("person_id", "people", "id")],
        not_null={"person_id", "started", "seen"},
    )
    db["failures"].create({"subject": str, "count": int, "last": float}, pk="subject", not_null={"count", "last"})
    db["tokens"].create(
        {
            "id": int,
            "name": str,
            "key": str,
            "role": str,
            "unit": str,
            "made_by": str,
            "made_at": str,
            "used_on": str,
            "revoked_at": str,
        },
        pk="id",
        not_null={"name", "key", "role", "made_at"},
    )
    db["tokens"].create_index(["key"], unique=True)
    db["settings"].create({"name": str, "value": str}, pk="name")
    db["journal"].create({"id": int, "at": str, "who": str, "what": str, "about": str}, pk="id", not_null={"at", "who", "what"})
