"""Cơ quan ban hành trong sổ: the bodies whose documents are in the register, found without reading it through."""

from vanthu.register.connection import Base

LIKE = """WITH RECURSIVE each_body(name) AS (SELECT min(body_key) FROM documents WHERE state='registered' UNION ALL
  SELECT (SELECT min(body_key) FROM documents WHERE state='registered' AND body_key>name) FROM each_body WHERE name IS NOT NULL)
  SELECT name FROM each_body WHERE (' ' || name || ' ') LIKE ? ESCAPE '\\'"""
"""Bodies are few, entries many: from one to the next in the index, and not through all entries."""


def keys(base: Base) -> list[str]:
    """Folded names of all bodies that have issued something registered."""
    return [row["name"] for row in base.rows(LIKE, "%") if row["name"]]
