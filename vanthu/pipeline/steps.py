"""The steps of one file. Each can be run again: what is done already is left as it is."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import date

from models.context import Context, Learnt
from models.document import Document
from models.record import Record
from models.text import fold
from vanthu.exports import record_json
from vanthu.inbox import Arrival
from vanthu.pipeline import batches, cluster, envelopes
from vanthu.pipeline.job import Job
from vanthu.pipeline.place import Place
from vanthu.readers import confined, signatures
from vanthu.register import Direction, File, turns
from vanthu.register.store import hash_of
from vanthu.settings import Settings

Progress = Callable[[int, int], None]

_MOST_IN_A_FILE = 2000
"""Documents of one stack, at most."""


def claim(place: Place, arrival: Arrival) -> File | None:
    """Take a whole file: bytes to the store, row committed, then the inbox's copy removed. None where it changed meanwhile.

    Known bytes go the same way and come back as a duplicate; those of a secret document go to the store of the secret ones.
    """
    home = _home_of(place, arrival)
    with home.private():
        sha256, kept = home.register.store.keep(arrival.path)
        if not arrival.unchanged() or kept.stat().st_size != arrival.stamp.size:
            if not home.register.knows(sha256):
                home.register.store.remove(sha256)
            return None
        direction: Direction = "out" if arrival.outgoing else "in"
        file = home.register.claim(sha256, name=arrival.name, note=arrival.note, size=arrival.stamp.size, direction=direction)
    if arrival.unchanged():
        arrival.path.unlink()
    return file


def _home_of(place: Place, arrival: Arrival) -> Place:
    """The secret place for bytes it knows, else the ordinary one."""
    if not place.has_apart:
        return place
    try:
        place.apart.register.store.path(hash_of(arrival.path))
    except FileNotFoundError:
        return place
    return place.apart


def read(job: Job, progress: Progress | None = None, only: Collection[int] | None = None) -> None:
    """Đọc: the file's pages, or those of these numbers, turned as people have said. Rejected where nothing can be read."""
    settings, turned = job.place.settings, turns.of_file(job.place.register.base, job.file.id)
    if settings.cluster and only is None and not turned and job.file.state == "claimed":
        waiting = {file.sha256: file.path for file in job.place.register.pending() if file.size}
        document, job.signatures = cluster.read(settings, job.file, waiting, job.password)
    else:
        document, job.signatures = confined.read(job.file.path, password=job.password, progress=progress, only=only, turned=turned)
    job.document = replace(document, name=job.file.name)


def extract(job: Job) -> None:
    """Trích xuất: the record, with all that may be known beside the text; one for each document of a stack."""
    said = envelopes.of(job)
    job.papers = envelopes.over(batches.papers(job, known(job), whole=said is not None), said)


def known(job: Job) -> Context:
    """What the extractors may know of a file."""
    base = context(job.place.settings, job.file.name, signatures.signed_on(job.signatures), job.place.register.learnt())
    return replace(base, cited=job.place.register.cited(_by_hand(job.read_document)))


def _by_hand(document: Document) -> set[int]:
    """The numbers that a hand may have written."""
    marks = (mark for page in document.pages for mark in page.marks if mark.kind == "handwriting")
    return {int(mark.text) for mark in marks if mark.text.isdecimal()}


def context(settings: Settings, file_name: str, signed_on: date | None = None, learnt: Learnt = Learnt()) -> Context:  # noqa: B008 - frozen
    """What the extractors may know; `learnt` from the register, nothing for a file that is only looked at."""
    return Context(file_name=file_name, signed_on=signed_on, office=settings.office, today=settings.today, learnt=learnt)


def register(job: Job) -> None:
    """Vào sổ: one line of the register for each document; of a secret document, in the register of the secret ones and in no other."""
    days = [received_on(job.place.settings, paper.document, paper.record) for paper in job.papers]
    if job.secret and not job.place.secret:
        _move_apart(job)
    with job.place.private():
        job.place.register.sign(job.file.sha256, job.signatures)
        job.entries = job.place.register.register_all(job.file.id, job.papers, days, job.file.direction)


def _move_apart(job: Job) -> None:
    """Take a file over to the secret place. A kill at any point leaves it claimed in one of the two, or in both, and known as secret.

    The ordinary register forgets it only when the secret one has claimed it for good.
    """
    ordinary, apart = job.place, job.place.apart
    with apart.private():
        sha256, _ = apart.register.store.keep(job.file.path)
        file = apart.register.claim(sha256, name=job.file.name, note=job.file.note, size=job.file.size, direction=job.file.direction)
    ordinary.register.forget(job.file.id)
    job.place, job.file = apart, file


def write(job: Job) -> None:
    """Xuất: record and text of each entry under the outputs."""
    for entry in job.entries:
        write_outputs(job.place, entry.id)


def write_outputs(place: Place, entry_id: int) -> None:
    """The record (JSON) and the text of an entry, as the register has them now."""
    with place.private():
        shown, text = place.register.show(entry_id), place.register.text(entry_id)
        record_json.write(place.folder, shown, text, record_json.pages_of(place.register.pages(entry_id)))


def received_on(settings: Settings, document: Document, record: Record) -> date:
    """Ngày đến: of the ĐẾN stamp where it bears our office's name and is sure, else today (Decree 30/2020, Article 22)."""
    stamp = record.received_stamp
    if stamp is None or stamp.needs_look or stamp.value is None or stamp.value.date is None:
        return settings.today
    issued = record.issued_on.value if record.issued_on else None
    if stamp.value.date > settings.today or (issued and stamp.value.date < issued):
        return settings.today
    printed = [mark.text for page in document.pages for mark in page.marks if mark.kind == "received_stamp"]
    printed += [document.text[span.start : span.end] for span in stamp.spans]
    ours = [fold(name) for name in settings.office.names]
    return stamp.value.date if any(name in fold(" ".join(printed)) for name in ours) else settings.today


def unwritten(place: Place) -> Iterator[int]:
    """Entries whose outputs a kill has prevented: they can only be the last ones, all of one file."""
    for line in place.register.entries(limit=_MOST_IN_A_FILE, state="registered", has_file=True):
        if all(path.is_file() for path in record_json.paths(place.folder, line["id"])):
            return
        yield line["id"]


def sweep(place: Place) -> None:
    """Remove what a kill has left half copied; call it under the lock."""
    for left in [*place.register.store.folder.glob(".in-*"), *(place.folder / "records").glob(".*.tmp")]:
        left.unlink(missing_ok=True)
