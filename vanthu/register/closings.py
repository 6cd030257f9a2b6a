"""Khép việc: what an answer fulfils is proposed with its evidence, closed by a person's word, or by itself where it is sure enough.

A row of `closings` is one answer to one item: `proposed`, `closed` (by itself), `accepted`, `refused` or `undone` (by a person). What
a person has decided stays; what the machine has done is worked out anew whenever a document comes, changes or goes.
"""

import json
from typing import Any

from vanthu.errors import NotFound
from vanthu.register import answers, events, items, members, states, units
from vanthu.register.connection import Base
from vanthu.register.papers import Paper, load

Row = dict[str, Any]

BY_MACHINE = ("proposed", "closed")
HOLDS = ("closed", "accepted")


def review(base: Base, document_id: int) -> None:
    """Match an entry anew: as an answer, and with all that answers it; within the transaction of what has changed."""
    for one in [document_id, *_answerers(base, document_id)]:
        _review(base, one)


def _answerers(base: Base, document_id: int) -> list[int]:
    """Entries that may answer this one, what it reminds of, or what it carries out, oldest first."""
    rows = base.rows(
        """WITH near AS (SELECT ?1 AS id UNION SELECT cited_id FROM citations WHERE document_id=?1 AND cited_id IS NOT NULL
             AND coalesce(kind, relation)<>'cites'
             UNION SELECT document_id FROM citations WHERE cited_id=?1 AND coalesce(kind, relation)<>'cites')
           SELECT DISTINCT c.document_id AS id, d.received_on FROM citations c JOIN documents d ON d.id=c.document_id
           WHERE c.cited_id IN (SELECT id FROM near) AND c.document_id<>?1 AND d.state='registered'
             AND coalesce(c.kind, c.relation)<>'cites'
           UNION SELECT k.document_id, d.received_on FROM closings k JOIN documents d ON d.id=k.document_id
             JOIN follow_ups f ON f.id=k.follow_up_id WHERE f.document_id=?1
           ORDER BY received_on, id""",
        document_id,
    )
    return [row["id"] for row in rows]


def _review(base: Base, document_id: int) -> None:
    wanted = {one.item: one for one in answers.fulfilled(base, document_id)}
    known = {row["follow_up_id"]: row for row in base.rows("SELECT * FROM closings WHERE document_id=?", document_id)}
    for item, row in known.items():
        if item not in wanted and row["state"] in BY_MACHINE:
            _withdraw(base, row)
    for item, one in wanted.items():
        there = known.get(item)
        if there is None or there["state"] in BY_MACHINE:
            _keep(base, document_id, one, there)


def _keep(base: Base, document_id: int, one: answers.Fulfilment, row: Row | None) -> None:
    taken = (row is None or row["state"] == "proposed") and _taken(base, one, document_id)
    sure = one.confidence >= base.close_above and not taken
    value = {"unit": one.unit, "confidence": one.confidence, "evidence": json.dumps(one.evidence, ensure_ascii=False)}
    if row is not None and row["state"] == "closed" and not sure:
        _withdraw(base, row)
        row = None
    if row is None and taken:
        return
    if row is None:
        new = {"document_id": document_id, "follow_up_id": one.item, "state": "proposed", "who": events.MACHINE, "at": base.now()}
        row = get(base, int(base.db["closings"].insert(new | value, pk="id").last_pk))
    elif any(row[name] != value[name] for name in value):
        base.db["closings"].update(row["id"], value)
    if sure and row["state"] == "proposed":
        _close(base, row["id"], "closed", events.MACHINE)


def _taken(base: Base, one: answers.Fulfilment, document_id: int) -> bool:
    """Another answer of the same body, or a person, has ended the item already."""
    item = items.get(base, one.item)
    others = base.rows(
        "SELECT unit FROM closings WHERE follow_up_id=? AND document_id<>? AND state IN ('closed', 'accepted')", one.item, document_id
    )
    if any(members.same(row["unit"], one.unit) for row in others if row["unit"]):
        return True
    return item["state"] in ("done", "dropped") and item["closed_by"] != document_id


def _close(base: Base, closing_id: int, state: str, who: str) -> None:
    base.db["closings"].update(closing_id, {"state": state, "who": who, "at": base.now()})
    row = base.rows("SELECT * FROM closings WHERE id=?", closing_id)[0]
    item = items.get(base, row["follow_up_id"])
    events.add(base, "answered", who=who, document=item["document_id"], item=item["id"], by=row["document_id"])
    if item["state"] in ("open", "in_progress") and (state == "accepted" or complete(base, item)):
        _end(base, item, row["document_id"], who)


