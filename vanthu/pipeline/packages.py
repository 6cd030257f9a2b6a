"""Gói liên thông: edXML packages that lie anywhere, taken into the register."""

from collections.abc import Sequence
from pathlib import Path

from vanthu.errors import Rejected
from vanthu.inbox import display_name
from vanthu.pipeline.job import Outcome
from vanthu.pipeline.lock import only_one
from vanthu.pipeline.place import Place
from vanthu.pipeline.run import carry_pending
from vanthu.readers import edxml


def take(place: Place, paths: Sequence[Path]) -> list[Outcome]:
    """Each package's document and attachments are registered; the files are left where they are.

    One that is no package is rejected and leaves no trace. A package that is known is a duplicate.
    """
    with only_one(place.settings.outputs, wait=True):
        outcomes = [outcome for path in paths if (outcome := _claim(place, path))]
        for home in (place.apart, place) if place.has_apart else (place,):
            outcomes += [one for outcome in carry_pending(home).values() for one in outcome.each]
    return outcomes


def _claim(place: Place, path: Path) -> Outcome | None:
    name = display_name(path.name)
    try:
        edxml.envelope(path)
    except Rejected as error:
        return Outcome(name, "rejected", reason=error.reason, detail=error.detail)
    sha256, _ = place.register.store.keep(path)
    file = place.register.claim(sha256, name=name, size=path.stat().st_size)
    return Outcome(name, "duplicate", entry_id=file.entry_id) if file.duplicate else None
