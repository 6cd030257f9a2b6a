"""What an old book says of an entry beyond the record; how a straightened page lies on its scan."""

from sqlite_utils import Database

from vanthu.register.migrations.steps import steps


@steps()  # type: ignore[untyped-decorator]
def m003_moving_in(db: Database) -> None:
    """What an old book says of an entry beyond the record; how a straightened page lies on its scan."""
    db["imported"].create(
        {"document_id": int, "source": str, "row": int, "unit": str, "forwarded_on": str, "note": str},
        pk="document_id",
        foreign_keys=[("document_id", "documents", "id")],
        not_null={"source", "row"},
    )
    db["pages"].add_column("warp", str)
