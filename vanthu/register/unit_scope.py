"""Việc của đơn vị: whether an entry or an item concerns a unit of ours."""

from vanthu.register.connection import Base
from vanthu.register.items import concerns

_ITEMS = "SELECT unit, units_key FROM follow_ups WHERE stale=0 AND "


def entry_concerns(base: Base, document_id: int, unit: str) -> bool:
    """True where the unit has a part in one of the entry's items."""
    return any(concerns(row, unit) for row in base.rows(f"{_ITEMS} document_id=?", document_id))


def item_concerns(base: Base, item_id: int, unit: str) -> bool:
    """True where the unit has a part in the item."""
    return any(concerns(row, unit) for row in base.rows(f"{_ITEMS} id=?", item_id))
