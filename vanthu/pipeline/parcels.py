"""Gói văn bản: files that belong together come to one entry, because their names or the archive they came in say so.

Nothing is remembered between a file that waits and its letter but what the register has: after a kill all of it is worked out again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from models.text import fold
from vanthu.inbox import display_name
from vanthu.pipeline import envelopes
from vanthu.pipeline.job import Job, Outcome
from vanthu.pipeline.names import Name, letter_of
from vanthu.pipeline.place import Place
from vanthu.readers import edxml, message, unzip
from vanthu.readers.kinds import kind_of
from vanthu.register import File
from vanthu.register.rows import Role
from vanthu.register.store import hash_of

TOGETHER_HOURS = 1.0
"""A letter and its annex are dropped in by one hand, but a share may bring them in two intakes."""

_UNPACKED = ("zip", "edxml", "message")

_HEADS = ("cong hoa xa hoi chu nghia", "doc lap - tu do", "dang cong san viet nam")
_HEAD_LINES = 12


@dataclass(frozen=True, slots=True)
class Target:
    """A registered letter: its entry and where it is registered."""

    place: Place
    entry_id: int


@dataclass
class Waiting:
    """Files out of archives that have been read and are no letters, by their hash; they wait until the whole archive has been read."""

    jobs: dict[str, Job] = field(default_factory=dict)

    def out_of(self, archive: Job) -> list[Job]:
        """Those that came out of this archive, no longer waiting."""
        return [self.jobs.pop(sha256) for sha256 in archive.place.register.members(archive.sha256) if sha256 in self.jobs]


def in_order(place: Place) -> list[File]:
    """Pending files, letters before what belongs to them; archives are left out."""
    pending = [file for file in place.register.pending() if not _is_archive(place, file)]
    return sorted(pending, key=lambda file: (file.letter is not None, file.id))


def archives(place: Place) -> list[File]:
    """Pending archives."""
    return [file for file in place.register.pending() if _is_archive(place, file)]


def _is_archive(place: Place, file: File) -> bool:
    """An archive that lies in another is a file of it like any other."""
    return file.size > 0 and kind_of(file.path) in _UNPACKED and not place.register.is_packed(file.sha256)


def _members(job: Job) -> Iterator[tuple[str, Path]]:
    path, kind = job.file.path, kind_of(job.file.path)
    if kind == "message":
        return message.members(path)
    return edxml.members(path) if kind == "edxml" else unzip.members(path, job.password)


def unpack(job: Job) -> None:
    """The files of an archive to the store, each claimed as if it had been dropped in. Raises Rejected where it cannot be opened.

    Of an edXML package the first is the document, and the others belong to it.
    """
    place, archive = job.place, job.file
    package = kind_of(archive.path) == "edxml"
    if package:
        edxml.envelope(archive.path)  # no attachment without its envelope
    for name, path in _members(job):
        sha256 = hash_of(path)
        new = place.register.pack(archive.sha256, sha256)
        if place.has_apart and place.apart.register.knows(sha256):
            continue
        if new or place.register.state_of(sha256) in (None, "rejected", "voided"):
            place.register.store.keep(path)
            size = path.stat().st_size
            file = place.register.claim(sha256, name=display_name(name), note=archive.note, size=size, direction=archive.direction)
            letter = place.register.members(archive.sha256)[0]
            if package and sha256 != letter:
                place.register.belong({file.id: letter})


def pair(place: Place) -> None:
    """Put down which letter each pending file belongs to where names say so, in the same folder; before any of them is read."""
    pending = [file for file in place.register.pending() if not _is_archive(place, file)]
    lately = place.register.lately(TOGETHER_HOURS)
    letters = [file for file in (*pending, *lately) if file.state != "rejected" and file.letter is None]
    late = [file for file in lately if file.state == "rejected"]
    found: dict[int, str] = {}
    for file in (*pending, *late):
        near = [(known.name, known.sha256) for known in letters if (known.note, known.direction) == (file.note, file.direction)]
        letter = letter_of(file.name, near)
        if letter and letter != file.letter and letter != file.sha256:
            found[file.id] = letter
    place.register.belong(found)


def belongs(job: Job, waiting: Waiting) -> Sequence[Target] | None:
    """The letters to which a file that has been read (or could not be) goes.

    Empty where it must wait for them, None where it is on its own.
    """
    if job.file.letter:
        target = _entry(job.place, job.file.letter)
        return [target] if target and not _is_other_letter(job, target) else None
    if envelopes.of(job):
        return None
    if job.place.register.is_packed(job.file.sha256) and not (job.document and has_head(job)) and not job.secret:
        waiting.jobs[job.file.sha256] = job
        return []
    return None


def has_head(job: Job) -> bool:
    """Quốc hiệu (or the Party's) at the top, with a number or a date: a letter, and not the annex or the form of one."""
    if job.record is None or Name.of(job.file.name).says_annex:
        return False
    lines = fold(job.read_document.text.split("\f")[0]).split("\n")[:_HEAD_LINES]
    if lines and lines[0].startswith(("phu luc", "kem theo", "mau so", "bieu so")):
        return False
    return any(head in line for line in lines for head in _HEADS) and bool(job.record.code or job.record.issued_on)


def _is_other_letter(job: Job, target: Target) -> bool:
    """The name says that it belongs to the letter, but it has a number of its own; or it is secret and the letter is not."""
    if job.record is None:
        return False
    if job.secret and not target.place.secret:
        return True
    if envelopes.is_member(job):
        return False
    code = job.record.code.value if job.record.code else None
    known = target.place.register.show(target.entry_id)["record"] or {}
    return has_head(job) and code is not None and code != known.get("code")


def _entry(place: Place, sha256: str) -> Target | None:
    for home in (place, place.apart) if place.has_apart else (place,):
        entry_id = home.register.entry_of(sha256)
        if entry_id is not None:
            return Target(home, entry_id)
    return None


def attach(job: Job, targets: Sequence[Target], role: Role = "attached") -> Outcome:
    """The file becomes a further one of each entry. Where one of them is secret it is kept there and nowhere else."""
    apart = [target for target in targets if target.place.secret]
    text = job.document.text if job.document else ""
    for target in apart or targets:
        register = target.place.register
        with target.place.private():
            register.store.keep(job.file.path)
            register.attach(target.entry_id, job.file.sha256, job.file.name, role=role, text=text, unread=job.unread)
            register.sign(job.file.sha256, job.signatures)
    if apart and not job.place.secret:
        job.place.register.forget(job.file.id)
    name, entry_id = "" if apart else job.file.name, (apart or targets)[0].entry_id
    return Outcome(name, "attached", entry_id=entry_id, reason=job.unread or "", secret=bool(apart))


def likely(jobs: Sequence[Job]) -> list[Job]:
    """Of files without the head of a letter, those that are registered all the same: no spreadsheet, not called an annex."""
    readable = [job for job in jobs if job.document and not is_spreadsheet(job)]
    return [job for job in readable if not Name.of(job.file.name).says_annex] or readable[:1]


def targets(place: Place, archive: File) -> list[Target]:
    """The letters that came in an archive and are registered."""
    found = (_entry(place, sha256) for sha256 in place.register.members(archive.sha256))
    return [target for target in found if target]


def is_spreadsheet(job: Job) -> bool:
    """True for an XLSX: never a letter."""
    return job.file.size > 0 and kind_of(job.file.path) == "xlsx"
