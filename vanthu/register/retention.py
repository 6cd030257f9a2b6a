"""Thời hạn lưu trữ and tiêu hủy: what may be destroyed when its term has run out, by a decision, and only with a record of it.

The line of the register stays with number, code, day, issuer and subject, as in a paper book; the file, its text and all that was read of
it go for good.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from vanthu.errors import WrongUse
from vanthu.messages import say
from vanthu.register import entries, events, links
from vanthu.register.classified import clear, finish
from vanthu.register.connection import Base
from vanthu.register.store import Store

_OPEN = "SELECT 1 FROM follow_ups f WHERE f.document_id=d.id AND f.stale=0 AND f.state IN ('open', 'in_progress')"
_LINE = "d.id, d.arrival_number || '/' || d.year AS number, d.book, d.code, d.doc_type, d.issued_on, d.received_on, d.issuer, d.subject"


def expired(base: Base, terms: Mapping[str, int]) -> list[dict[str, Any]]:
    """Lines of the entries whose term (years by type, counted from the year after their receipt) has run out, oldest first.

    A type without a term is kept for good, and so is what still has an open follow-up item.
    """
    found = []
    for doc_type, years in terms.items():
        before = date(base.today.year - years, 1, 1).isoformat()
        sql = f"SELECT {_LINE} FROM documents d WHERE d.state='registered' AND d.doc_type=? AND d.received_on<? AND NOT EXISTS ({_OPEN})"  # noqa: S608
        found += base.rows(sql, doc_type, before)
    return sorted(found, key=lambda line: (line["received_on"], line["id"]))


def destroy(base: Base, store: Store, ids: Sequence[int], terms: Mapping[str, int], reason: str, who: str) -> None:
    """Tiêu hủy entries by a decision (`reason`): WrongUse, and nothing done, where the term of one has not run out.

    Told in the log with the hashes of the files. A kill in between leaves a removal that the next run ends.
    """
    with base.transaction():
        allowed = {line["id"] for line in expired(base, terms)}
        for document_id in ids:
            entries.row_of(base, document_id)
            if document_id not in allowed:
                raise WrongUse("register.not_expired", id=document_id)
        for document_id in ids:
            _destroy(base, document_id, reason, who)
        base.db["texts"].optimize()
    finish(base, store)


def _destroy(base: Base, document_id: int, reason: str, who: str) -> None:
    files = base.rows(
        """SELECT f.id, f.sha256 FROM document_files l JOIN files f ON f.id=l.file_id WHERE l.document_id=?1
           AND NOT EXISTS (SELECT 1 FROM document_files o WHERE o.file_id=f.id AND o.document_id<>?1)""",
        document_id,
    )
    clear(base, document_id)
    gone = {"state": "void", "void_reason": say("destroyed", reason=reason), "file_id": None, "machine": None, "record": None}
    base.db["documents"].update(document_id, gone | {"signer_name": None, "proposals": None, "refused": None, "looks": 0})
    links.resolve(base, document_id)
    for file in files:
        base.db["files"].update(file["id"], {"state": "leaving"})
    hashes = [file["sha256"] for file in files]
    events.add(base, "destroyed", who=who, document=document_id, reason=reason, files=hashes)
