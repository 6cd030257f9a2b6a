"""Tên đã học: what people's corrections teach of bodies, signers, places and abbreviations; kept here, in the office's own register.

Nothing is copied: a lesson is the correction itself, so that it goes with its document, and `forget` only marks it.
"""

import json
from typing import Any

from models.context import Learnt, LearntBody, LearntSigner
from vanthu.errors import NotFound
from vanthu.register import events
from vanthu.register.connection import Base

_KINDS = {"issuer": "body", "parent": "body", "place": "place", "signer": "signer", "signer.name": "signer", "code": "abbreviation"}

_LESSONS = """SELECT c.id, c.document_id, c.field, c.value, c.who, c.at, d.arrival_number || '/' || d.year AS number,
  d.issuer, d.parent, d.code, d.signer_position, json_extract(d.record, '$._found.code.needs_look') AS doubtful
  FROM corrections c JOIN documents d ON d.id=c.document_id
  WHERE d.state='registered' AND c.forgotten_at IS NULL AND c.id IN (
    SELECT max(id) FROM corrections WHERE undone_at IS NULL AND field IN ('issuer','parent','place','signer','signer.name','code')
    GROUP BY document_id, CASE field WHEN 'signer.name' THEN 'signer' ELSE field END)
  ORDER BY c.id"""
"""The last word of people on each of these fields of each registered document."""


def lessons(base: Base) -> list[dict[str, Any]]:
    """`{id, kind, name, issuer, parent, position, abbreviation, document, number, who, at}`, oldest first; `id` is what `forget` takes."""
    found = (_lesson(row) for row in base.rows(_LESSONS))
    return [lesson for lesson in found if lesson["name"]]


def _lesson(row: dict[str, Any]) -> dict[str, Any]:
    kind, value = _KINDS[row["field"]], json.loads(row["value"])
    name = (value or {}).get("name") if row["field"] == "signer" else value
    if kind == "abbreviation":
        name = _abbreviation(value) if row["issuer"] else None
    return {
        "id": row["id"],
        "kind": kind,
        "name": name,
        "issuer": row["issuer"] if kind in ("signer", "abbreviation") else None,
        "parent": row["parent"] if row["field"] != "parent" else None,
        "position": row["signer_position"] if kind == "signer" else None,
        "abbreviation": _abbreviation(row["code"]) if row["field"] == "issuer" and not row["doubtful"] else None,
        "document": row["document_id"],
        "number": row["number"],
        "who": row["who"],
        "at": row["at"],
    }


def _abbreviation(code: str | None) -> str | None:
    from extractors._learnt import abbreviation_of  # searching need not wait for the extractors

    return abbreviation_of(code)


def known(base: Base) -> Learnt:
    """The lessons as extractors take them."""
    bodies, signers, places = [], [], []
    for one in lessons(base):
        if one["kind"] == "body":
            bodies.append(LearntBody(one["name"], one["parent"], one["abbreviation"]))
        elif one["kind"] == "abbreviation":
            bodies.append(LearntBody(one["issuer"], one["parent"], one["name"]))
        elif one["kind"] == "place":
            places.append(one["name"])
        elif one["issuer"]:
            signers.append(LearntSigner(one["name"], one["position"], one["issuer"], one["parent"]))
    return Learnt(tuple(dict.fromkeys(bodies)), tuple(dict.fromkeys(signers)), tuple(dict.fromkeys(places)))


def forget(base: Base, lesson_id: int, who: str) -> None:
    """Quên: the correction stays with its document and teaches nothing any more. NotFound where there is no such lesson."""
    with base.transaction():
        lesson = next((one for one in lessons(base) if one["id"] == lesson_id), None)
        if lesson is None:
            raise NotFound("learnt.no_lesson", id=lesson_id)
        base.db["corrections"].update(lesson_id, {"forgotten_at": base.now()})
        events.add(base, "forgotten", who=who, document=lesson["document"], lesson=lesson_id)
