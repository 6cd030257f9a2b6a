"""Read or tried again, by a person's word: rejected files, registered entries, attachments, corrections."""

from datetime import date
from pathlib import Path
from typing import Any

from vanthu import errors
from vanthu.inbox import display_name
from vanthu.pipeline import steps
from vanthu.pipeline.job import Job, Outcome
from vanthu.pipeline.lock import only_one
from vanthu.pipeline.place import Place
from vanthu.pipeline.run import Steps, carry


def retry(place: Place, file_id: int, password: str | None, doing: Steps | None = None) -> Outcome:
    """A rejected file tried again; NotFound where no rejected file has this id."""
    with only_one(place.settings.outputs, wait=True):
        if file_id not in {row["id"] for row in place.register.rejected()}:
            raise errors.NotFound("cli.not_rejected", id=file_id)
        return carry(Job(place, place.register.retry(file_id), password), doing)


def reread(place: Place, entry_id: int, progress: steps.Progress | None = None) -> list[int]:
    """An entry read again by today's rules, corrections kept; ids of the corrections whose item is no longer read."""
    with only_one(place.settings.outputs, wait=True):
        job = _job(place, entry_id)
        steps.read(job, progress)
        steps.extract(job)
        lost = place.register.reread(entry_id, job.read_document, job.read_record)
        _settle(place, entry_id)
        return lost


def correct(place: Place, entry_id: int, field: str, value: Any, who: str) -> int:
    """A person's value in place of what was read; the entry's id, a new one where the document is now among the secret ones."""
    with only_one(place.settings.outputs, wait=True):
        place.register.correct(entry_id, field, value, who=who)
        return _settle(place, entry_id)


def void(place: Place, entry_id: int, reason: str, who: str) -> None:
    """The number stays and is never given again."""
    with only_one(place.settings.outputs, wait=True):
        place.register.void(entry_id, reason, who=who)
        steps.write_outputs(place, entry_id)


def attach(place: Place, entry_id: int, path: Path) -> None:
    """A further file of the same entry; the file itself is left where it is."""
    with only_one(place.settings.outputs, wait=True), place.private():
        sha256, _ = place.register.store.keep(path)
        place.register.attach(entry_id, sha256, display_name(path.name))


def _job(place: Place, entry_id: int) -> Job:
    main = next((file for file in place.register.show(entry_id)["files"] if file["role"] == "main"), None)
    if main is None:
        raise errors.WrongUse("register.voided", id=entry_id)
    return Job(place, place.register.file(main["id"]))


def _settle(place: Place, entry_id: int) -> int:
    """Write the outputs anew, or take the entry apart where it has turned out to be secret."""
    shown = place.register.show(entry_id)
    if place.secret or shown["record"] is None or shown["record"]["secrecy"] is None:
        steps.write_outputs(place, entry_id)
        return entry_id
    return _take_apart(place, entry_id, shown)


def _take_apart(place: Place, entry_id: int, shown: dict[str, Any]) -> int:
    """Register a registered document anew among the secret ones, with its corrections and files, then empty its line here.

    The line is emptied last: a kill before that leaves both, and doing it again ends it.
    """
    job = _job(place, entry_id)
    steps.read(job)
    steps.extract(job)
    apart = place.apart
    with apart.private():
        apart.register.store.keep(job.file.path)
        file = apart.register.claim(
            job.file.sha256, name=job.file.name, note=job.file.note, size=job.file.size, direction=job.file.direction
        )
        received = date.fromisoformat(shown["received_on"])
        entry = apart.register.register(file.id, job.read_document, job.read_record, received_on=received, direction=file.direction)
        for correction in shown["corrections"]:
            apart.register.correct(entry.id, correction["field"], correction["value"], who=correction["who"])
        for further in shown["files"]:
            if further["role"] != "main":
                apart.register.store.keep(Path(further["kept"]))
                apart.register.attach(entry.id, further["sha256"], further["name"])
    steps.write_outputs(apart, entry.id)
    for known in shown["files"]:
        place.register.forget(known["id"])
    steps.write_outputs(place, entry_id)
    return entry.id
