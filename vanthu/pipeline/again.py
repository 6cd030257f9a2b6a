"""Read or tried again, by a person's word: rejected files, registered entries, attachments, corrections."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from models.context import Context
from vanthu import errors, said
from vanthu.inbox import display_name
from vanthu.pipeline import batches, envelopes, parcels, steps
from vanthu.pipeline.job import Job, Outcome
from vanthu.pipeline.lock import only_one
from vanthu.pipeline.place import Place
from vanthu.pipeline.run import Steps, carry_pending
from vanthu.register import Entry, File, Paper, corrections, missed, review, turns
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
        (paper,) = _papers(job, [entry_id], progress)
        lost = place.register.reread(entry_id, paper.document, paper.record, pages=paper.pages, proposals=paper.proposals)
        place.register.sign(job.sha256, job.signatures)
        _reread_further(place, entry_id)
        _settle(place, entry_id)
        return lost


def paper(place: Place, entry_id: int, progress: steps.Progress | None = None, password: str | None = None) -> tuple[Paper, Context]:
    """(the document of an entry as it is read today, what is known beside its text); nothing is written."""
    job = _job(place, entry_id)
    job.password = password
    (read,) = _papers(job, [entry_id], progress)
    alone = len(place.register.of_file(job.file.id)) == 1
    known = steps.known(job)
    return read, known if alone else batches.of_stack(known)


def correct(place: Place, entry_id: int, field: str, value: Any, who: str) -> int:
    """A person's value in place of what was read; the entry's id, a new one where the document is now among the secret ones."""
    with only_one(place.settings.outputs, wait=True):
        if field.strip() == "secrecy" and not place.secret and not place.register.show(entry_id)["files"]:
            raise errors.WrongUse("register.secret_without_file")
        place.register.correct(entry_id, field, value, who=who)
        return _settle(place, entry_id)


def turn(place: Place, entry_id: int, turned: Mapping[int, int], who: str, progress: steps.Progress | None = None) -> list[int]:
    """Xoay trang: pages turned by so many degrees clockwise, then the entry read again; as `reread`."""
    turns.turn(place.register.base, entry_id, turned, who)
    return reread(place, entry_id, progress)


def add_task(place: Place, entry_id: int, task: dict[str, Any], who: str) -> None:
    """Việc còn sót: a task that reading has missed, where its words stand on a page marked there."""
    base = place.register.base
    there = missed.place_of(base, entry_id, task["text"])
    corrections.correct(base, entry_id, missed.field_of(base, entry_id), task, who, there)
    steps.write_outputs(place, entry_id)


def undo(place: Place, entry_id: int, who: str) -> list[str]:
    """Hoàn tác: a person's last step on an entry taken back; the fields that went back."""
    fields = review.undo(place.register.base, entry_id, who=who)
    steps.write_outputs(place, entry_id)
    return fields


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
    return Job(place, place.register.file(_main(place, entry_id)["id"]))


def _main(place: Place, entry_id: int) -> dict[str, Any]:
    main: dict[str, Any] | None = next((file for file in place.register.show(entry_id)["files"] if file["role"] == "main"), None)
    if main is None:
        raise errors.WrongUse("register.voided", id=entry_id)
    return main


def _papers(job: Job, entries: Sequence[int], progress: steps.Progress | None = None) -> list[Paper]:
    """The documents that some entries of a file are, read anew; where they are split stays, where they might be is found anew."""
    register = job.place.register
    pages = [_main(job.place, entry_id)["pages"] for entry_id in entries]
    _read_pages(job, pages, progress)
    alone = len(register.of_file(job.file.id)) == 1
    known = steps.known(job)
    shared = zip(pages, map(register.refused, entries), strict=True)
    return envelopes.over([batches.paper(job, known, own, alone=alone, refused=refused) for own, refused in shared], envelopes.of(job))


def _read_pages(job: Job, pages: Sequence[Sequence[int] | None], progress: steps.Progress | None = None) -> None:
    only = None if any(own is None for own in pages) else {number for own in pages for number in own or ()}
    steps.read(job, progress, only)


