"""Tiếp nhận: one intake, the same whether its steps run bare or as tasks of a flow."""

import errno
import logging
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

from vanthu import inbox
from vanthu.errors import Broken, LoneAnnex, NoLetter, Rejected, VanthuError
from vanthu.pipeline import parcels, steps
from vanthu.pipeline.job import Job, Outcome
from vanthu.pipeline.lock import only_one
from vanthu.pipeline.place import Place
from vanthu.register import Entry, File
from vanthu.settings import Settings

log = logging.getLogger("vanthu")

Step = Callable[[Job], None]

_MACHINE_FAILS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENOMEM)
"""What is not the file's fault: the run stops, and the next one goes on with the file."""


@dataclass(frozen=True)
class Steps:
    """The steps of one file; a flow puts its tasks in their place."""

    claim: Callable[[Place, inbox.Arrival], File | None] = steps.claim
    read: Step = steps.read
    extract: Step = steps.extract
    register: Step = steps.register
    write: Step = steps.write


@dataclass
class Summary:
    """What one intake did: `waiting` files are still being written."""

    outcomes: list[Outcome] = field(default_factory=list)
    waiting: int = 0

    def count(self, kind: str) -> int:
        """How many files ended so."""
        return sum(outcome.kind == kind for outcome in self.outcomes)

    def told(self) -> "Summary":
        """The same without secret documents: what the ordinary register and the digest may count."""
        return Summary([outcome for outcome in self.outcomes if not outcome.secret], self.waiting)

    def counts(self) -> dict[str, int]:
        """The four numbers of the last line."""
        return {
            "registered": self.count("registered"),
            "duplicates": self.count("duplicate"),
            "rejected": self.count("rejected"),
            "waiting": self.waiting,
        }


def intake(settings: Settings, doing: Steps | None = None, *, wait: bool = True) -> Summary:
    """Read what is whole in the inbox, once. Busy where another intake runs and `wait` is False.

    First goes on with what an earlier run has claimed and not ended. Files that are whole in a few seconds are waited for, once.
    """
    doing, summary = doing or Steps(), Summary()
    settings.inbox.mkdir(parents=True, exist_ok=True)
    with only_one(settings.outputs, wait=wait), closing(Place(settings)) as place:
        run = place.register.start_run()
        _mend(place)
        look = inbox.look(settings.inbox, settings.quiet)
        started = time.monotonic()
        _take(place, doing, look.whole, summary)
        if look.waiting and look.ready_in > 0:
            time.sleep(max(0.0, started + look.ready_in - time.monotonic()))
            look = inbox.look(settings.inbox, settings.quiet, look.seen)
            _take(place, doing, look.whole, summary)
        summary.waiting = len(look.waiting)
        for home in (place, place.apart) if place.has_apart else (place,):
            home.register.matters.open_next()
        place.register.end_run(run, **summary.told().counts())
    return summary


def _take(place: Place, doing: Steps, arrivals: Sequence[inbox.Arrival], summary: Summary) -> None:
    """Claim all first: what is in the store is safe before the long work begins."""
    for arrival in arrivals:
        file = doing.claim(place, arrival)
        if file and file.duplicate:
            secret = place.settings.secret_outputs in file.path.parents
            summary.outcomes.append(Outcome("" if secret else arrival.name, "duplicate", entry_id=file.entry_id, secret=secret))
    # Secret ones first: a kill may have left a letter there whose annexes are still here.
    for home in (place.apart, place) if place.has_apart else (place,):
        summary.outcomes += [one for outcome in carry_pending(home, doing).values() for one in outcome.each]


def carry_pending(place: Place, doing: Steps | None = None, passwords: Mapping[str, str | None] | None = None) -> dict[str, Outcome]:
    """Carry all that is claimed through, archives and annexes with their letters; outcomes and passwords by content hash."""
    doing, passwords = doing or Steps(), passwords or {}
    outcomes: dict[str, Outcome] = {}
    archives = [Job(place, archive, passwords.get(archive.sha256)) for archive in parcels.archives(place)]
    for archive in archives:
        _note(outcomes, archive, _guarded(archive, parcels.unpack))
    parcels.pair(place)
    waiting = parcels.Waiting()
    for file in parcels.in_order(place):
        job = Job(place, file, passwords.get(file.sha256))
        _note(outcomes, job, _guarded(job, lambda job: _carry(job, doing, waiting)))
    for archive in archives:
        if archive.file.sha256 not in outcomes:
            _settle(archive, doing, waiting, outcomes)
    return outcomes


