"""Vụ việc: documents that belong together by what they do with one another, in order; what is near a document; what never came in."""

from typing import Any

from models.text import fold
from vanthu.register import bodies, codes
from vanthu.register.connection import Base

Row = dict[str, Any]

KINDS = ("answers", "carries_out", "replaces", "amends", "reminds", "cites")
"""What a document does with one that it cites, the strongest first."""

_BINDS = ("answers", "carries_out", "replaces", "amends", "reminds")
"""Relations that make a matter; what is only cited in passing (a law, a basis) does not."""

_LINE = """id, arrival_number || '/' || year AS number, book, direction, code, doc_type, issued_on, received_on, issuer, subject"""
_ALIKE, _NEAR = 72, 200
_WEIGHT = {"answers": 1.0, "reminds": 1.0, "carries_out": 0.95, "replaces": 0.95, "amends": 0.95, "cites": 0.6}


def relations(base: Base, document_id: int) -> list[Row]:
    """`{relation, code, document, issued_on, issuer}` of what a document cites, in order; `document` None where it never came in."""
    return base.rows(
        """SELECT coalesce(kind, relation) AS relation, code, cited_id AS document, doc_type, issued_on, issuer
           FROM citations WHERE document_id=? ORDER BY position""",
        document_id,
    )


def thread(base: Base, document_id: int) -> list[Row]:
    """Vụ việc: all documents bound to this one, directly or through others, by day; each with `relations` to those in the matter."""
    found, edge = {document_id}, {document_id}
    while edge:
        edge = {one for known in edge for one in _bound(base, known)} - found
        found |= edge
    marks = ", ".join("?" * len(found))
    lines = base.rows(
        f"""SELECT {_LINE} FROM documents WHERE id IN ({marks}) AND state='registered'
            ORDER BY coalesce(issued_on, received_on), received_on, id""",  # noqa: S608
        *sorted(found),
    )
    return [line | {"relations": _within(base, line["id"], found)} for line in lines]


def _bound(base: Base, document_id: int) -> set[int]:
    kinds = ", ".join(f"'{kind}'" for kind in _BINDS)
    rows = base.rows(
        f"""SELECT c.cited_id AS id FROM citations c JOIN documents d ON d.id=c.cited_id
              WHERE c.document_id=?1 AND coalesce(c.kind, c.relation) IN ({kinds}) AND d.state='registered'
            UNION SELECT c.document_id FROM citations c JOIN documents d ON d.id=c.document_id
              WHERE c.cited_id=?1 AND coalesce(c.kind, c.relation) IN ({kinds}) AND d.state='registered'
            UNION SELECT k.document_id FROM closings k JOIN follow_ups f ON f.id=k.follow_up_id
              WHERE f.document_id=?1 AND k.state IN ('closed', 'accepted')
            UNION SELECT f.document_id FROM closings k JOIN follow_ups f ON f.id=k.follow_up_id
              WHERE k.document_id=?1 AND k.state IN ('closed', 'accepted')
            UNION SELECT closed_by FROM follow_ups WHERE document_id=?1 AND closed_by IS NOT NULL
            UNION SELECT document_id FROM follow_ups WHERE closed_by=?1""",  # noqa: S608
        document_id,
    )
    return {int(row["id"]) for row in rows}


def _within(base: Base, document_id: int, found: set[int]) -> list[Row]:
    said = [row for row in relations(base, document_id) if row["document"] in found and row["relation"] in _BINDS]
    cited = [{"relation": row["relation"], "document": row["document"]} for row in said]
    closed = base.rows("SELECT id AS item, document_id AS document FROM follow_ups WHERE closed_by=? ORDER BY id", document_id)
    return list({tuple(row.items()): row for row in cited}.values()) + [{"relation": "closes"} | row for row in closed]


