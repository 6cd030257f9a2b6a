"""Việc ban đêm: which nights are done, and the summary that one leaves under the outputs."""

import json
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from vanthu.errors import VanthuError
from vanthu.exports import calendar_feed, digest
from vanthu.exports.files import to_json, write_whole, write_whole_bytes
from vanthu.pipeline import audit as events
from vanthu.pipeline.place import Place
from vanthu.pipeline.run import Summary
from vanthu.settings import VIETNAM, Settings

_SHOWN = 500
"""New entries that the digest lists at most; the register has them all."""

_RUNS = 500
"""Intakes that are counted together at most."""

_WAITING = 50
"""Entries to look at that it lists at most."""


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


def digest_of(settings: Settings, taken: Summary | None = None) -> digest.Digest:
    """Tóm tắt: what this day is told, from the ordinary register alone; `taken`: what the night's intake did."""
    since = settings.today - timedelta(days=1)
    with closing(Place(settings)) as place:
        register = place.register
        return digest.Digest(
            day=settings.today,
            counts=taken.told().counts() if taken else _lately(place, since),
            entries=register.entries(limit=_SHOWN, registered_from=since, state="registered"),
            waiting=register.lines(limit=_WAITING, needs_look=True, state="registered"),
            looks=register.count_lines(needs_look=True, state="registered"),
            due=[item | {"awaited": register.matters.awaited(item["id"])} for item in register.due(until=digest.until(settings.today))],
            rejected=register.rejected(),
        )


def _lately(place: Place, since: date) -> dict[str, int]:
    """What the intakes since a day have done, together; what waits is of the last one."""
    runs = [run for run in place.register.runs(_RUNS) if run["ended_at"] and run["ended_at"] >= since.isoformat()]
    counts = {name: sum(run[name] for run in runs) for name in ("registered", "duplicates", "rejected")}
    return counts | {"waiting": runs[0]["waiting"] if runs else 0}


def summarise(settings: Settings, taken: Summary | None = None) -> digest.Digest:
    """The day's digest as text and HTML, and all due dates as a calendar, under the outputs; what was written."""
    with closing(Place(settings)) as place:
        place.register.matters.open_next()
    told = digest_of(settings, taken)
    digest.write(settings.outputs / "digest", told)
    with closing(Place(settings)) as place:
        write_whole_bytes(settings.outputs / "deadlines.ics", calendar_feed.feed(place.register.base))
    return told


def audit(settings: Settings) -> None:
    """The events since the last night, copied to the file of the day; those of the secret register to its own."""
    with closing(Place(settings)) as place:
        events.export(place)
        if place.has_apart:
            events.export(place.apart)


def back_up(settings: Settings) -> list[str]:
    """A backup and a trial of restoring it; faults. What came of it is left in `backup.json` for whoever watches the office."""
    from vanthu.pipeline import backups, restoring

    faults = []
    try:
        made = backups.make(settings)
        faults = restoring.trial(settings, made.folder, made.folder.parent)
    except (OSError, VanthuError) as error:
        faults = [str(error)]
    told = {"ended": now().isoformat(), "good": not faults, "faults": faults}
    write_whole(settings.outputs / "backup.json", to_json(told) + "\n")
    return faults


def _last_end(settings: Settings) -> datetime | None:
    try:
        return datetime.fromisoformat(json.loads(_file(settings).read_text(encoding="utf-8"))["ended"])
    except (OSError, ValueError, KeyError):
        return None


def _file(settings: Settings) -> Path:
    return settings.outputs / "nightly.json"