def _note(outcomes: dict[str, Outcome], job: Job, outcome: Outcome | None) -> None:
    if outcome:
        outcomes[job.sha256] = outcome


def _carry(job: Job, doing: Steps, waiting: parcels.Waiting) -> Outcome | None:
    """One file; None where it waits for the rest of its archive."""
    try:
        doing.read(job)
        doing.extract(job)
    except Rejected as error:
        job.unread, job.unread_detail = error.reason, error.detail
    letters = parcels.belongs(job, waiting)
    if letters is None:
        return _on_its_own(job, doing)
    return parcels.attach(job, letters) if letters else None


def _on_its_own(job: Job, doing: Steps) -> Outcome:
    if job.unread:
        return _reject(job, job.unread, job.unread_detail)
    if parcels.is_spreadsheet(job):
        raise LoneAnnex
    doing.register(job)
    doing.write(job)
    return _registered(job)


def _settle(archive: Job, doing: Steps, waiting: parcels.Waiting, outcomes: dict[str, Outcome]) -> None:
    """All files of an archive have been read: what is no letter, and the archive itself, go to the letters that came in it."""
    place = archive.place
    jobs = waiting.out_of(archive)
    if not parcels.targets(place, archive.file):
        for job in parcels.likely(jobs):
            jobs.remove(job)
            _note(outcomes, job, _guarded(job, lambda job: _on_its_own(job, doing)))
    letters = parcels.targets(place, archive.file)
    for job in jobs:
        _note(outcomes, job, _guarded(job, lambda job: parcels.attach(job, letters) if letters else _on_its_own(job, doing)))
    if letters:
        _note(outcomes, archive, parcels.attach(archive, letters, "archive"))
    else:
        _note(outcomes, archive, _reject(archive, NoLetter.reason, ""))


def _guarded(job: Job, carry: Callable[[Job], Outcome | None]) -> Outcome | None:
    """What is wrong with a file is its own outcome, never the run's."""
    try:
        return carry(job)
    except Rejected as error:
        return _reject(job, error.reason, error.detail)
    except (sqlite3.OperationalError, KeyboardInterrupt, ImportError):
        raise
    except MemoryError:
        return _reject(job, "too_large", "MemoryError")
    except Exception as error:
        if isinstance(error, VanthuError) or (isinstance(error, OSError) and error.errno in _MACHINE_FAILS):
            raise
        log.exception("%s", job.sha256)
        return _reject(job, "failed", f"{type(error).__name__}: {error}")


def _reject(job: Job, reason: str, detail: str) -> Outcome:
    if job.entries:  # registered; only its outputs failed, and the next run writes them
        return _registered(job)
    job.place.register.reject(job.file.id, reason, detail)
    return Outcome(job.file.name, "rejected", reason=reason, detail=detail)


def _registered(job: Job) -> Outcome:
    if not job.entries:
        raise Broken("no entry")
    first, *others = (_outcome(job, entry) for entry in job.entries)
    return replace(first, further=tuple(others))


def _outcome(job: Job, entry: Entry) -> Outcome:
    shown = job.place.register.show(entry.id)
    own = next((file["pages"] for file in shown["files"] if file["role"] == "main"), None)
    return Outcome(
        name="" if job.secret else job.file.name,
        kind="registered" if entry.new else "duplicate",
        number=entry.number,
        entry_id=entry.id,
        code="" if job.secret else entry.code or "",
        secret=job.secret,
        looks=tuple(shown["looks"]),
        probable_duplicates=() if job.secret else entry.probable_duplicates,
        pages=tuple(own or ()) if shown["batch"] else (),
        proposed=tuple(one["page"] for one in shown["proposals"]),
    )


def _mend(place: Place) -> None:
    """Put right what a kill has left: half copies, entries without their outputs."""
    for home in (place, place.apart) if place.has_apart else (place,):
        steps.sweep(home)
        for entry_id in steps.unwritten(home):
            steps.write_outputs(home, entry_id)
