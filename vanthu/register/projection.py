"""The record that holds, written into the columns and tables that are searched, listed and linked."""

import json
from typing import Any

from models.document import Document
from models.text import clean, fold, new_tones
from vanthu.register import bodies, codes, effective, words
from vanthu.register.connection import Base

Json = dict[str, Any]


def columns(record: Json) -> Json:
    """The columns of `documents` that a record fills."""
    signer, stamp = record["signer"] or {}, record["received_stamp"] or {}
    key = codes.key(record["code"])
    plain = ("code", "doc_type", "issued_on", "place", "issuer", "parent", "subject", "urgency", "secrecy", "archive")
    return {name: record[name] for name in plain} | {
        "number": key.number if key else None,
        "symbol": codes.symbol(record["code"]),
        "symbol_key": key.symbol if key else None,
        "body_key": bodies.full(record["issuer"], record["parent"]),
        "signer_name": signer.get("name"),
        "signer_position": signer.get("position"),
        "signer_authority": signer.get("authority"),
        "stamp_number": stamp.get("number"),
        "stamp_date": stamp.get("date"),
        "looks": len(effective.looks(record)),
        "record": json.dumps(effective.public(record), ensure_ascii=False),
    }


def write_pages(base: Base, document_id: int, document: Document) -> None:
    """The pages as read now, in place of those read before."""
    base.db["pages"].delete_where("document_id=?", [document_id])
    texts = document.text.split("\f")
    base.db["pages"].insert_all(
        {
            "document_id": document_id,
            "number": page.number,
            "width": page.width,
            "height": page.height,
            "dpi": page.dpi,
            "source": page.source,
            "rotation": page.rotation,
            "skew": page.skew,
            "notes": json.dumps(page.notes, ensure_ascii=False),
            "warp": json.dumps(page.warp) if page.warp else None,
            "text": text,
        }
        for page, text in zip(document.pages, texts, strict=True)
    )
    words.write(base, document_id, document)


def write_parts(base: Base, document_id: int, record: Json) -> None:
    """Parties, citations, deadlines and tasks as they hold now."""
    for table, rows in parts(record).items():
        base.db[table].delete_where("document_id=?", [document_id])
        base.db[table].insert_all({"document_id": document_id, **row} for row in rows)


def parts(record: Json) -> dict[str, list[Json]]:
    """The rows of each table of parts, without their entry."""
    return {"parties": _parties(record), "citations": _citations(record), "deadlines": _deadlines(record), "tasks": _tasks(record)}


def _parties(record: Json) -> list[Json]:
    return [
        {"role": role, "position": n, "name": name, "body_key": bodies.key(name)}
        for role, names in (("addressee", record["addressees"]), ("recipient", record["recipients"]))
        for n, name in enumerate(names)
    ]


def _citations(record: Json) -> list[Json]:
    answered = {codes.key(code) or code for code in record["replies_to"]}
    cited = [*record["references"]]
    kinds = {codes.key(one["code"]) or one["code"]: one["relation"] for one in record.get("relations") or ()}
    known = {codes.key(reference["code"]) or reference["code"] for reference in cited}
    cited += [{"code": code} for code in record["replies_to"] if (codes.key(code) or code) not in known]
    return [_citation(n, reference, answered, kinds) for n, reference in enumerate(cited) if reference.get("code")]


def _citation(position: int, reference: Json, answered: set[Any], kinds: dict[Any, str]) -> Json:
    key = codes.key(reference["code"])
    relation = "answers" if (key or reference["code"]) in answered else "cites"
    return {
        "position": position,
        "relation": relation,
        "kind": kinds.get(key or reference["code"], relation),
        "code": reference["code"],
        "number": key.number if key else None,
        "symbol_key": key.symbol if key else None,
        "doc_type": reference.get("doc_type"),
        "issued_on": reference.get("issued_on"),
        "issuer": reference.get("issuer"),
    }


def _deadlines(record: Json) -> list[Json]:
    plain = ("text", "due_on", "recurring")
    return [
        {"position": n, "relative": _json(item["relative"])} | {name: item[name] for name in plain}
        for n, item in enumerate(record["deadlines"])
    ]


def _tasks(record: Json) -> list[Json]:
    plain = ("ordinal", "text", "due_on")
    return [
        {"position": n, "lead": _json(item["lead"]), "support": _json(item["support"])} | {name: item[name] for name in plain}
        for n, item in enumerate(record["tasks"])
    ]


def _json(value: Any) -> str | None:
    return json.dumps(value, ensure_ascii=False) if value is not None else None


def write_text(base: Base, document_id: int, record: Json) -> None:
    """The full text: folded columns to find by, and one with its tone marks (in one placement) to rank by."""
    pages = base.rows("SELECT text FROM pages WHERE document_id=? ORDER BY number", document_id)
    attached = base.rows("SELECT text FROM document_files WHERE document_id=? AND text<>'' ORDER BY file_id", document_id)
    body = "\f".join(part["text"] for part in (*pages, *attached))
    codes_of = [record["code"], codes.token(record["code"])] if record["code"] else []
    signer = record["signer"] or {}
    names = "\n".join([signer.get("name") or "", *record["addressees"], *record["recipients"]])
    issuer = "\n".join(name for name in (record["issuer"], record["parent"]) if name)
    subject = record["subject"] or ""
    row = {
        "document_id": document_id,
        "code": fold(" ".join(codes_of)),
        "subject": fold(subject),
        "issuer": f"{fold(issuer)}\n{bodies.key(record['issuer'])}",
        "names": fold(names),
        "body": fold(body),
        "marked": new_tones(clean("\n".join((subject, issuer, names, body)))).lower(),
    }
    base.db["texts"].upsert(row, pk="document_id")
