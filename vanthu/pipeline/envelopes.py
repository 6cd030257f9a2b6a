"""Phong bì edXML: what a package says of its document is laid over what was read of it, and says so in the evidence."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from models.found import LOOK_BELOW, Found
from models.record import Deadline, Record
from models.text import fold, one_line
from vanthu.errors import Rejected
from vanthu.pipeline.job import Job
from vanthu.readers import edxml
from vanthu.readers.kinds import kind_of
from vanthu.register import Paper, bodies, codes, parcels
from vanthu.said import day

SURE = 0.99
"""The sender's own program has filled the envelope in."""

_UNSURE = LOOK_BELOW - 0.05
"""Envelope and paper say two things: a person must look."""

_PLAIN = ("code", "issued_on", "place", "issuer", "doc_type", "subject", "urgency", "signer")


def of(job: Job) -> edxml.Envelope | None:
    """The envelope of the package of which a file is the document, its first attachment; None for any other file."""
    register = job.place.register
    for archive in parcels.archives_of(register.base, job.sha256):
        if register.members(archive)[:1] == [job.sha256] and (path := register.store.home(archive)).is_dir():
            kept = next(iter(sorted(path.glob("original*"))), None)
            if kept and kind_of(kept) == "edxml":
                try:
                    return edxml.envelope(kept)
                except Rejected:
                    return None
    return None


def is_member(job: Job) -> bool:
    """True for a file that came in such a package."""
    register = job.place.register
    homes = (register.store.home(archive) for archive in parcels.archives_of(register.base, job.sha256))
    return any(kind_of(kept) == "edxml" for home in homes for kept in home.glob("original*"))


def over(papers: Sequence[Paper], said: edxml.Envelope | None) -> list[Paper]:
    """The documents of a file with what its envelope says; of a stack only the first is the envelope's."""
    if said is None or not papers:
        return [*papers]
    return [replace(papers[0], record=laid_over(papers[0].record, said)), *papers[1:]]


def laid_over(record: Record, said: edxml.Envelope) -> Record:
    """The envelope's values in place of those read. The same value keeps its place on the page; another makes a question."""
    changes: dict[str, Any] = {}
    for name in _PLAIN:
        if (value := getattr(said, name)) is not None:
            changes[name] = _agreed(name, getattr(record, name), value)
    if said.in_charge and said.in_charge != said.issuer and record.parent is None:
        changes["parent"] = Found(said.in_charge, "envelope.parent", SURE)
    if said.recipients and not record.recipients:
        changes["recipients"] = tuple(Found(name, "envelope.recipients", SURE) for name in said.recipients)
    return replace(record, **changes, **_answers(record, said), **_deadline(record, said))


def _agreed(name: str, read: Found[Any] | None, value: Any) -> Found[Any]:
    rule = f"envelope.{name}"
    if read is None or read.value is None:
        return Found(value, rule, SURE, read.spans if read else (), read.page if read else None, read.box if read else None)
    if _same(name, read.value, value):
        return replace(read, rule=rule, confidence=max(read.confidence, SURE))
    return replace(read, value=value, rule=rule, confidence=_UNSURE, candidates=(_words(read.value), *read.candidates))


def _same(name: str, read: Any, value: Any) -> bool:
    if name == "code":
        return codes.key(read) == codes.key(value)
    if name == "issuer":
        return bodies.compatible(bodies.key(read), bodies.key(value))
    if name == "signer":
        return _plain(read.name) == _plain(value.name)
    return _plain(_words(read)) == _plain(_words(value))


def _plain(text: str | None) -> str:
    return one_line(fold(text or "")).strip(" .;,").removeprefix("v/v ").removeprefix("ve viec ")


def _words(value: Any) -> str:
    return value if isinstance(value, str) else getattr(value, "name", None) or str(value)


def _answers(record: Record, said: edxml.Envelope) -> dict[str, Any]:
    """ResponseFor: what this document answers, added to what was read."""
    cited = {codes.key(found.value.code) for found in record.references if found.value}
    answered = {codes.key(found.value) for found in record.replies_to if found.value}
    more = tuple(Found(one, "envelope.references", SURE) for one in said.answers if codes.key(one.code) not in cited)
    new = tuple(Found(one.code, "envelope.replies_to", SURE) for one in said.answers if codes.key(one.code) not in answered)
    return {"references": (*record.references, *more), "replies_to": (*record.replies_to, *new)} if said.answers else {}


def _deadline(record: Record, said: edxml.Envelope) -> dict[str, Any]:
    """DueDate: one more time limit, unless one of that day was read."""
    if said.due_on is None or any(found.value and found.value.due_on == said.due_on for found in record.deadlines):
        return {}
    made = Found(Deadline(f"Hạn trả lời: {day(said.due_on)}", said.due_on), "envelope.due_on", SURE)
    return {"deadlines": (*record.deadlines, made)}
