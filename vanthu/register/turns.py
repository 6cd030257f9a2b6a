"""Xoay trang: a person's word on how a page of a file stands; it is read so from then on, the file itself is left as it is."""

from collections.abc import Mapping

from vanthu.errors import WrongUse
from vanthu.register import entries, events
from vanthu.register.connection import Base

RIGHT_ANGLES = (0, 90, 180, 270)


def of_file(base: Base, file_id: int) -> dict[int, int]:
    """Degrees clockwise that bring a page of a file upright, by the page's number; of pages that a person has turned."""
    return {row["page"]: row["rotation"] for row in base.rows("SELECT page, rotation FROM turns WHERE file_id=?", file_id)}


def turn(base: Base, document_id: int, turned: Mapping[int, int], who: str) -> None:
    """Degrees clockwise by which pages of an entry, as they are shown now, are to be turned.

    WrongUse for other angles and for pages that the entry does not have. Nothing is read here.
    """
    with base.transaction():
        row = entries.row_of(base, document_id)
        shown = base.rows("SELECT number, rotation FROM pages WHERE document_id=?", document_id)
        stand = {page["number"]: page["rotation"] or 0 for page in shown} | of_file(base, row["file_id"] or 0)
        if row["file_id"] is None or not turned or not turned.keys() <= {page["number"] for page in shown}:
            raise WrongUse("register.no_such_page", id=document_id, pages=len(shown))
        if not set(turned.values()) <= set(RIGHT_ANGLES):
            raise WrongUse("register.right_angles")
        keep(base, row["file_id"], {page: (stand[page] + by) % 360 for page, by in turned.items()}, who)
        events.add(base, "turned", who=who, document=document_id, pages=sorted(turned))


def keep(base: Base, file_id: int, rotations: Mapping[int, int], who: str = events.MACHINE) -> None:
    """How pages of a file stand, by number: degrees clockwise that bring each upright."""
    base.db["turns"].upsert_all(
        [{"file_id": file_id, "page": page, "rotation": turned, "who": who, "at": base.now()} for page, turned in rotations.items()],
        pk=("file_id", "page"),
    )


def unread(base: Base, document_id: int) -> list[int]:
    """Pages of an entry that a person has turned and that have not been read so yet."""
    rows = base.rows(
        """SELECT p.number FROM pages p JOIN documents d ON d.id=p.document_id JOIN turns t ON t.file_id=d.file_id AND t.page=p.number
           WHERE p.document_id=? AND coalesce(p.rotation, 0)<>t.rotation AND d.read_at<=t.at ORDER BY p.number""",
        document_id,
    )
    return [row["number"] for row in rows]
