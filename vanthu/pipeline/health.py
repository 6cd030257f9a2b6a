"""Sức khỏe: how the office fares, for a monitor: figures in the text form of Prometheus, and what is wrong in words."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from vanthu import inbox
from vanthu.messages import say
from vanthu.pipeline.place import Place
from vanthu.register import items
from vanthu.settings import Settings

STUCK = timedelta(hours=1)
"""A file that lies in the inbox for so long, or a claimed one that is not done, is stuck."""
LATE = timedelta(hours=26)
"""A night and two hours: the last night, the last backup."""
_LEAST_FREE = 0.05


@dataclass(frozen=True, slots=True)
class Health:
    """What a monitor asks. Times in seconds before now, None where it has never been."""

    documents: int
    files: dict[str, int]
    open_items: int
    late_items: int
    looks: int
    inbox_files: int
    inbox_oldest: float
    claimed_oldest: float
    night: float | None
    backup: float | None
    backup_good: bool
    database_bytes: int
    free_bytes: int
    free_share: float
    inbox_usable: bool


def look(settings: Settings, now: datetime | None = None) -> Health:
    """The figures, from the register and what lies there; cheap, nothing is hashed."""
    moment = now or datetime.now(UTC)
    ages = [moment.timestamp() - arrival.stamp.modified / 1e9 for arrival in inbox.arrivals(settings.inbox)]
    with closing(Place(settings)) as place:
        base = place.register.base
        files = {row["state"]: row["n"] for row in base.rows("SELECT state, count(*) AS n FROM files GROUP BY state")}
        claimed = base.value("SELECT min(claimed_at) FROM files WHERE state='claimed'")
        disk = shutil.disk_usage(settings.outputs)
        backup = _told(settings.outputs / "backup.json")
        return Health(
            documents=place.register.count(state="registered"),
            files=files,
            open_items=base.value(f"SELECT count(*) {items.OPEN}"),
            late_items=base.value(f"SELECT count(*) {items.OPEN} AND f.due_on<?", base.today.isoformat()),
            looks=place.register.count(needs_look=True),
            inbox_files=len(ages),
            inbox_oldest=max(ages, default=0.0),
            claimed_oldest=_since(claimed, moment) or 0.0,
            night=_since(_told(settings.outputs / "nightly.json").get("ended"), moment),
            backup=_since(backup.get("ended"), moment),
            backup_good=bool(backup.get("good", True)),
            database_bytes=sum(path.stat().st_size for path in settings.outputs.glob("register.db*")),
            free_bytes=disk.free,
            free_share=disk.free / disk.total,
            inbox_usable=os.access(settings.inbox, os.R_OK | os.W_OK | os.X_OK),
        )


def troubles(health: Health) -> list[str]:
    """What somebody should look after, one sentence each."""
    found = [] if health.inbox_usable else [say("health.inbox")]
    if health.inbox_oldest > STUCK.total_seconds():
        found.append(say("health.stuck", files=health.inbox_files, hours=round(health.inbox_oldest / 3600, 1)))
    if health.claimed_oldest > STUCK.total_seconds():
        found.append(say("health.claimed", hours=round(health.claimed_oldest / 3600, 1)))
    if health.night is not None and health.night > LATE.total_seconds():
        found.append(say("health.night", hours=round(health.night / 3600)))
    if not health.backup_good or (health.backup is not None and health.backup > LATE.total_seconds()):
        found.append(say("health.backup"))
    if health.free_share < _LEAST_FREE:
        found.append(say("health.disk", megabytes=round(health.free_bytes / 1e6)))
    return found


def prometheus(health: Health) -> str:
    """The figures as Prometheus reads them (text format 0.0.4)."""
    return "".join(f"{line}\n" for line in _lines(health))


def _lines(health: Health) -> Iterator[str]:
    yield from _gauge("documents", "Registered entries.", health.documents)
    yield "# HELP vanthu_files Files by state.\n# TYPE vanthu_files gauge"
    for state in ("claimed", "registered", "rejected", "voided", "leaving"):
        yield f'vanthu_files{{state="{state}"}} {health.files.get(state, 0)}'
    yield from _gauge("open_items", "Open follow-up items.", health.open_items)
    yield from _gauge("late_items", "Open follow-up items that are late.", health.late_items)
    yield from _gauge("needs_look", "Entries that a person must look at.", health.looks)
    yield from _gauge("inbox_files", "Files in the inbox.", health.inbox_files)
    yield from _gauge("inbox_oldest_seconds", "Age of the oldest file in the inbox.", health.inbox_oldest)
    yield from _gauge("claimed_oldest_seconds", "Age of the oldest claimed file that is not done.", health.claimed_oldest)
    yield from _gauge("night_age_seconds", "Time since the last night ended.", health.night)
    yield from _gauge("backup_age_seconds", "Time since the last backup was tried.", health.backup)
    yield from _gauge("backup_good", "1: the last backup could be restored.", int(health.backup_good))
    yield from _gauge("database_bytes", "Size of the register.", health.database_bytes)
    yield from _gauge("disk_free_bytes", "Room left for the outputs.", health.free_bytes)
    yield from _gauge("inbox_usable", "1: the inbox can be read and written.", int(health.inbox_usable))
    yield from _gauge("troubles", "What somebody should look after; /health says what.", len(troubles(health)))


def _gauge(name: str, said: str, value: float | None) -> Iterator[str]:
    if value is not None:
        yield f"# HELP vanthu_{name} {said}\n# TYPE vanthu_{name} gauge\nvanthu_{name} {value:.10g}"


def _told(path: Path) -> dict[str, Any]:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _since(moment: Any, now: datetime) -> float | None:
    try:
        return (now - datetime.fromisoformat(str(moment))).total_seconds()
    except (ValueError, TypeError):
        return None