def related(base: Base, document_id: int, limit: int = 10) -> list[Row]:
    """Văn bản liên quan, nearest first: `{…, why, score}`; why is a relation, `thread`, or `subject` where only the subjects are alike."""
    from rapidfuzz import fuzz  # searching need not wait for it

    own = base.row("SELECT subject, body_key FROM documents WHERE id=?", document_id) or {}
    scores: dict[int, tuple[float, str]] = {}
    for kind, known in _direct(base, document_id):
        _raise(scores, known, _WEIGHT.get(kind, 0.6), kind)
    for line in thread(base, document_id):
        _raise(scores, line["id"], 0.8, "thread")
    for row in _of_like_subject(base, document_id):
        likeness = fuzz.token_set_ratio(fold(own["subject"] or ""), fold(row["subject"]))
        if likeness >= _ALIKE:
            _raise(scores, row["id"], likeness / 200, "subject")
    scores.pop(document_id, None)
    best = sorted(scores, key=lambda known: (-scores[known][0], known))[:limit]
    return [_line(base, known) | {"why": scores[known][1], "score": round(scores[known][0], 3)} for known in best]


def _raise(scores: dict[int, tuple[float, str]], known: int, score: float, why: str) -> None:
    if score > scores.get(known, (0.0, ""))[0]:
        scores[known] = score, why


def _direct(base: Base, document_id: int) -> list[tuple[str, int]]:
    rows = base.rows(
        """SELECT coalesce(c.kind, c.relation) AS kind, c.cited_id AS id FROM citations c WHERE c.document_id=?1 AND c.cited_id IS NOT NULL
           UNION ALL SELECT coalesce(c.kind, c.relation), c.document_id FROM citations c JOIN documents d ON d.id=c.document_id
             WHERE c.cited_id=?1 AND d.state='registered'""",
        document_id,
    )
    return [(row["kind"], row["id"]) for row in rows]


def _of_like_subject(base: Base, document_id: int) -> list[Row]:
    """The last entries with a subject, as many as can be compared at once."""
    return base.rows(
        """SELECT id, subject FROM documents WHERE state='registered' AND subject IS NOT NULL AND id<>?
           ORDER BY abs(id-?) LIMIT ?""",
        document_id,
        document_id,
        10 * _NEAR,
    )


def _line(base: Base, document_id: int) -> Row:
    return base.rows(f"SELECT {_LINE} FROM documents WHERE id=?", document_id)[0]  # noqa: S608


def missing(base: Base) -> list[Row]:
    """Văn bản được viện dẫn mà chưa nhận: `{code, doc_type, issued_on, issuer, legal, cited_by}`, those that answers are due to first.

    One line a document: the same number of another body or year is another document. `legal`: a legal document, its year in its code.
    """
    rows = base.rows(
        """SELECT c.code, c.number, c.symbol_key, c.doc_type, c.issued_on, c.issuer, coalesce(c.kind, c.relation) AS kind, c.document_id
           FROM citations c JOIN documents d ON d.id=c.document_id
           WHERE c.cited_id IS NULL AND d.state='registered' ORDER BY c.document_id, c.position"""
    )
    found: list[Row] = []
    for row in rows:
        same = next((known for known in found if _same(known, row)), None)
        if same is None:
            key = codes.CodeKey(row["number"], row["symbol_key"] or "")
            found.append(row | {"legal": key.has_year, "cited_by": [row["document_id"]], "kinds": {row["kind"]}})
            continue
        same["cited_by"] = list(dict.fromkeys([*same["cited_by"], row["document_id"]]))
        same["kinds"].add(row["kind"])
        for name in ("doc_type", "issued_on", "issuer"):
            same[name] = same[name] or row[name]
    found.sort(key=lambda row: (row["legal"], not row["kinds"] & set(_BINDS), -len(row["cited_by"]), row["code"]))
    plain = ("code", "doc_type", "issued_on", "issuer", "legal", "cited_by")
    return [{name: row[name] for name in plain} for row in found]


def _same(one: Row, other: Row) -> bool:
    if (one["number"], one["symbol_key"] or one["code"]) != (other["number"], other["symbol_key"] or other["code"]):
        return False
    if one["issued_on"] and other["issued_on"] and one["issued_on"] != other["issued_on"]:
        return False
    names = bodies.key(one["issuer"]), bodies.key(other["issuer"])
    return not all(names) or bodies.compatible(*names)
