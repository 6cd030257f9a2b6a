"""Văn bản được trả lời: the documents whose items an answer may fulfil, how surely it answers them, and why.

Through the citation graph: what its opening answers; the reminders of that, and what a reminder reminds of; a dispatch of our own
that carries out the cited one of a higher body. Without a number only what is likely, for a proposal.
"""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from models.text import fold
from vanthu.register import bodies, codes, issuers, members
from vanthu.register.connection import Base
from vanthu.register.papers import Paper, desk_of, load, writes_as

Row = dict[str, Any]

CERTAIN, FITS, THROUGH, LIKE = 0.97, 0.93, 0.75, 0.6
_ALIKE = 82
_YEAR_OF_DAYS = 400


@dataclass(frozen=True, slots=True)
class Target:
    """A document that may be answered, how surely (0-1), and why."""

    paper: Paper
    sure: float
    evidence: tuple[Row, ...]


def of(base: Base, paper: Paper) -> list[Target]:
    """The documents that a paper answers, each once, the surest reason for it."""
    found: dict[int, Target] = {}
    for row in _answered(base, paper):
        _add(base, found, row["cited_id"], *_by_number(base, row))
    for known in [*found.values()]:
        for one in _reminders(base, known.paper):
            _add(base, found, one, known.sure - 0.01, (*known.evidence, {"signal": "reminder", "value": known.paper.row["code"]}))
        for one in _carried_down(base, paper, known.paper):
            _add(base, found, one, THROUGH, (*known.evidence, {"signal": "through", "value": known.paper.row["code"]}))
    for one, code in _of_one_order(base, paper):
        _add(base, found, one, THROUGH, ({"signal": "through", "value": code},))
    if not found:
        for one, likeness in _alike(base, paper):
            _add(base, found, one, LIKE, ({"signal": "likeness", "value": round(likeness / 100, 2)},))
    return [target for target in found.values() if target.paper.id != paper.id]


def _add(base: Base, found: dict[int, Target], known: int, sure: float, evidence: tuple[Row, ...]) -> None:
    if known in found and found[known].sure >= sure:
        return
    if paper := load(base, known):
        found[known] = Target(paper, sure, evidence)


def _answered(base: Base, paper: Paper) -> list[Row]:
    return base.rows(
        """SELECT * FROM citations WHERE document_id=? AND cited_id IS NOT NULL
           AND (relation='answers' OR kind IN ('answers', 'carries_out')) AND coalesce(kind, relation) NOT IN ('replaces', 'reminds')
           ORDER BY position""",
        paper.id,
    )


def _by_number(base: Base, row: Row) -> tuple[float, tuple[Row, ...]]:
    """Number, symbol and day agree: certain; without a day, what fits by body and year."""
    day = base.value("SELECT issued_on FROM documents WHERE id=?", row["cited_id"])
    exact = bool(day) and row["issued_on"] == day
    unique = codes.CodeKey(row["number"], row["symbol_key"] or "").has_year
    return (CERTAIN if exact or unique else FITS), ({"signal": "answers", "value": row["code"]},)


def _reminders(base: Base, asked: Paper) -> list[int]:
    """Reminders of a document by the same body, and what it itself reminds of."""
    rows = base.rows(
        """SELECT document_id AS id FROM citations WHERE cited_id=?1 AND kind='reminds'
           UNION SELECT cited_id FROM citations WHERE document_id=?1 AND kind='reminds' AND cited_id IS NOT NULL""",
        asked.id,
    )
    papers = [paper for row in rows if (paper := load(base, row["id"]))]
    return [paper.id for paper in papers if asked.issuer and paper.issuer and members.same(asked.issuer, paper.issuer)]


def _carried_down(base: Base, paper: Paper, cited: Paper) -> list[int]:
    """Dispatches that pass the cited one on, of a body that the answer is addressed to; where it goes to who was cited, none."""
    if any(cited.is_named(name) for name in paper.addressees):
        return []
    rows = base.rows(
        """SELECT d.id, d.issuer, d.body_key FROM citations c CROSS JOIN documents d ON d.id=c.document_id
           WHERE c.cited_id=? AND c.kind IN ('carries_out', 'answers') AND c.document_id<>?""",
        cited.id,
        paper.id,
    )
    return [row["id"] for row in rows if _addressed(paper, row)]


def _addressed(paper: Paper, row: Row) -> bool:
    """Told by the line of an entry: many carry out one order, and their records need not be read."""
    return any(writes_as(name, row["issuer"], row["body_key"]) for name in paper.addressees)


def _of_one_order(base: Base, paper: Paper) -> list[tuple[int, str]]:
    """Dispatches of an addressee that carry out what the paper carries out, where that itself never came in."""
    rows = base.rows(
        # CROSS, +: from what this one cites by its code to who cites that, whatever else there is
        """SELECT d.id, c.code, d.issuer, d.body_key FROM citations c CROSS JOIN citations o
             ON o.number=c.number AND o.symbol_key=c.symbol_key AND o.issued_on=c.issued_on AND o.document_id<>c.document_id
           CROSS JOIN documents d ON d.id=o.document_id
           WHERE c.document_id=? AND +c.cited_id IS NULL AND +o.cited_id IS NULL AND c.kind IN ('carries_out', 'answers')
             AND o.kind IN ('carries_out', 'answers') AND c.issued_on IS NOT NULL""",
        paper.id,
    )
    return [(row["id"], row["code"]) for row in rows if _addressed(paper, row)]


def _alike(base: Base, paper: Paper) -> list[tuple[int, float]]:
    """Documents of an addressee with open items and a like subject, for an answer that cites no number of ours."""
    if not paper.subject or not paper.addressees or paper.reminds:
        return []
    from rapidfuzz import fuzz  # searching need not wait for it

    addressed = {desk_of(name) for name in paper.addressees}
    asked = [key for key in issuers.keys(base) if any(bodies.compatible(name, key) for name in addressed)]
    day = date.fromisoformat(paper.issued_on or paper.row["received_on"])
    rows = base.rows(
        """SELECT d.id, d.subject FROM documents d INDEXED BY idx_documents_written
           WHERE d.state='registered' AND d.body_key IN (SELECT value FROM json_each(?))
             AND coalesce(d.issued_on, d.received_on) BETWEEN ? AND ? AND d.subject IS NOT NULL AND d.id<>?
             AND EXISTS (SELECT 1 FROM follow_ups f WHERE f.document_id=d.id AND f.stale=0) ORDER BY d.id""",
        json.dumps(asked),
        (day - timedelta(days=_YEAR_OF_DAYS)).isoformat(),
        day.isoformat(),
        paper.id,
    )
    alike = [(row["id"], fuzz.token_set_ratio(paper.subject, fold(row["subject"]))) for row in rows]
    return [(known, likeness) for known, likeness in alike if likeness >= _ALIKE]
