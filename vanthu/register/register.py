"""Sổ đăng ký: the one door to all that the register does."""

import os
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from models.context import Learnt, Office
from models.document import Document
from models.record import Record
from vanthu.register import (
    acts,
    batches,
    check,
    classified,
    corrections,
    entries,
    files,
    items,
    learnt,
    links,
    listing,
    parcels,
    runs,
    search,
    states,
    views,
)
from vanthu.register.connection import Base, connect
from vanthu.register.directory import Directory
from vanthu.register.matters import Matters
from vanthu.register.rows import Direction, Entry, File, ItemState, Paper, Role
from vanthu.register.store import Store


class Register:
    """One folder with `register.db` and `store/`; ordinary and secret documents have one each."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self.store = Store(base.folder / "store")
        self.directory = Directory(base)
        self.matters = Matters(base)

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        today: date | None = None,
        first_numbers: Mapping[tuple[str, int], int] | None = None,
        separate_party_book: bool = False,
        office: Office = Office(),  # noqa: B008 - frozen
        internal_days: int = 0,
        close_above: float = 0.9,
        private: bool = False,
    ) -> Self:
        """Open the register of `folder`, made and brought to today's schema where needed.

        `today` None: the day it is; `first_numbers`: by (book, year); `private`: readable by the owner alone (documents marked MẬT).
        """
        folder.mkdir(parents=True, exist_ok=True, mode=0o700 if private else 0o777)
        if private:
            folder.chmod(0o700)
            os.close(os.open(folder / "register.db", os.O_CREAT | os.O_RDWR, 0o600))
        conn = connect(folder / "register.db")
        return cls(Base(folder, conn, today, first_numbers or {}, separate_party_book, office, internal_days, close_above))

    def close(self) -> None:
        """Close the connection."""
        self.base.conn.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    # the way in

    def claim(self, sha256: str, *, name: str, note: str = "", size: int = 0, direction: Direction = "in") -> File:
        """Tiếp nhận: see `files.claim`."""
        return files.claim(self.base, self.store, sha256, name, note, size, direction)

    def file(self, file_id: int) -> File:
        """One file by its id; KeyError."""
        return files.get(self.base, self.store, file_id)

    def knows(self, sha256: str) -> bool:
        """True where the bytes have come in before."""
        return self.base.value("SELECT 1 FROM files WHERE sha256=?", sha256) is not None

    def state_of(self, sha256: str) -> str | None:
        """claimed, registered, rejected or voided; None for bytes that have never come in."""
        return self.base.value("SELECT state FROM files WHERE sha256=?", sha256)  # type: ignore[no-any-return]

    def entry_of(self, sha256: str) -> int | None:
        """The registered entry whose main file has these bytes, the first where it holds several documents."""
        sql = "SELECT d.id FROM documents d JOIN files f ON f.id=d.file_id WHERE f.sha256=? AND d.state='registered' ORDER BY d.part"
        return self.base.value(sql, sha256)  # type: ignore[no-any-return]

    def pending(self) -> list[File]:
        """Files claimed and neither registered nor rejected, oldest first."""
        return files.pending(self.base, self.store)

    def reject(self, file_id: int, reason: str, detail: str = "") -> None:
        """Từ chối: the bytes stay in the store with the reason."""
        files.reject(self.base, file_id, reason, detail)

    def retry(self, file_id: int) -> File:
        """A rejected file is claimed again."""
        return files.retry(self.base, self.store, file_id)

    def rejected(self) -> list[dict[str, Any]]:
        """`{id, file, reason, detail, kept}` of every rejected file."""
        return files.rejected(self.base, self.store)

    def register(self, file_id: int, document: Document, record: Record, *, received_on: date, direction: Direction = "in") -> Entry:
        """Đăng ký a file that is one document."""
        return self.register_all(file_id, [Paper(document, record)], [received_on], direction)[0]

    def register_all(self, file_id: int, papers: Sequence[Paper], received_on: Sequence[date], direction: Direction) -> list[Entry]:
        """Đăng ký each document of a file: see `entries.register`."""
        return entries.register(self.base, file_id, papers, received_on, direction)

    def reread(self, entry_id: int, document: Document, record: Record, **more: Any) -> list[int]:
        """Today's reading in place of the old; ids of corrections whose item is no longer read. `more`: as in `Paper`."""
        return entries.reread(self.base, entry_id, Paper(document, record, **more))

    def split(self, entry_id: int, papers: Sequence[Paper], *, who: str) -> list[Entry]:
        """Tách: see `batches.split`."""
        return batches.split(self.base, entry_id, papers, who)

    def join(self, entry_id: int, other_id: int, paper: Paper, *, who: str) -> None:
        """Gộp: see `batches.join`."""
        batches.join(self.base, entry_id, other_id, paper, who)

    def refuse(self, entry_id: int, *, who: str) -> None:
        """An entry is one document: see `batches.refuse`."""
        batches.refuse(self.base, entry_id, who)

    def refused(self, entry_id: int) -> list[int]:
        """Pages at which a person has said that no other document begins."""
        return entries.refused_of(self.base, entry_id)

    def of_file(self, file_id: int) -> list[int]:
        """Ids of the entries of which a file is the main one, in the order of its pages."""
        return batches.of_file(self.base, file_id)

    def ever_of_file(self, file_id: int) -> list[int]:
        """The same with those whose number was voided."""
        return batches.ever_of_file(self.base, file_id)

    def forget(self, file_id: int) -> None:
        """Take a document that is kept in the secret register out of this one: see `classified.forget`."""
        classified.forget(self.base, self.store, file_id)

    def attach(self, entry_id: int, sha256: str, name: str, *, role: Role = "attached", text: str = "", unread: str | None = None) -> bool:
        """Đính kèm: see `parcels.attach`."""
        return parcels.attach(self.base, self.store, entry_id, sha256, name, role, text, unread)

    def pack(self, archive: str, sha256: str) -> bool:
        """A file was taken out of an archive; False where that is known."""
        return parcels.pack(self.base, archive, sha256)

    def members(self, archive: str) -> list[str]:
        """Hashes of the files that were taken out of an archive."""
        return parcels.members(self.base, archive)

    def is_packed(self, sha256: str) -> bool:
        """True for a file out of an archive that is still being worked on."""
        return parcels.is_packed(self.base, sha256)

    def belong(self, letters: Mapping[int, str]) -> None:
        """Names say which letter (by hash) each file (by id) belongs to."""
        parcels.belong(self.base, letters)

    def lately(self, hours: float) -> list[File]:
        """Letters, and annexes without one, that came in within so many hours."""
        return parcels.lately(self.base, self.store, hours)

    def sign(self, sha256: str, signatures: Sequence[Mapping[str, Any]]) -> None:
        """Chữ ký số: what the check of a file's signatures has found."""
        parcels.sign(self.base, sha256, signatures)

    # after

    def correct(self, entry_id: int, field: str, value: Any, *, who: str) -> None:
        """Đính chính: see `corrections.correct`."""
        corrections.correct(self.base, entry_id, field, value, who)

    def corrected(self) -> list[int]:
        """Ids of registered entries that people corrected and that have an original, oldest first."""
        return corrections.corrected(self.base)

    def learnt(self) -> Learnt:
        """Tên đã học, for the extractors: see `learnt.known`."""
        return learnt.known(self.base)

    def cited(self, numbers: Collection[int]) -> tuple[str, ...]:
        """Codes with one of these numbers that documents cite: see `links.cited`."""
        return links.cited(self.base, numbers)

    def lessons(self) -> list[dict[str, Any]]:
        """What each correction taught: see `learnt.lessons`."""
        return learnt.lessons(self.base)

    def forget_lesson(self, lesson_id: int, *, who: str) -> None:
        """Quên: see `learnt.forget`."""
        learnt.forget(self.base, lesson_id, who)

    def void(self, entry_id: int, reason: str, *, who: str) -> None:
        """Hủy số: the number stays and is never given again."""
        entries.void(self.base, entry_id, reason, who)

    def set_state(self, item_id: int, state: ItemState, *, who: str, note: str | None = None, closed_by: int | None = None) -> None:
        """A follow-up item moves on: see `states.set_state`."""
        states.set_state(self.base, item_id, state, who=who, note=note, closed_by=closed_by)

    def assign(self, item_id: int, unit: str | None, *, who: str) -> None:
        """Phân công a follow-up item to a unit of ours."""
        acts.assign(self.base, item_id, unit, who=who)

    # asking

    def resolve(self, id_or_number: str) -> int:
        """`12` (id) or `5/2024` (số đến) → id; NotFound."""
        return entries.resolve(self.base, id_or_number)

    def show(self, entry_id: int) -> dict[str, Any]:
        """All that is known of one entry: see `views.show`."""
        return views.show(self.base, self.store, entry_id)

    def text(self, entry_id: int) -> str:
        """The text of an entry in reading order, pages parted by a form feed; empty where the entry was emptied."""
        return views.text(self.base, entry_id)

    def search(self, query: str, limit: int = 20) -> list[dict[str, Any]]:
        """Tìm kiếm: see `search.search`."""
        return search.search(self.base, query, limit)

    def due(self, until: date | None = None, unit: str | None = None) -> list[dict[str, Any]]:
        """Open follow-up items by due date: see `items.due`."""
        return items.due(self.base, until, unit)

    def links(self, entry_id: int) -> dict[str, list[Any]]:
        """`{cites, cited_by, answers, answered_by, not_received}`."""
        entries.entry(self.base, entry_id)
        return links.links(self.base, entry_id)

    def entries(self, *, offset: int = 0, limit: int = 50, **filters: Any) -> list[dict[str, Any]]:
        """Lines of the register, newest first; filters: those of `views.where`."""
        return views.entries(self.base, offset, limit, filters)

    def count(self, **filters: Any) -> int:
        """How many entries there are; filters as for `entries`."""
        return views.count(self.base, filters)

    def lines(self, query: str = "", *, offset: int = 0, limit: int = 50, **filters: Any) -> list[dict[str, Any]]:
        """A page of the register's lines: see `listing.lines`."""
        return listing.lines(self.base, query, offset=offset, limit=limit, **filters)

    def count_lines(self, query: str = "", **filters: Any) -> int:
        """How many lines `lines` has in all."""
        return listing.count(self.base, query, **filters)

    def choices(self) -> dict[str, list[Any]]:
        """What the lines can be filtered by: `{book, year, doc_type}`."""
        return listing.choices(self.base)

    def pages(self, entry_id: int) -> list[dict[str, Any]]:
        """Pages of an entry: see `listing.pages`."""
        return listing.pages(self.base, entry_id)

    def check(self) -> list[str]:
        """Kiểm tra: faults, one sentence each; empty where all is as it should be."""
        return check.check(self.base, self.store)

    def start_run(self) -> int:
        """An intake begins: what a kill left half done is ended; the run's id."""
        classified.finish(self.base, self.store)
        self.store.sweep()
        return runs.start(self.base)

    def end_run(self, run_id: int, *, registered: int = 0, duplicates: int = 0, rejected: int = 0, waiting: int = 0, **detail: Any) -> None:
        """An intake ends with its counts."""
        counts = {"registered": registered, "duplicates": duplicates, "rejected": rejected, "waiting": waiting}
        runs.end(self.base, run_id, counts, detail)

    def runs(self, limit: int = 20) -> list[dict[str, Any]]:
        """The last intakes, newest first; one without an end was killed."""
        return runs.latest(self.base, limit)
