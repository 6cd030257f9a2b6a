"""Read or tried again, by a person's word: rejected files, registered entries, attachments, corrections."""

from datetime import date
from pathlib import Path
from typing import Any

from vanthu import errors
from vanthu.inbox import display_name
from vanthu.pipeline import parcels, steps
from vanthu.pipeline.job import Job, Outcome
from vanthu.pipeline.lock import only_one
from vanthu.pipeline.place import Place
from vanthu.pipeline.run import Steps, carry_pending
from vanthu.register import File
from vanthu.register.store import hash_of


def retry(place: Place, file_id: int, password: str | None, doing: Steps | None = None) -> Outcome:
    """A rejected file tried again; NotFound where no rejected file has this id."""
    with only_one(place.settings.outputs, wait=True):
        if file_id not in {row["id"] for row in place.register.rejected()}:
            raise errors.NotFound("cli.not_rejected", id=file_id)
        file = place.register.retry(file_id)
        return carry_pending(place, doing, {file.sha256: password})[file.sha256]


def reread(place: Place, entry_id: int, progress: steps.Progress | None = None, password: str | None = None) -> list[int]:
    """An entry read again by today's rules, corrections kept; ids of the corrections whose item is no longer read."""
    with only_one(place.settings.outputs, wait=True):
        job = _job(place, entry_id)
        job.password = password
        steps.read(job, progress)
        steps.extract(job)
        lost = place.register.reread(entry_id, job.read_document, job.read_record)
        place.register.sign(job.sha256, job.signatures)
        _reread_further(place, entry_id)
        _settle(place, entry_id)
        return lost


def correct(place: Place, entry_id: int, field: str, value: Any, who: str) -> int:
    """A person's value in place of what was read; the entry's id, a new one where the document is now among the secret ones."""
    with only_one(place.settings.outputs, wait=True):
        if field.strip() == "secrecy" and not place.secret and not place.register.show(entry_id)["files"]:
            raise errors.WrongUse("register.secret_without_file")
        place.register.correct(entry_id, field, value, who=who)
        return _settle(place, entry_id)


def void(place: Place, entry_id: int, reason: str, who: str) -> None:
    """The number stays and is never given again."""
    with only_one(place.settings.outputs, wait=True):
        place.register.void(entry_id, reason, who=who)
        steps.write_outputs(place, entry_id)


def attach(place: Place, entry_id: int, path: Path, password: str | None = None) -> Outcome:
    """Đính kèm: a further file of the same entry, read so that it can be found; the file itself is left where it is.

    What cannot be read is attached too, with the reason. WrongUse where the file is marked MẬT and the entry is not.
    """
    with only_one(place.settings.outputs, wait=True), place.private():
        job = Job(place, _outside(path), password)
        _read_further(job)
        if job.secret and not place.secret:
            raise errors.WrongUse("cli.secret_attachment", name=job.file.name)
        outcome = parcels.attach(job, [parcels.Target(place, entry_id)])
        steps.write_outputs(place, entry_id)
        return outcome


def _outside(path: Path) -> File:
    """A file that is not in the store yet; it has no id there."""
    return File(0, hash_of(path), display_name(path.name), "", path.stat().st_size, "in", "claimed", path)


def _read_further(job: Job, progress: steps.Progress | None = None) -> None:
    """Read what is attached; what cannot be read says why."""
    try:
        steps.read(job, progress)
        steps.extract(job)
    except errors.Rejected as error:
        job.unread, job.unread_detail = error.reason, error.detail


def _reread_further(place: Place, entry_id: int) -> None:
    for file in place.register.show(entry_id)["files"]:
        if file["role"] == "attached":
            job = Job(place, place.register.file(file["id"]))
            _read_further(job)
            if not job.unread:  # a password that was given once is not kept
                parcels.attach(job, [parcels.Target(place, entry_id)])


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
                texts = {name: further[name] for name in ("role", "text", "unread")}
                apart.register.attach(entry.id, further["sha256"], further["name"], **texts)
                apart.register.sign(further["sha256"], further["signatures"])
        apart.register.sign(file.sha256, job.signatures)
    steps.write_outputs(apart, entry.id)
    for known in shown["files"]:
        place.register.forget(known["id"])
    steps.write_outputs(place, entry_id)
    return entry.id
