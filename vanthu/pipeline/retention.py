"""Tiêu hủy: entries whose term has run out, destroyed by a decision, what lies under the outputs with them."""

from collections.abc import Sequence
from typing import Any

from vanthu.pipeline import steps
from vanthu.pipeline.lock import only_one
from vanthu.pipeline.place import Place
from vanthu.register import retention


def expired(place: Place) -> list[dict[str, Any]]:
    """Lines of the entries whose term has run out."""
    return retention.expired(place.register.base, place.settings.retention)


def destroy(place: Place, ids: Sequence[int], reason: str, who: str) -> None:
    """Destroy entries; none of them where one may not be. Backups keep them until they are as old as backups get."""
    with only_one(place.settings.outputs, wait=True):
        register = place.register
        retention.destroy(register.base, register.store, ids, place.settings.retention, reason, who)
        for entry_id in ids:
            steps.write_outputs(place, entry_id)
