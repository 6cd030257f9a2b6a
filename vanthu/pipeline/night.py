"""Việc ban đêm: which nights are done, and the summary that one leaves under the outputs."""

import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from vanthu.exports import summary
from vanthu.exports.files import to_json, write_whole
from vanthu.pipeline import audit as events
from vanthu.pipeline.place import Place
from vanthu.pipeline.run import Summary
from vanthu.settings import VIETNAM, Settings

SOON = timedelta(days=7)
"""How far ahead the summary looks for what falls due."""


_SHOWN = 500
"""New entries that the summary lists at most; the register has them all."""


def now() -> datetime:
    """This moment, with its zone."""
    return datetime.now(UTC)


def last_planned(moment: datetime, hour: int = 1) -> datetime:
    """The last time before `moment` at which the night was planned (01:00 in Vietnam)."""
    local = moment.astimezone(VIETNAM)
    planned = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    return planned if planned <= local else planned - timedelta(days=1)


def made_up(settings: Settings, planned_for: datetime) -> bool:
    """True where a night has ended since `planned_for`: nights missed while the machine was off are made up once, together."""
    ended = _last_end(settings)
    return ended is not None and ended >= planned_for


def end(settings: Settings) -> None:
    """Remember that a night has ended now."""
    write_whole(_file(settings), to_json({"ended": now().isoformat()}) + "\n")


def summarise(settings: Settings, taken: Summary) -> Path:
    """Tóm tắt: what came in this night, due and late items, what needs a look, as text and HTML; the path of the text."""
    with closing(Place(settings)) as place:
        register = place.register
        register.matters.open_next()
        told = summary.Night(
            day=settings.today,
            counts=taken.counts(),
            entries=register.entries(limit=_SHOWN, registered_from=settings.today - timedelta(days=1)),
            due=register.due(until=settings.today + SOON),
            looks=register.count(needs_look=True),
            rejected=register.rejected(),
        )
        return summary.write(settings.outputs / "digest", told)


def audit(settings: Settings) -> None:
    """The events since the last night, copied to the file of the day; those of the secret register to its own."""
    with closing(Place(settings)) as place:
        events.export(place)
        if place.has_apart:
            events.export(place.apart)


def _last_end(settings: Settings) -> datetime | None:
    try:
        return datetime.fromisoformat(json.loads(_file(settings).read_text(encoding="utf-8"))["ended"])
    except (OSError, ValueError, KeyError):
        return None


def _file(settings: Settings) -> Path:
    return settings.outputs / "nightly.json"