def _end(base: Base, item: Row, document_id: int, who: str) -> None:
    day = base.value("SELECT received_on FROM documents WHERE id=?", document_id)
    change = {"state": "done", "closed_by": document_id, "closed_on": day}
    base.db["follow_ups"].update(item["id"], change)
    base.conn.execute("UPDATE follow_ups SET state=?, closed_by=?, closed_on=? WHERE merged_into=?", (*change.values(), item["id"]))
    events.add(
        base, "state", who=who, document=item["document_id"], item=item["id"], was=item["state"], state="done", closed_by=document_id
    )
    states.settle_whole(base, item["split_from"], who)


def complete(base: Base, item: Row) -> bool:
    """True where all whom an item charges have answered: of what was asked of us, we; of what we asked of many, each of them.

    A class whose members nobody has told us is never complete by itself; nor is what another body asked of many.
    """
    asked = load(base, item["document_id"])
    if asked is None:
        return False
    answered = base.rows(
        """SELECT k.unit, d.direction, d.id FROM closings k JOIN documents d ON d.id=k.document_id
           WHERE k.follow_up_id=? AND k.state IN ('closed', 'accepted')""",
        item["id"],
    )
    if not asked.ours and any((paper := load(base, row["id"])) and paper.ours for row in answered):
        return True
    expected = expected_of(base, asked, item)
    if not expected.whole or (len(expected.names) > 1 and not asked.ours and base.office.names):
        return False
    return all(any(members.same(name, row["unit"]) for row in answered) for name in expected.names)


def expected_of(base: Base, asked: Paper, item: Row) -> members.Members:
    """The bodies from which an item wants an answer."""
    named = [name for name in json.loads(item["lead"]) if not units.only_kind(name)]
    return members.of(base, named or asked.addressees, asked.addressees)


def _withdraw(base: Base, row: Row) -> None:
    """What the machine has closed is open again; what a person has said stays."""
    base.db["closings"].delete(row["id"])
    item = items.get(base, row["follow_up_id"])
    if item["state"] != "done":
        return
    by_itself = base.value(
        "SELECT 1 FROM closings WHERE follow_up_id=? AND document_id=? AND state='closed'", item["id"], item["closed_by"]
    )
    if item["closed_by"] == row["document_id"] or (by_itself and not complete(base, item)):
        states.reopen(base, item, events.MACHINE)


def get(base: Base, closing_id: int) -> Row:
    """A closing by its id; NotFound."""
    row = base.row("SELECT * FROM closings WHERE id=?", closing_id)
    if row is None:
        raise NotFound("followup.no_proposal", id=closing_id)
    return row


def accept(base: Base, closing_id: int, *, who: str) -> None:
    """Đồng ý: a person says that the answer fulfils the item."""
    with base.transaction():
        get(base, closing_id)
        _close(base, closing_id, "accepted", who)


def refuse(base: Base, closing_id: int, *, who: str) -> None:
    """Không phải, hoặc hủy khép: the answer does not fulfil the item; it is opened again and this is not proposed any more."""
    with base.transaction():
        row = get(base, closing_id)
        held = row["state"] in HOLDS
        base.db["closings"].update(closing_id, {"state": "undone" if held else "refused", "who": who, "at": base.now()})
        item = items.get(base, row["follow_up_id"])
        events.add(base, "not_answered", who=who, document=item["document_id"], item=item["id"], by=row["document_id"])
        if held and item["state"] == "done" and (item["closed_by"] == row["document_id"] or not complete(base, item)):
            states.reopen(base, item, who)


def listing(base: Base, document_id: int | None = None, *, waiting: bool = False) -> list[Row]:
    """`{id, item, document, answer, code, answer_code, issuer, text, due_on, unit, state, confidence, evidence, who, at}`, newest first.

    `document_id`: those of an entry, whichever side it is on; `waiting`: proposals that wait for a person.
    """
    rows = base.rows(
        """SELECT k.id, f.id AS item, f.document_id AS document, k.document_id AS answer, d.code, a.code AS answer_code, a.issuer,
             a.subject AS answer_subject, a.received_on AS answered_on, f.text, f.due_on, f.period, k.unit, k.state, k.confidence,
             k.evidence, k.who, k.at
           FROM closings k JOIN follow_ups f ON f.id=k.follow_up_id JOIN documents d ON d.id=f.document_id
           JOIN documents a ON a.id=k.document_id
           WHERE (?1 IS NULL OR ?1 IN (f.document_id, k.document_id))
             AND (?2=0 OR (k.state='proposed' AND f.state IN ('open', 'in_progress')))
             AND d.state='registered' AND a.state='registered' ORDER BY k.id DESC""",
        document_id,
        int(waiting),
    )
    return [row | {"evidence": json.loads(row["evidence"])} for row in rows]
