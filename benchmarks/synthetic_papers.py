"""Synthetic dispatches: the record and the text of number N under a seed, the same each time, in the lengths of real ones."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from benchmarks.synthetic_text import TYPES, Piece, Vocabulary
from models.found import LOOK_BELOW
from models.record import FIELDS

MEDIAN, SPREAD, LONGEST = 2800, 0.5, 40_000
"""Letters a document: those of the corpus have 1,600 to 9,700, half of them fewer than 2,800."""
PAGE = 2200
_LISTS = {"relations", "addressees", "recipients", "references", "replies_to", "deadlines", "tasks", "difficulties", "recommendations"}


@dataclass(frozen=True, slots=True)
class Synthetic:
    """A dispatch: `record` as the register keeps it, the pieces of each page, its day of arrival."""

    number: int
    record: dict[str, Any]
    pages: tuple[tuple[Piece, ...], ...]
    received_on: date


def paper(vocabulary: Vocabulary, number: int, seed: int, received_on: date) -> Synthetic:
    """Dispatch `number` of the register made with `seed`."""
    chance = random.Random(f"{seed}/{number}")
    record = _record(vocabulary, chance, received_on)
    texts = [_head(record), *_body(vocabulary, chance, record), _foot(record)]
    return Synthetic(number, record, _paged(texts), received_on)


def _record(vocabulary: Vocabulary, chance: random.Random, received_on: date) -> dict[str, Any]:
    doc_type = chance.choices([*TYPES], [share for _, share in TYPES.values()])[0]
    issuer, place, sign = vocabulary.body(chance)
    issued = received_on - timedelta(days=chance.choice((0, 1, 1, 2, 2, 3, 4, 7)))
    due = received_on + timedelta(days=chance.randrange(2, 60))
    plain: dict[str, Any] = {
        "doc_type": doc_type,
        "code": f"{chance.randrange(1, 4000)}/{vocabulary.symbol(doc_type, sign, chance)}",
        "issued_on": issued.isoformat(),
        "place": place,
        "issuer": issuer,
        "parent": None,
        "subject": chance.choice(vocabulary.subjects) + chance.choice(("", f" tại {chance.choice(vocabulary.places)}")),
        "urgency": "khẩn" if chance.random() < 0.03 else None,
        "secrecy": None,
        "addressees": [vocabulary.body(chance)[0] for _ in range(chance.choice((1, 1, 1, 2, 3)))],
        "recipients": ["Như trên", *(vocabulary.body(chance)[0] for _ in range(chance.choice((1, 2, 3, 4))))],
        "archive": "VT",
        "signer": {"name": vocabulary.person(chance), "position": "PHÓ CHỦ TỊCH", "authority": "KT. CHỦ TỊCH"},
        "received_stamp": None,
        "references": [_reference(vocabulary, chance, issued) for _ in range(chance.choice((0, 1, 1, 2, 3)))],
        "deadlines": [],
        "tasks": [],
    }
    plain["replies_to"] = [reference["code"] for reference in plain["references"][:1]]
    if chance.random() < 0.6:
        _assign(plain, vocabulary, chance, due)
    record = {name: plain.get(name, [] if name in _LISTS else None) for name in FIELDS}
    return record | {"_found": {name: _evidence(value, chance) for name, value in record.items()}}


def _reference(vocabulary: Vocabulary, chance: random.Random, before: date) -> dict[str, Any]:
    doc_type = chance.choice([*TYPES])
    issuer, _, sign = vocabulary.body(chance)
    day = before - timedelta(days=chance.randrange(1, 400))
    code = f"{chance.randrange(1, 4000)}/{vocabulary.symbol(doc_type, sign, chance)}"
    return {"code": code, "doc_type": doc_type, "issued_on": day.isoformat(), "issuer": issuer}


def _assign(plain: dict[str, Any], vocabulary: Vocabulary, chance: random.Random, due: date) -> None:
    limit = f"trước ngày {due.day}/{due.month}/{due.year}"
    plain["deadlines"] = [{"text": limit, "due_on": due.isoformat(), "relative": None, "recurring": None, "_id": 0, "_sentence": limit}]
    for number in range(1, chance.choice((2, 2, 3, 4))):
        text = chance.choice(vocabulary.sentences).plain[:200]
        day, own = (due.isoformat(), [0]) if number == 1 else (None, [])
        lead = [vocabulary.body(chance)[0]]
        plain["tasks"].append({"ordinal": str(number), "text": text, "lead": lead, "support": [], "due_on": day, "_deadlines": own})


def _evidence(value: Any, chance: random.Random) -> Any:
    if isinstance(value, list):
        return [_evidence(one, chance) for one in value]
    if value is None:
        return None
    sure = 0.95 if chance.random() > 0.04 else 0.6
    box = [chance.randrange(200, 900), chance.randrange(200, 3000), 1800, 3100]
    return {"page": 1, "box": box, "rule": "synthetic.made", "confidence": sure, "needs_look": sure < LOOK_BELOW}


def _head(record: dict[str, Any]) -> Piece:
    day = date.fromisoformat(record["issued_on"])
    title = "" if record["doc_type"] == "công văn" else record["doc_type"].upper()
    return Piece.of(
        f"{record['issuer'].upper()} Số: {record['code']} CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc "
        f"{record['place']}, ngày {day.day:02} tháng {day.month:02} năm {day.year} {title} V/v {record['subject']} "
        f"Kính gửi: {'; '.join(record['addressees'])}"
    )


def _body(vocabulary: Vocabulary, chance: random.Random, record: dict[str, Any]) -> list[Piece]:
    """Sentences up to the length that is drawn, one of them its own, and what the record names."""
    cited = "; ".join(f"Thực hiện {r['doc_type']} số {r['code']} của {r['issuer']}" for r in record["references"])
    tasks = " ".join(f"{task['ordinal']}. {task['text']}" for task in record["tasks"])
    limits = " ".join(f"Báo cáo {limit['text']}." for limit in record["deadlines"])
    found = [Piece.of(f"{cited} {tasks} {limits}"), Piece.of(vocabulary.rare(chance))]
    left = min(LONGEST, chance.lognormvariate(0, SPREAD) * MEDIAN) - sum(len(piece.plain) for piece in found) - 600
    while left > 0:
        found += chance.choices(vocabulary.sentences, cum_weights=vocabulary.weights, k=4)
        left -= sum(len(piece.plain) for piece in found[-4:])
    return found


def _foot(record: dict[str, Any]) -> Piece:
    return Piece.of(f"{record['signer']['position']} {record['signer']['name']} Nơi nhận: {'; '.join(record['recipients'])} Lưu: VT.")


def _paged(pieces: list[Piece]) -> tuple[tuple[Piece, ...], ...]:
    pages: list[list[Piece]] = [[]]
    for piece in pieces:
        if sum(len(one.plain) for one in pages[-1]) > PAGE:
            pages.append([])
        pages[-1].append(piece)
    return tuple(map(tuple, pages))