def split(place: Place, entry_id: int, at: Sequence[int], who: str) -> list[Entry]:
    """Tách: the entry ends before the first page of `at` (numbers of the file), a new one begins at each.

    WrongUse where none can begin there.
    """
    with only_one(place.settings.outputs, wait=True):
        job, pages = _job(place, entry_id), _main(place, entry_id)["pages"]
        _read_pages(job, [pages])
        own = batches.divided(job.read_document, pages, at)
        if not set(at) <= set(pages or job.read_document.numbers) or len(own) < 2 or not all(own):
            raise errors.WrongUse("cli.no_such_split", id=entry_id, pages=said.pages(sorted(pages or job.read_document.numbers)[1:]))
        refused = place.register.refused(entry_id)
        papers = [batches.paper(job, steps.known(job), part, alone=False, refused=refused) for part in own]
        made = place.register.split(entry_id, papers, who=who)
        for entry in made:
            _settle(place, entry.id)
        return made


def join(place: Place, entry_id: int, other_id: int, who: str) -> None:
    """Gộp: two entries that are pages of one file become one; the number of the second is voided."""
    with only_one(place.settings.outputs, wait=True):
        job, other = _job(place, entry_id), _main(place, other_id)
        own = _main(place, entry_id)["pages"]
        if job.file.id != other["id"] or entry_id == other_id:
            raise errors.WrongUse("register.not_one_file", id=entry_id, other=other_id)
        pages = batches.united(own or (), other["pages"] or ())
        _read_pages(job, [pages])
        refused = [*place.register.refused(entry_id), *place.register.refused(other_id), *pages]
        alone = len(place.register.of_file(job.file.id)) == 2
        place.register.join(entry_id, other_id, batches.paper(job, steps.known(job), pages, alone=alone, refused=refused), who=who)
        steps.write_outputs(place, other_id)
        _settle(place, entry_id)


def _settle(place: Place, entry_id: int) -> int:
    """Write the outputs anew, or take the entry apart where it has turned out to be secret."""
    shown = place.register.show(entry_id)
    if place.secret or shown["record"] is None or shown["record"]["secrecy"] is None:
        steps.write_outputs(place, entry_id)
        return entry_id
    return _take_apart(place, entry_id)


def _take_apart(place: Place, entry_id: int) -> int:
    """Register a registered document anew among the secret ones, with its corrections and files, then empty its line here.

    What else its file holds goes with it: the file cannot be in two places. The lines are emptied last: a kill before that leaves
    both, and doing it again ends it.
    """
    job = _job(place, entry_id)
    known = place.register.of_file(job.file.id)
    entries = [place.register.show(one) for one in known]
    papers = _papers(job, known)
    days = [date.fromisoformat(entry["received_on"]) for entry in entries]
    apart = place.apart
    with apart.private():
        apart.register.store.keep(job.file.path)
        file = apart.register.claim(
            job.file.sha256, name=job.file.name, note=job.file.note, size=job.file.size, direction=job.file.direction
        )
        made = apart.register.register_all(file.id, papers, days, file.direction)
        for entry, new in zip(entries, made, strict=True):
            _carry_over(apart, entry, new.id)
        apart.register.sign(file.sha256, job.signatures)
        turns.keep(apart.register.base, file.id, turns.of_file(place.register.base, job.file.id))
    for new in made:
        steps.write_outputs(apart, new.id)
    emptied = place.register.ever_of_file(job.file.id)
    for further in {further["id"] for entry in entries for further in entry["files"]}:
        place.register.forget(further)
    for one in emptied:
        steps.write_outputs(place, one)
    return made[known.index(entry_id)].id


def _carry_over(apart: Place, shown: dict[str, Any], entry_id: int) -> None:
    """Corrections and further files of an entry, to the one that it is now among the secret ones."""
    for correction in shown["corrections"]:
        field, value, who = (correction[name] for name in ("field", "value", "who"))
        corrections.correct(apart.register.base, entry_id, field, value, who, correction["place"])
    for further in shown["files"]:
        if further["role"] != "main":
            apart.register.store.keep(Path(further["kept"]))
            texts = {name: further[name] for name in ("role", "text", "unread")}
            apart.register.attach(entry_id, further["sha256"], further["name"], **texts)
            apart.register.sign(further["sha256"], further["signatures"])
