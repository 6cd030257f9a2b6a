"""Đăng ký: a document becomes an entry with its số đến, all in one transaction; read again, corrected or voided later."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from models.record import Record
from vanthu.errors import NotFound, WrongUse
from vanthu.register import closings, codes, effective, events, followups, links, numbering, projection
from vanthu.register.connection import Base
from vanthu.register.rows import Direction, Entry, Paper

Json = dict[str, Any]


def register(base: Base, file_id: int, papers: Sequence[Paper], received_on: Sequence[date], direction: Direction) -> list[Entry]:
    """The entries of a claimed file, one for each document in it; called again it returns the same entries and writes nothing."""
    with base.transaction():
        known = base.rows("SELECT id FROM documents WHERE file_id=? ORDER BY part", file_id)
        if known:
            return [entry(base, row["id"], new=False) for row in known]
        if base.value("SELECT 1 FROM files WHERE id=?", file_id) is None:
            raise NotFound("register.no_file", id=file_id)
        made = [add(base, file_id, paper, day, direction) for paper, day in zip(papers, received_on, strict=True)]
        base.db["files"].update(file_id, {"state": "registered", "reason": None, "detail": None})
        return made


def add(base: Base, file_id: int, paper: Paper, received_on: date, direction: Direction) -> Entry:
    """One more entry of a file, with the next số đến; within the transaction of what it belongs to."""
    document_id = _first_line(base, file_id, paper.record, received_on, direction)
    link = {"document_id": document_id, "file_id": file_id, "role": "main", "pages": _pages(paper)}
    base.db["document_files"].insert(link | {"name": base.value("SELECT name FROM files WHERE id=?", file_id)})
    read(base, document_id, paper)
    done = entry(base, document_id)
    events.add(base, "registered", document=document_id, file=file_id, number=done.number, book=done.book)
    if done.probable_duplicates:
        events.add(base, "probable_duplicate", document=document_id, of=[*done.probable_duplicates])
    return done


def _first_line(base: Base, file_id: int, record: Record, received_on: date, direction: Direction) -> int:
    book = numbering.book_of(base, record, direction)
    row = {
        "file_id": file_id,
        "part": base.value("SELECT coalesce(max(part), 0) + 1 FROM documents WHERE file_id=?", file_id),
        "direction": direction,
        "book": book,
        "year": received_on.year,
        "arrival_number": numbering.draw(base, book, received_on.year),
        "received_on": received_on.isoformat(),
        "state": "registered",
        "registered_at": base.now(),
    }
    return int(base.db["documents"].insert(row, pk="id").last_pk)


def _pages(paper: Paper) -> str | None:
    return json.dumps(paper.pages) if paper.pages is not None else None


def read(base: Base, document_id: int, paper: Paper) -> list[int]:
    """What a reading says, in place of an older one; within a transaction. Ids of corrections that found no item."""
    document = paper.document
    machine = effective.machine_json(document, paper.record)
    projection.write_pages(base, document_id, document)
    refused = refused_of(base, document_id)
    base.db["documents"].update(
        document_id,
        {
            "machine": json.dumps(machine, ensure_ascii=False),
            "pages": len(document.pages),
            "notes": json.dumps(document.notes),
            "read_at": base.now(),
            "proposals": json.dumps([one.as_json() for one in paper.proposals if one.page not in refused]),
        },
    )
    base.conn.execute("UPDATE document_files SET pages=? WHERE document_id=? AND role='main'", (_pages(paper), document_id))
    return refresh(base, document_id)


def refused_of(base: Base, document_id: int) -> list[int]:
    """Pages at which a person has said that no other document begins."""
    found: list[int] = json.loads(base.value("SELECT refused FROM documents WHERE id=?", document_id) or "[]")
    return found


def refresh(base: Base, document_id: int) -> list[int]:
    """Work out again all that follows from the machine's record and the corrections; ids of corrections that found no item."""
    row = row_of(base, document_id)
    corrections = base.rows(
        "SELECT id, field, anchor, value, place FROM corrections WHERE document_id=? AND undone_at IS NULL ORDER BY id", document_id
    )
    decoded = [one | {"value": json.loads(one["value"]), "place": json.loads(one["place"] or "null")} for one in corrections]
    record, lost = effective.apply(json.loads(row["machine"]), decoded)
    base.db["documents"].update(document_id, projection.columns(record))
    projection.write_parts(base, document_id, record)
    projection.write_text(base, document_id, record)
    followups.sync(base, document_id, record, date.fromisoformat(row["received_on"]))
    links.resolve(base, document_id, codes.key(row["code"]))
    closings.review(base, document_id)
    return lost


