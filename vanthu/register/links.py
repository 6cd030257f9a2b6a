"""Liên kết: what a document cites, answered with the entries that are those documents, whichever came in first."""

import json
from collections.abc import Collection
from typing import Any

from vanthu.register import bodies, codes, directory
from vanthu.register.connection import Base

Row = dict[str, Any]


def resolve(base: Base, document_id: int, *more: codes.CodeKey | None) -> None:
    """Answer anew every citation that an entry makes, and every citation of its code (and of `more`: codes it had before)."""
    own = base.row("SELECT number, symbol_key FROM documents WHERE id=?", document_id)
    keys = {(key.number, key.symbol) for key in more if key and key.number is not None}
    if own and own["number"] is not None:
        keys.add((own["number"], own["symbol_key"]))
    citations = base.rows("SELECT * FROM citations WHERE document_id=?", document_id)
    for number, symbol in sorted(keys):
        citations += base.rows("SELECT * FROM citations WHERE symbol_key=? AND number=? AND document_id<>?", symbol, number, document_id)
    _answer(base, citations)
    # what those say by number alone that cite this one may be clear now
    _answer(
        base,
        base.rows(
            # +: by the few that cite this one, not by all that are not answered yet
            """SELECT * FROM citations WHERE +cited_id IS NULL AND issued_on IS NULL AND issuer IS NULL
               AND document_id IN (SELECT document_id FROM citations WHERE cited_id=?)""",
            document_id,
        ),
    )


def _answer(base: Base, citations: list[Row]) -> None:
    for citation in sorted(citations, key=lambda row: row["issued_on"] is None and row["issuer"] is None):
        cited = _cited(base, citation)
        if cited != citation["cited_id"]:
            base.db["citations"].update(citation["id"], {"cited_id": cited})


def _cited(base: Base, citation: Row) -> int | None:
    """The entry that a citation means, None where there is none or more than one.

    Numbers start again each year at each body: with a date the year must agree, with an issuer the body. A citation with
    neither means an entry only where the code has its year in it (a legal document's is the only one in the country).
    """
    if citation["number"] is None:
        return None
    candidates = [row for row in _with_code(base, citation["number"], citation["symbol_key"]) if row["id"] != citation["document_id"]]
    citing = base.rows("SELECT id, issued_on, body_key FROM documents WHERE id=?", citation["document_id"])[0]
    fitting = [row for row in candidates if _fits(base, row, citation, citing["issued_on"])]
    exact = [row for row in fitting if row["issued_on"] and row["issued_on"] == citation["issued_on"]]
    if len(exact) > 1 and not citation["issuer"]:
        # without an author the writer means its own
        exact = [row for row in exact if row["body_key"] and row["body_key"] == citing["body_key"]] or exact
    return _only(exact or fitting or _spoken_of(base, citation, candidates))


def _fits(base: Base, row: Row, citation: Row, citing: str | None) -> bool:
    if row["issued_on"] and citing and row["issued_on"] > citing:
        return False
    day, has_year = citation["issued_on"], codes.CodeKey(None, citation["symbol_key"]).has_year
    if day and row["issued_on"] and day[:4] != row["issued_on"][:4]:
        return False
    named = bodies.held(bodies.key(citation["issuer"]))
    same_day = bool(day and day == row["issued_on"])
    if bodies.bare(named):
        return same_day and (row["body_key"] or "").startswith(named.removeprefix("nha ") + " ")
    if named:
        return bodies.compatible(named, row["body_key"] or "") or (same_day and row["direction"] == "out" and _is_us(base, named))
    return has_year or same_day


def _is_us(base: Base, named: str) -> bool:
    """One of the names that our office goes by."""
    return any(bodies.compatible(named, bodies.key(name)) for name in directory.office(base).names)


def _spoken_of(base: Base, citation: Row, candidates: list[Row]) -> list[Row]:
    """`việc thực hiện Chỉ thị số 12-CT/TU`: number alone means the one that a document cites which this one answers."""
    if citation["issued_on"] or citation["issuer"]:
        return []
    near = base.rows(
        """SELECT DISTINCT d.cited_id AS id FROM citations c JOIN citations d ON d.document_id=c.cited_id
           WHERE c.document_id=? AND d.cited_id IS NOT NULL""",
        citation["document_id"],
    )
    known = {row["id"] for row in near}
    return [row for row in candidates if row["id"] in known]


def _only(rows: list[Row]) -> int | None:
    """One document, though it may have been registered twice (the first entry then); None where they differ."""
    if len({(row["issued_on"], row["body_key"]) for row in rows}) != 1:
        return None
    return min(int(row["id"]) for row in rows)


def _with_code(base: Base, number: int, symbol: str) -> list[Row]:
    return base.rows(
        """SELECT id, issued_on, received_on, body_key, direction FROM documents
           WHERE symbol_key=? AND number=? AND state='registered' ORDER BY id""",
        symbol,
        number,
    )


def cited(base: Base, numbers: Collection[int]) -> tuple[str, ...]:
    """The codes with one of these numbers that registered documents cite, as they are cited."""
    rows = base.rows(
        # CROSS JOIN: left to itself SQLite goes through the documents
        """SELECT DISTINCT c.code FROM citations c CROSS JOIN documents d ON d.id=c.document_id
           WHERE c.number IN (SELECT value FROM json_each(?)) AND d.state='registered' ORDER BY c.code""",
        json.dumps(sorted(numbers)),
    )
    return tuple(row["code"] for row in rows)


def probable_duplicates(base: Base, document_id: int) -> list[int]:
    """Entries with the same number, symbol, issuer and year (Decree 30/2020, Annex VI, with the year): perhaps scanned again."""
    own = base.row("SELECT number, symbol_key, issued_on, received_on, body_key, state FROM documents WHERE id=?", document_id)
    if own is None or own["number"] is None or own["state"] != "registered":
        return []
    others = [row for row in _with_code(base, own["number"], own["symbol_key"]) if row["id"] != document_id]
    return [int(row["id"]) for row in others if _same(own, row)]


def _same(one: Row, other: Row) -> bool:
    if one["issued_on"] and other["issued_on"]:
        year = one["issued_on"][:4] == other["issued_on"][:4]
    else:
        year = (one["issued_on"] or one["received_on"])[:4] == (other["issued_on"] or other["received_on"])[:4]
    if one["body_key"] and other["body_key"]:
        return year and bodies.compatible(one["body_key"], other["body_key"])
    return year and (not one["issued_on"] or not other["issued_on"] or one["issued_on"] == other["issued_on"])


def links(base: Base, document_id: int) -> dict[str, list[Any]]:
    """`{cites, cited_by, answers, answered_by, not_received}`: ids of entries; codes where nothing is registered."""
    ours = base.rows("SELECT relation, code, cited_id FROM citations WHERE document_id=? ORDER BY position", document_id)
    theirs = base.rows(
        """SELECT c.relation, c.document_id FROM citations c JOIN documents d ON d.id=c.document_id
           WHERE c.cited_id=? AND d.state='registered' ORDER BY c.document_id""",
        document_id,
    )
    return {
        "cites": _unique(row["cited_id"] for row in ours if row["cited_id"]),
        "cited_by": _unique(row["document_id"] for row in theirs),
        "answers": _unique(row["cited_id"] for row in ours if row["cited_id"] and row["relation"] == "answers"),
        "answered_by": _unique(row["document_id"] for row in theirs if row["relation"] == "answers"),
        "not_received": _unique(row["code"] for row in ours if not row["cited_id"]),
    }


def _unique(values: Any) -> list[Any]:
    return list(dict.fromkeys(values))
