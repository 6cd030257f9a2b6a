"""Tập văn bản: several documents in one file, each an entry of its own; split and joined by a person."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from vanthu.errors import WrongUse
from vanthu.messages import say
from vanthu.register import entries, events
from vanthu.register.connection import Base
from vanthu.register.rows import Entry, Paper


def ever_of_file(base: Base, file_id: int) -> list[int]:
    """Ids of the entries of a file, those too whose number was voided."""
    rows = base.rows("SELECT document_id FROM document_files WHERE file_id=? AND role='main' ORDER BY document_id", file_id)
    return [row["document_id"] for row in rows]


def of_file(base: Base, file_id: int) -> list[int]:
    """Ids of the registered entries of a file, in the order of its pages."""
    rows = base.rows(
        """SELECT d.id, min(p.number) AS first FROM documents d LEFT JOIN pages p ON p.document_id=d.id
           WHERE d.file_id=? GROUP BY d.id ORDER BY first, d.part""",
        file_id,
    )
    return [row["id"] for row in rows]


def others(base: Base, document_id: int) -> list[dict[str, Any]]:
    """`{id, number, code, pages}` of the other documents in the file of an entry, in the order of its pages."""
    file_id = base.value("SELECT file_id FROM documents WHERE id=?", document_id)
    return [_line(base, known) for known in of_file(base, file_id) if known != document_id] if file_id is not None else []


def _line(base: Base, document_id: int) -> dict[str, Any]:
    known = entries.entry(base, document_id)
    pages = base.value("SELECT pages FROM document_files WHERE document_id=? AND role='main'", document_id)
    return {"id": known.id, "number": known.number, "code": known.code, "pages": json.loads(pages) if pages else None}


def split(base: Base, document_id: int, papers: Sequence[Paper], who: str) -> list[Entry]:
    """Tách: the entry keeps the first of `papers`, with its số đến and corrections; the others get numbers of their own. All or nothing."""
    with base.transaction():
        row = entries.row_of(base, document_id)
        entries.read(base, document_id, papers[0])
        day = date.fromisoformat(row["received_on"])
        made = [entries.add(base, row["file_id"], paper, day, row["direction"]) for paper in papers[1:]]
        events.add(base, "split", who=who, document=document_id, into=[one.id for one in made])
        return [entries.entry(base, document_id, new=False), *made]


def join(base: Base, document_id: int, other_id: int, paper: Paper, who: str) -> None:
    """Gộp: the pages of another entry of the same file go to this one; the other's number is voided. All or nothing.

    Where the two were joined no split is proposed again.
    """
    with base.transaction():
        row, other = entries.row_of(base, document_id), entries.row_of(base, other_id)
        if row["file_id"] is None or row["file_id"] != other["file_id"] or document_id == other_id:
            raise WrongUse("register.not_one_file", id=document_id, other=other_id)
        known = base.value("SELECT pages FROM document_files WHERE document_id=? AND role='main'", other_id)
        _refuse(base, document_id, [*json.loads(known or "[]"), *entries.refused_of(base, other_id)])
        entries.void(base, other_id, say("register.joined", number=entries.entry(base, document_id).number), who)
        entries.read(base, document_id, paper)
        events.add(base, "joined", who=who, document=document_id, other=other_id)


def refuse(base: Base, document_id: int, who: str) -> None:
    """A person says that the entry is one document: what is proposed is taken back, and not proposed again."""
    with base.transaction():
        row = entries.row_of(base, document_id)
        _refuse(base, document_id, [one["page"] for one in json.loads(row["proposals"] or "[]")])
        base.db["documents"].update(document_id, {"proposals": "[]"})
        events.add(base, "not_split", who=who, document=document_id)


def _refuse(base: Base, document_id: int, pages: Sequence[int]) -> None:
    known = sorted({*entries.refused_of(base, document_id), *pages})
    base.db["documents"].update(document_id, {"refused": json.dumps(known)})