def reread(base: Base, document_id: int, paper: Paper) -> list[int]:
    """Today's reading in place of the old one; corrections, states and số đến stay. Ids of corrections whose item is gone."""
    with base.transaction():
        row_of(base, document_id)
        lost = read(base, document_id, paper)
        events.add(base, "reread", document=document_id, lost_corrections=lost)
        return lost


_VOID_ATTACHED = """UPDATE files SET state='voided' WHERE id IN (SELECT file_id FROM document_files WHERE document_id=?) AND NOT EXISTS (
  SELECT 1 FROM document_files l JOIN documents d ON d.id=l.document_id WHERE l.file_id=files.id AND d.state='registered')"""


def void(base: Base, document_id: int, reason: str, who: str) -> None:
    """Hủy số: the entry stays with its number, out of search, links and follow-up; its file may be registered anew."""
    with base.transaction():
        row = row_of(base, document_id)
        base.db["documents"].update(document_id, {"state": "void", "void_reason": reason, "file_id": None})
        if row["file_id"] is not None and base.value("SELECT 1 FROM documents WHERE file_id=?", row["file_id"]) is None:
            base.db["files"].update(row["file_id"], {"state": "voided"})
        base.conn.execute(_VOID_ATTACHED, (document_id,))
        base.db["texts"].delete_where("document_id=?", [document_id])
        links.resolve(base, document_id)
        closings.review(base, document_id)
        events.add(base, "voided", who=who, document=document_id)


def row_of(base: Base, document_id: int) -> Json:
    """The row of a registered entry; NotFound, or WrongUse where it is voided."""
    row = base.row("SELECT * FROM documents WHERE id=?", document_id)
    if row is None:
        raise NotFound("register.no_entry", id=document_id)
    if row["state"] != "registered":
        raise WrongUse("register.voided", id=document_id)
    return row


def entry(base: Base, document_id: int, *, new: bool = True) -> Entry:
    """An entry's line; NotFound where there is none."""
    row = base.row("SELECT id, book, year, arrival_number, received_on, code FROM documents WHERE id=?", document_id)
    if row is None:
        raise NotFound("register.no_entry", id=document_id)
    received_on = date.fromisoformat(row.pop("received_on"))
    return Entry(**row, received_on=received_on, new=new, probable_duplicates=tuple(links.probable_duplicates(base, document_id)))


def resolve(base: Base, id_or_number: str) -> int:
    """The id that `12` (an id) or `5/2024` (số đến and year; `dang:5/2024` names the book) means; incoming before outgoing."""
    text = id_or_number.strip()
    book, _, rest = text.rpartition(":")
    number, slash, year = rest.partition("/")
    if not number.isdecimal() or (slash and not year.isdecimal()):
        raise NotFound("register.no_entry", id=text)
    if not slash:
        found = base.rows("SELECT id, book FROM documents WHERE id=?", int(number))
    else:
        sql = "SELECT id, book FROM documents WHERE arrival_number=? AND year=?"
        found = base.rows(sql, int(number), int(year))
        wanted = [row for row in found if row["book"] == (book or numbering.INCOMING)]
        found = wanted or ([] if book else found)
    if len(found) > 1:
        known = ", ".join(f"{row['book']}:{rest} (id {row['id']})" for row in found)
        raise WrongUse("register.many_entries", id=text, known=known)
    if not found:
        raise NotFound("register.no_entry", id=text)
    return int(found[0]["id"])
