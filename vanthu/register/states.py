"""Trạng thái: how an item moves between open, in progress, done and dropped, and what moves with it."""

from typing import Any

from vanthu.errors import WrongUse
from vanthu.register import events, items
from vanthu.register.connection import Base
from vanthu.register.rows import STATES, ItemState

Item = dict[str, Any]


def set_state(base: Base, item_id: int, state: ItemState, *, who: str, note: str | None = None, closed_by: int | None = None) -> None:
    """A person (or an answer that came in) moves an item on; `closed_by` is the entry that fulfils it. The note stays where None.

    Items merged into it move with it. Opened again, what had fulfilled it no longer does; a merged item stands on its own again.
    """
    if state not in STATES:
        raise WrongUse("register.bad_state", state=state, known=", ".join(STATES))
    with base.transaction():
        row = items.get(base, item_id)
        closed = state in ("done", "dropped")
        change: Item = {"state": state, "closed_by": closed_by if closed else None, "closed_on": base.today.isoformat() if closed else None}
        base.db["follow_ups"].update(item_id, change | {"merged_into": None} | ({"note": note} if note is not None else {}))
        base.conn.execute("UPDATE follow_ups SET state=?, closed_by=?, closed_on=? WHERE merged_into=?", (*list(change.values()), item_id))
        if not closed:
            base.conn.execute(
                "UPDATE closings SET state='undone', who=?, at=? WHERE follow_up_id=? AND state IN ('closed', 'accepted')",
                (who, base.now(), item_id),
            )
        events.add(base, "state", who=who, document=row["document_id"], item=item_id, was=row["state"], state=state, closed_by=closed_by)
        settle_whole(base, row["split_from"], who)


def settle_whole(base: Base, item_id: int | None, who: str) -> None:
    """An item that was split is done when all its parts are, and open again when one of them is."""
    if item_id is None:
        return
    parts = base.rows("SELECT state, closed_by, closed_on FROM follow_ups WHERE split_from=? ORDER BY closed_on", item_id)
    open_parts = any(part["state"] in ("open", "in_progress") for part in parts)
    state = "open" if open_parts else "done" if any(part["state"] == "done" for part in parts) else "dropped"
    row = items.get(base, item_id)
    if row["state"] != state:
        last = parts[-1]
        change = {"state": state} | {name: None if open_parts else last[name] for name in ("closed_by", "closed_on")}
        base.db["follow_ups"].update(item_id, change)
        events.add(base, "state", who=who, document=row["document_id"], item=item_id, was=row["state"], state=state)


def reopen(base: Base, item: Item, who: str) -> None:
    """An item that is done is open again, as are those merged into it."""
    change = {"state": "open", "closed_by": None, "closed_on": None}
    base.db["follow_ups"].update(item["id"], change)
    base.conn.execute("UPDATE follow_ups SET state='open', closed_by=NULL, closed_on=NULL WHERE merged_into=?", (item["id"],))
    events.add(base, "state", who=who, document=item["document_id"], item=item["id"], was=item["state"], state="open")
    settle_whole(base, item["split_from"], who)
