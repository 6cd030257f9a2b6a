"""Văn bản trả lời: which follow-up items a report or letter that came in (or went out) fulfils, how surely, and on what evidence.

A document answers another one by its number, as the opening says; or, for a proposal only, by its addressee, the body charged and
a like subject. Of the items of that document those count that charge the writer and ask for something to be sent back; the period
words, what is sent (a list, a plan, an opinion) and the likeness of the subject choose among several. Blank beats wrong.
"""

import json
from dataclasses import dataclass
from typing import Any

from vanthu.register import choosing, items, members, targets, units
from vanthu.register.connection import Base
from vanthu.register.papers import Paper, load

Row = dict[str, Any]

_WITHOUT_ADDRESSEES = ("báo cáo", "kế hoạch", "chương trình", "phương án", "danh sách", "biên bản")
"""Types that mostly name whom they go to under Nơi nhận alone."""

LEAST = 0.5
"""Below it nothing is proposed."""


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """An item that a document fulfils: for which body, how surely (0-1), and why: `[{signal, value}]`."""

    item: int
    unit: str
    confidence: float
    evidence: tuple[Row, ...]


def fulfilled(base: Base, document_id: int) -> list[Fulfilment]:
    """The items that an entry fulfils, in order; empty where it answers nothing."""
    paper = load(base, document_id)
    if paper is None or paper.asks or not paper.issuer:
        return []
    found: dict[int, Fulfilment] = {}
    for target in targets.of(base, paper):
        for fulfilment in _of_target(base, paper, target):
            known = found.get(fulfilment.item)
            if known is None or known.confidence < fulfilment.confidence:
                found[fulfilment.item] = fulfilment
    return [found[item] for item in sorted(found)]


def _of_target(base: Base, paper: Paper, target: targets.Target) -> list[Fulfilment]:
    asked = target.paper
    if asked.issued_on and paper.issued_on and asked.issued_on > paper.issued_on:
        return []
    charged = [row for row in _rows(base, asked.id) if _charges(paper, asked, row)]
    chosen = choosing.choose(charged, paper)
    out = []
    for row, sure, why in chosen:
        back = _goes_back(paper, asked, row)
        if back is False:
            continue
        confidence = min(target.sure, sure, 0.97 if back else 0.85, _read_well(paper))
        if confidence >= LEAST:
            evidence = (*target.evidence, {"signal": "charged", "value": paper.issuer}, *why)
            addressed = ({"signal": "addressee", "value": asked.issuer},) if back else ()
            out.append(Fulfilment(row["id"], paper.issuer or "", round(confidence, 3), (*evidence, *addressed)))
    return out


def _rows(base: Base, document_id: int) -> list[Row]:
    return base.rows(f"SELECT f.* FROM follow_ups f WHERE document_id=? AND stale=0 AND {items.SHOWN} ORDER BY position, id", document_id)  # noqa: S608


def _charges(paper: Paper, asked: Paper, row: Row) -> bool:
    """Whether the item charges the writer: by name or as one of a class; without a body named, whoever the document is addressed to."""
    if paper.ours:
        return not asked.ours and (row["role"] == "lead" or (not json.loads(row["lead"]) and _addressed(paper, asked)))
    lead = json.loads(row["lead"])
    if any(members.belongs(paper.issuer or "", name) for name in lead):
        return True
    return all(units.only_kind(name) for name in lead) and _addressed(paper, asked)


def _addressed(paper: Paper, asked: Paper) -> bool:
    return any(members.belongs(paper.issuer or "", name) for name in asked.addressees)


def _goes_back(paper: Paper, asked: Paper, row: Row) -> bool | None:
    """Whether the answer is sent to who asked, or to the desk that the item names; None where it names no addressee."""
    sent = paper.addressees or (paper.recipients if paper.doc_type in _WITHOUT_ADDRESSEES else [])
    if any(asked.is_named(name) for name in sent):
        return True
    if any(members.same(name, desk) for name in sent for desk in choosing.desks(row["text"])):
        return True
    return False if paper.addressees else None


def _read_well(paper: Paper) -> float:
    """A header that needs a look closes nothing by itself."""
    return 0.85 if paper.unsure else 1.0
