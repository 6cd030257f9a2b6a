"""The office's directory: departments and outside bodies, the people in them, who sits in for whom."""

from sqlite_utils import Database

from vanthu.register.migrations.steps import steps


@steps()  # type: ignore[untyped-decorator]
def m010_directory(db: Database) -> None:
    """The office's directory: departments and outside bodies, the people in them, who sits in for whom."""
    db["departments"].create(
        {"id": int, "kind": str, "name": str, "name_key": str, "aliases": str, "email": str, "active": int},
        pk="id",
        not_null={"kind", "name", "name_key", "aliases", "active"},
    )
    db["departments"].create_index(["name_key"], unique=True)
    db["staff"].create(
        {
            "id": int,
            "name": str,
            "name_key": str,
            "aliases": str,
            "department_id": int,
            "position": str,
            "email": str,
            "deputy": str,
            "away_from": str,
            "away_until": str,
            "active": int,
        },
        pk="id",
        foreign_keys=[("department_id", "departments", "id")],
        not_null={"name", "name_key", "aliases", "active"},
    )
    db["staff"].create_index(["name_key"])
    db["staff"].create_index(["department_id"])
