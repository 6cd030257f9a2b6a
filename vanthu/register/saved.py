"""Tìm kiếm đã lưu: queries kept under a name (Decree 30/2020, Annex VI: searches can be saved and run again)."""

from typing import Any

from vanthu.errors import NotFound, WrongUse
from vanthu.register.connection import Base


def save(base: Base, name: str, query: str, *, who: str) -> None:
    """Lưu; a name that is there gets the new query."""
    if not name.strip() or not query.strip():
        raise WrongUse("search.nothing_to_save")
    row = {"name": name.strip(), "query": query.strip(), "who": who, "at": base.now()}
    with base.transaction():
        base.db["saved_searches"].upsert(row, pk="name")


def drop(base: Base, name: str) -> None:
    """Xóa; NotFound."""
    get(base, name)
    with base.transaction():
        base.db["saved_searches"].delete(name.strip())


def get(base: Base, name: str) -> str:
    """The query of a name; NotFound."""
    query = base.value("SELECT query FROM saved_searches WHERE name=?", name.strip())
    if query is None:
        raise NotFound("search.no_saved", name=name)
    return str(query)


def listing(base: Base) -> list[dict[str, Any]]:
    """`{name, query, who, at}` by name."""
    return base.rows("SELECT name, query, who, at FROM saved_searches ORDER BY name")
