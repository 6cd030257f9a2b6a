"""One file on its way, and what became of it."""

from dataclasses import dataclass
from typing import Any, Literal

from models.document import Document
from models.record import Record
from vanthu.pipeline.place import Place
from vanthu.register import Entry, File, Paper

Kind = Literal["registered", "attached", "duplicate", "rejected", "interrupted"]


class Job:
    """A claimed file and what the steps have made of it so far.

    No dataclass, so that Prefect passes it from task to task without walking through its pages.
    """

    def __init__(self, place: Place, file: File, password: str | None = None) -> None:
        self.place = place
        self.file = file
        self.password = password
        self.document: Document | None = None
        self.papers: list[Paper] = []
        self.entries: list[Entry] = []
        self.signatures: list[dict[str, Any]] = []
        self.unread: str | None = None
        self.unread_detail = ""

    @property
    def sha256(self) -> str:
        """Hash of the file's bytes."""
        return self.file.sha256

    @property
    def read_document(self) -> Document:
        """The document; the step that reads it has run."""
        if self.document is None:
            raise RuntimeError("the file has not been read")
        return self.document

    @property
    def record(self) -> Record | None:
        """The record, of the first document where the file holds several; None before the step that extracts it."""
        return self.papers[0].record if self.papers else None

    @property
    def secret(self) -> bool:
        """Mật, tối mật, tuyệt mật; a mark that cannot be read counts too: it is better kept apart. So does all of a stack."""
        return self.place.secret or any(paper.record.secrecy is not None for paper in self.papers)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file, `further` of the other documents in it; of a secret one neither name nor code is told."""

    name: str
    kind: Kind
    number: str = ""
    entry_id: int | None = None
    code: str = ""
    reason: str = ""
    detail: str = ""
    secret: bool = False
    looks: tuple[str, ...] = ()
    probable_duplicates: tuple[int, ...] = ()
    pages: tuple[int, ...] = ()
    proposed: tuple[int, ...] = ()
    further: tuple["Outcome", ...] = ()

    @property
    def each(self) -> tuple["Outcome", ...]:
        """One outcome a document."""
        return (self, *self.further)
