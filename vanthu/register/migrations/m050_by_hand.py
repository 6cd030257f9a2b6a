"""Pages that people turned, and the place on the page that a person gave a value."""

from sqlite_utils import Database

from vanthu.register.migrations.steps import steps


@steps()  # type: ignore[untyped-decorator]
def m050_by_hand(db: Database) -> None:
    """Pages that people turned, and the place on the page that a person gave a value."""
    db["turns"].create(
        {"file_id": int, "page": int, "rotation": int, "who": str, "at": str},
        pk=("file_id", "page"),
        foreign_keys=[("file_id", "files", "id")],
        not_null={"rotation", "who", "at"},
    )
    db["corrections"].add_column("place", str)
