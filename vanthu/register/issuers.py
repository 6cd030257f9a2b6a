"""Cơ quan ban hành trong sổ: the bodies whose documents are in the register, found without reading it through."""

from vanthu.register.connection import Base

LIKE = "SELECT name FROM issuers WHERE (' ' || name || ' ') LIKE ? ESCAPE '\\'"
"""Bodies are few, entries many: they stand in a table of their own, kept by triggers."""


def keys(base: Base) -> list[str]:
    """Folded names of all bodies that have issued something registered."""
    return [row["name"] for row in base.rows(LIKE, "%") if row["name"]]
