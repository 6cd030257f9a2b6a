"""Số đến: one running number for each book and year (Decree 30/2020, Article 22), without gaps, never given twice."""

from models.record import Record
from vanthu.messages import say
from vanthu.register import bodies, codes
from vanthu.register.connection import Base

INCOMING, PARTY, OUTGOING = "den", "dang", "di"
BOOKS = (INCOMING, PARTY, OUTGOING)

_PARTY_BODIES = (
    "tinh uy",
    "thanh uy",
    "huyen uy",
    "quan uy",
    "thi uy",
    "dang uy",
    "ban chap hanh",
    "ban thuong vu",
    "bo chinh tri",
    "ban bi thu",
)


def book_of(base: Base, record: Record, direction: str) -> str:
    """The book a document belongs to: `den`, `di`, and `dang` for Party papers where the office keeps these apart."""
    if direction == "out":
        return OUTGOING
    return PARTY if base.separate_party_book and is_party(record) else INCOMING


def is_party(record: Record) -> bool:
    """True for a paper of the Party: by the form of its code, else by its issuer."""
    if record.code and codes.is_party(record.code.value):
        return True
    issuer = bodies.key(record.issuer.value) if record.issuer else ""
    return issuer.startswith(_PARTY_BODIES)


def draw(base: Base, book: str, year: int) -> int:
    """The next number of a book; call it inside the transaction that uses it. A first number that is set opens the book there."""
    last = base.value("SELECT max(arrival_number) FROM documents WHERE book=? AND year=?", book, year)
    first = base.first_numbers.get((book, year), 1)
    number = first if last is None else max(last + 1, first)
    if last is None or number > last + 1:
        base.db["books"].insert({"book": book, "year": year, "first_number": number}, pk=("book", "year", "first_number"), ignore=True)
    return int(number)


def faults(base: Base) -> list[str]:
    """Gaps and numbers before the first one. A voided number is present; a double cannot be (unique index)."""
    if not _may_have_gaps(base):
        return []
    rows = base.rows(
        """SELECT d.book, d.year, d.arrival_number AS number FROM documents d
           WHERE NOT EXISTS (SELECT 1 FROM documents p WHERE p.book=d.book AND p.year=d.year AND p.arrival_number=d.arrival_number-1)
             AND NOT EXISTS (SELECT 1 FROM books b WHERE b.book=d.book AND b.year=d.year AND b.first_number=d.arrival_number)
           ORDER BY d.book, d.year, d.arrival_number"""
    )
    return [say("check.gap", **row, before=row["number"] - 1) for row in rows]


def _may_have_gaps(base: Base) -> bool:
    """False where every book and year has as many numbers as lie between its first and its last, and begins where it was set to."""
    return (
        base.value(
            """SELECT 1 FROM (SELECT book, year, min(arrival_number) AS first, max(arrival_number) AS last, count(*) AS held
                 FROM documents GROUP BY book, year) n
               WHERE n.last-n.first+1<>n.held
                 OR NOT EXISTS (SELECT 1 FROM books b WHERE b.book=n.book AND b.year=n.year AND b.first_number=n.first) LIMIT 1"""
        )
        is not None
    )
