"""Bản ghi: what one document says, field by field (docs/record.md is the contract)."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

from models.found import Found

Unit = Literal["hour", "calendar", "working", "week", "month"]
Start = Literal["issued", "received", "event"]
RelationKind = Literal["answers", "carries_out", "replaces", "amends", "reminds"]


@dataclass(frozen=True, slots=True)
class Signer:
    """Người ký: printed name, last title line, lines of authority joined with `; `."""

    name: str | None
    position: str | None
    authority: str | None


@dataclass(frozen=True, slots=True)
class ReceivedStamp:
    """Dấu ĐẾN (Decree 30/2020, Annex IV): số đến and ngày đến, None where not legible or not filled in."""

    number: str | None
    date: date | None


@dataclass(frozen=True, slots=True)
class Reference:
    """Văn bản viện dẫn: another document cited by number."""

    code: str
    doc_type: str | None = None
    issued_on: date | None = None
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class Relative:
    """A time limit that runs from an event; `calendar` and `working` are days."""

    count: int
    unit: Unit
    start: Start

    def as_json(self) -> dict[str, Any]:
        """As the contract names it."""
        return {"count": self.count, "unit": self.unit, "from": self.start}


@dataclass(frozen=True, slots=True)
class Deadline:
    """Thời hạn: exactly one of `due_on`, `relative`, `recurring` (RFC 5545 RRULE) is set."""

    text: str
    due_on: date | None = None
    relative: Relative | None = None
    recurring: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """Nhiệm vụ: a piece of work that the document assigns; `deadlines` are indexes into the record's deadlines that belong to it."""

    ordinal: str | None
    text: str
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    due_on: date | None = None
    deadlines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """Quan hệ với văn bản viện dẫn: what this document does with the one of that code."""

    code: str
    relation: RelationKind


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """Kỳ báo cáo: its printed words, first and last day."""

    text: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Record:
    """The record of one document, each value with its evidence. A field is None where the document does not have it.

    `Found.value` None means: it stands there, and could not be read.
    """

    doc_type: Found[str] | None = None
    code: Found[str] | None = None
    issued_on: Found[date] | None = None
    place: Found[str] | None = None
    issuer: Found[str] | None = None
    parent: Found[str] | None = None
    subject: Found[str] | None = None
    urgency: Found[str] | None = None
    secrecy: Found[str] | None = None
    addressees: tuple[Found[str], ...] = ()
    recipients: tuple[Found[str], ...] = ()
    archive: Found[str] | None = None
    signer: Found[Signer] | None = None
    received_stamp: Found[ReceivedStamp] | None = None
    references: tuple[Found[Reference], ...] = ()
    replies_to: tuple[Found[str], ...] = ()
    deadlines: tuple[Found[Deadline], ...] = ()
    tasks: tuple[Found[Task], ...] = ()
    period: Found[ReportPeriod] | None = None
    difficulties: tuple[Found[str], ...] = ()
    recommendations: tuple[Found[str], ...] = ()
    relations: tuple[Found[Relation], ...] = ()
    extras: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The contract's record, evidence beside it under `_found`."""
        values: dict[str, Any] = {}
        found: dict[str, Any] = {}
        for name in FIELDS:
            here = getattr(self, name)
            if isinstance(here, tuple):
                values[name] = [plain(f.value) for f in here if f.value is not None]
                found[name] = [evidence(f) for f in here if f.value is not None]
            else:
                values[name] = plain(here.value) if here else None
                found[name] = evidence(here) if here else None
        return values | self.extras | {"_found": found}


FIELDS = tuple(name for name in Record.__dataclass_fields__ if name != "extras")
"""The contract's field names in order."""


def plain(value: Any) -> Any:
    """A field's value as JSON holds it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Deadline):
        relative = value.relative.as_json() if value.relative else None
        return {"text": value.text, "due_on": plain(value.due_on), "relative": relative, "recurring": value.recurring}
    if isinstance(value, Task):
        return {
            "ordinal": value.ordinal,
            "text": value.text,
            "lead": [*value.lead],
            "support": [*value.support],
            "due_on": plain(value.due_on),
        }
    if isinstance(value, Signer | ReceivedStamp | Reference | Relation | ReportPeriod):
        return {name: plain(part) for name, part in asdict(value).items()}
    return value


def evidence(found: Found[Any]) -> dict[str, Any]:
    """Where a value stands, which rule found it, how sure it is."""
    box = [found.box.left, found.box.top, found.box.right, found.box.bottom] if found.box else None
    out = {"page": found.page, "box": box, "rule": found.rule, "confidence": round(found.confidence, 3), "needs_look": found.needs_look}
    return out | ({"candidates": [*found.candidates]} if found.candidates else {})
