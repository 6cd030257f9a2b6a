"""Giải thích một giá trị: what the extractor of a field considered, kept and passed over, as it noted it itself."""

from collections.abc import Iterable, Iterator
from typing import Any

from extractors import extract, finders
from models.context import Context
from models.document import Document
from models.found import Excluded, Found, Span
from models.record import FIELDS, evidence, plain
from models.trail import Trail, watched
from vanthu.exports.record_json import on_scan

Json = dict[str, Any]

_PARTS = ("header_left", "header_right", "stamp", "title", "addressees", "signature", "recipients")


def explain(document: Document, context: Context, field: str) -> Json:
    """Extract once, watched: `{field, value, taken, passed_over, excluded, zones, needs, failed}`.

    `taken`: what the record holds, `passed_over`: other values that a rule made, `excluded`: what looked like one and is none,
    each with its rule, page, box and printed text; `needs`: what the extractor works from, values of other fields with it.
    """
    with watched() as trail:
        record = extract(document, context)
    value = getattr(record, field)
    taken = [*value] if isinstance(value, tuple) else [value] if value else []
    notes = [one for name in (*_helpers(field), field) for one in trail.notes.get(name, ())]
    kept = {(one.rule, one.spans) for one in taken}
    passed = _last([one for one in notes if isinstance(one, Found) and (one.rule, one.spans) not in kept])
    as_json = record.as_json()
    return {
        "field": field,
        "value": as_json[field],
        "taken": [_found(document, one) for one in taken],
        "passed_over": [_found(document, one) for one in passed],
        "excluded": [_excluded(document, one) for one in sorted(_excluded_of(notes), key=_place)],
        "zones": _zones(trail, field),
        "needs": {name: as_json[name] if name in FIELDS else None for name in finders()[field][1]},
        "failed": next((fault for fault in as_json.get("_failed", ()) if fault.startswith(f"{field}:")), None),
    }


def _zones(trail: Trail, field: str) -> dict[str, list[str]]:
    """Of a field of the head or the foot: the lines of the zones of the page, as they were shared out."""
    helpers = _helpers(field)
    if "zones" not in helpers or "paragraphs" in helpers or "zones" not in trail.given:
        return {}
    return {part: [line.text for line in getattr(trail.given["zones"], part)] for part in _PARTS}


def _excluded_of(notes: Iterable[Any]) -> Iterator[Excluded]:
    return (one for one in notes if isinstance(one, Excluded))


def _place(one: Excluded) -> int:
    return one.spans[0].start if one.spans else -1


def _helpers(field: str) -> list[str]:
    """The extractors that several fields share and this one works from, directly or through another such."""
    known: list[str] = []
    waiting = [field]
    while waiting:
        for need in finders()[waiting.pop()][1]:
            if need in finders() and need not in FIELDS and need not in known:
                known.append(need)
                waiting.append(need)
    return known[::-1]


def _last(found: Iterable[Found[Any]]) -> Iterator[Found[Any]]:
    """Each value once: a rule that adds to what it found makes it anew."""
    yield from {(one.rule, one.spans): one for one in found}.values()


def _found(document: Document, one: Found[Any]) -> Json:
    known = _placed(document, evidence(one))
    return {"value": plain(one.value), "text": _printed(document, one.spans)} | known | _reading(document, one.spans)


def _excluded(document: Document, one: Excluded) -> Json:
    place = document.locate(one.spans[0].start, one.spans[-1].end) if one.spans else None
    box = [place[1].left, place[1].top, place[1].right, place[1].bottom] if place else None
    known = _placed(document, {"page": place[0] if place else None, "box": box})
    return {"rule": one.rule, "text": _printed(document, one.spans)} | known


def _placed(document: Document, known: Json) -> Json:
    return on_scan(known, {page.number: page for page in document.pages}) or known


def _printed(document: Document, spans: tuple[Span, ...]) -> str:
    return " ".join(" ".join(document.text[span.start : span.end].split()) for span in spans)


def _reading(document: Document, spans: tuple[Span, ...]) -> Json:
    """How well the words were read, 0-1: the worst and the mean; nothing where no text stands there."""
    sure = [word.confidence for span in spans for _, word in document.words_between(span.start, span.end)]
    return {"read": {"worst": round(min(sure), 3), "mean": round(sum(sure) / len(sure), 3)}} if sure else {}
