"""What the register hands out."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from extractors._batches import Beginning
    from models.document import Document
    from models.record import Record

Direction = Literal["in", "out"]
FileState = Literal["claimed", "registered", "rejected", "voided", "leaving"]
Role = Literal["main", "attached", "archive"]
ItemState = Literal["open", "in_progress", "done", "dropped"]

STATES: tuple[ItemState, ...] = ("open", "in_progress", "done", "dropped")
OPEN_STATES: tuple[ItemState, ...] = ("open", "in_progress")


@dataclass(frozen=True, slots=True)
class File:
    """Tệp: one content, known by its hash; `path` is the copy in the store, `duplicate` says that this arrival brought nothing new.

    `letter` is the hash of the letter to which the file belongs by its name.
    """

    id: int
    sha256: str
    name: str
    note: str
    size: int
    direction: Direction
    state: FileState
    path: Path
    entry_id: int | None = None
    duplicate: bool = False
    reason: str | None = None
    detail: str | None = None
    letter: str | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """Văn bản trong tệp: one document of a file, to be registered.

    `pages`: numbers of its pages in the file, in the order of `document`; None where it is the whole file. `proposals`: where it may
    be two.
    """

    document: "Document"
    record: "Record"
    pages: tuple[int, ...] | None = None
    proposals: "tuple[Beginning, ...]" = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """Dòng của sổ: `new` False where the file was registered before; `probable_duplicates` are ids of entries with the same key."""

    id: int
    book: str
    year: int
    arrival_number: int
    received_on: date
    code: str | None
    new: bool = True
    probable_duplicates: tuple[int, ...] = ()

    @property
    def number(self) -> str:
        """Số đến as people write it: `12/2024`."""
        return f"{self.arrival_number}/{self.year}"
