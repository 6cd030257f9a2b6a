"""Đăng ký: a document becomes an entry with its số đến, all in one transaction; read again, corrected or voided later."""

import json
from datetime import date
from typing import Any

from models.document import Document
from models.record import Record
from vanthu.errors import NotFound, WrongUse
from vanthu.register import codes, effective, events, followups, links, numbering, projection
from vanthu.register.connection import Base
from vanthu.register.rows import Direction, Entry

Json = dict[str, Any]


def register(base: Base, file_id: int, document: Document, record: Record, received_on: date, direction: Direction) -> Entry:
    """The entry of a claimed file; called again it returns the same entry and writes nothing."""
    with base.transaction():
        known = base.value("SELECT id FROM documents WHERE file_id=?", file_id)
        if known is not None:
            return entry(base, known, new=False)
        name = base.value("SELECT name FROM files WHERE id=?", file_id)
        if name is None:
            raise NotFound("register.no_file", id=file_id)
        document_id = _first_line(base, file_id, record, received_on, direction)
        base.db["document_files"].insert({"document_id": document_id, "file_id": file_id, "role": "main", "name": name})
        _read(base, document_id, document, record)
        base.db["files"].update(file_id, {"state": "registered", "reason": None, "detail": None})
        done = entry(base, document_id)
        events.add(base, "registered", document=document_id, file=file_id, number=done.number, book=done.book)
        if done.probable_duplicates:
            events.add(base, "probable_duplicate", document=document_id, of=[*done.probable_duplicates])
        return done


def _first_line(base: Base, file_id: int, record: Record, received_on: date, direction: Direction) -> int:
    book = numbering.book_of(base, record, direction)
    row = {
        "file_id": file_id,
        "direction": direction,
        "book": book,
        "year": received_on.year,
        "arrival_number": numbering.draw(base, book, received_on.year),
        "received_on": received_on.isoformat(),
        "state": "registered",
        "registered_at": base.now(),
    }
    return int(base.db["documents"].insert(row, pk="id").last_pk)


def _read(base: Base, document_id: int, document: Document, record: Record) -> list[int]:
    machine = effective.machine_json(document, record)
    projection.write_pages(base, document_id, document)
    base.db["documents"].update(
        document_id,
        {
            "machine": json.dumps(machine, ensure_ascii=False),
            "pages": len(document.pages),
            "notes": json.dumps(document.notes),
            "read_at": base.now(),
        },
    )
    return refresh(base, document_id)


def refresh(base: Base, document_id: int) -> list[int]:
    """Work out again all that follows from the machine's record and the corrections; ids of corrections that found no item."""
    row = _row(base, document_id)
    corrections = base.rows("SELECT id, field, anchor, value FROM corrections WHERE document_id=? ORDER BY id", document_id)
    decoded = [correction | {"value": json.loads(correction["value"])} for correction in corrections]
    record, lost = effective.apply(json.loads(row["machine"]), decoded)
    base.db["documents"].update(document_id, projection.columns(record))
    projection.write_parts(base, document_id, record)
    projection.write_text(base, document_id, record)
    followups.sync(base, document_id, record, date.fromisoformat(row["received_on"]))
    links.resolve(base, document_id, codes.key(row["code"]))
    return lost


def reread(base: Base, document_id: int, document: Document, record: Record) -> list[int]:
    """Today's reading in place of the old one; corrections, states and số đến stay. Ids of corrections whose item is gone."""
    with base.transaction():
        _row(base, document_id)
        lost = _read(base, document_id, document, record)
        events.add(base, "reread", document=document_id, lost_corrections=lost)
        return lost


_VOID_ATTACHED = """UPDATE files SET state='voided' WHERE id IN (SELECT file_id FROM document_files WHERE document_id=?) AND NOT EXISTS (
  SELECT 1 FROM document_files l JOIN documents d ON d.id=l.document_id WHERE l.file_id=files.id AND d.state='registered')"""


def void(base: Base, document_id: int, reason: str, who: str) -> None:
    """Hủy số: the entry stays with its number, out of search, links and follow-up; its file may be registered anew."""
    with base.transaction():
        row = _row(base, document_id)
        base.db["documents"].update(document_id, {"state": "void", "void_reason": reason, "file_id": None})
        if row["file_id"] is not None:
            base.db["files"].update(row["file_id"], {"state": "voided"})
        base.conn.execute(_VOID_ATTACHED, (document_id,))
        base.db["texts"].delete_where("document_id=?", [document_id])
        links.resolve(base, document_id)
        events.add(base, "voided", who=who, document=document_id)


def _row(base: Base, document_id: int) -> Json:
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
