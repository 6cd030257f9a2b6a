"""Bảng theo dõi báo cáo: for a dispatch sent to many, who has sent which report: when, in time or late; what is missing, days left."""

import json
from datetime import date
from typing import Any

from vanthu.errors import NotFound
from vanthu.register import choosing, closings, items, members
from vanthu.register.connection import Base
from vanthu.register.papers import by_us, load

Row = dict[str, Any]


def matrix(base: Base, document_id: int) -> Row:
    """`{document, code, issued_on, issuer, subject, whole, items, units, unknown}`.

    `units`: `[{unit, items: [{item, due_on, period, state, received_on, answer, answer_code, days_left}]}]`; `state` is `in_time`, `late`
    (received after its day), `missing` (not yet due, or without a day) or `overdue`. `items`: the columns, those that want something
    sent back, else all. `unknown`: classes whose members nobody has told us; `whole` False where there are such. Units that answered
    unasked stand too.
    """
    asked = load(base, document_id)
    if asked is None:
        raise NotFound("register.no_entry", id=document_id)
    rows = base.rows(
        f"""SELECT f.* FROM follow_ups f WHERE document_id=? AND stale=0 AND state<>'dropped' AND {items.SHOWN}
            ORDER BY due_on IS NULL, due_on, id""",  # noqa: S608
        document_id,
    )
    replies = [row for row in rows if choosing.asks_back(row)]
    columns = replies or rows
    units: dict[str, list[Row]] = {}
    unknown: list[str] = []
    for row in columns:
        expected = closings.expected_of(base, asked, row)
        if not expected.whole:
            unknown += [name for name in json.loads(row["lead"]) or asked.addressees if name not in unknown]
        answered = _answers(base, row["id"])
        names = [*expected.names, *(one["unit"] for one in answered)]
        for name in names:
            known = next((unit for unit in units if members.same(unit, name)), name)
            cells = units.setdefault(known, [])
            if not any(cell["item"] == row["id"] for cell in cells):
                cells.append(_cell(base, row, known, answered))
    return {
        "document": document_id,
        **{name: asked.row[name] for name in ("code", "issued_on", "issuer", "subject")},
        "whole": not unknown,
        "unknown": unknown,
        "items": [{"item": row["id"], "text": row["text"], "due_on": row["due_on"], "period": row["period"]} for row in columns],
        "units": [{"unit": unit, "items": cells} for unit, cells in units.items()],
    }


def awaited(base: Base, item_id: int) -> list[str]:
    """Nơi còn nợ: those of several bodies whom we ask that have not answered; empty where it is one, or not all are known."""
    row = items.get(base, item_id)
    # most items are asked of us: told without reading their records
    asked = load(base, row["document_id"]) if not row["unit"] and by_us(base, row["document_id"]) else None
    if asked is None:
        return []
    expected = closings.expected_of(base, asked, row)
    answered = _answers(base, item_id)
    missing = [name for name in expected.names if not any(members.same(name, one["unit"]) for one in answered)]
    return missing if expected.whole and len(expected.names) > 1 else []


def _answers(base: Base, item_id: int) -> list[Row]:
    return base.rows(
        """SELECT k.unit, k.document_id AS answer, d.received_on, d.code FROM closings k JOIN documents d ON d.id=k.document_id
           WHERE k.follow_up_id=? AND k.state IN ('closed', 'accepted') ORDER BY d.received_on, d.id""",
        item_id,
    )


def _cell(base: Base, row: Row, unit: str, answered: list[Row]) -> Row:
    answer = next((one for one in answered if members.same(unit, one["unit"])), None)
    if answer is None and row["state"] == "done" and row["closed_by"]:
        answer = {"received_on": row["closed_on"], "answer": row["closed_by"], "code": None}
    due, received = row["due_on"], answer["received_on"] if answer else None
    if answer or row["state"] == "done":
        state = "late" if due and received and received > due else "in_time"
    else:
        state = "overdue" if due and due < base.today.isoformat() else "missing"
    left = (date.fromisoformat(due) - base.today).days if due and not answer else None
    return {
        "item": row["id"],
        "due_on": due,
        "period": row["period"],
        "state": state,
        "received_on": received,
        "answer": answer["answer"] if answer else None,
        "answer_code": answer["code"] if answer else None,
        "days_left": left,
    }
