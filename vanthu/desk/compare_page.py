"""So sánh: two documents side by side, page beside page and value beside value."""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from vanthu.desk import edits, fields
from vanthu.desk.page import place_of, render
from vanthu.pipeline.place import Place

_COMPARED = (*edits.PLAIN, "signer", "received_stamp", "addressees", "recipients", "replies_to")


def show(request: Request) -> Response:
    """`a` and `b`: ids of two entries."""
    asked = [request.query_params.get(name, "") for name in ("a", "b")]
    if not all(text.isdecimal() and len(text) < 10 for text in asked):
        raise HTTPException(404)
    with place_of(request) as place:
        one, other = (_side(place, int(text)) for text in asked)
    rows = [{"key": name, "one": one["texts"].get(name, ""), "other": other["texts"].get(name, "")} for name in _COMPARED]
    shown = [row for row in rows if row["one"] or row["other"]]
    return render(request, "compare.html", sides=[one, other], rows=shown)


def _side(place: Place, entry_id: int) -> dict[str, Any]:
    shown = place.register.show(entry_id)
    main = next((file for file in shown["files"] if file["role"] == "main"), None)
    texts: dict[str, str] = {}
    for field, text in (edits.every(shown) if shown["record"] else {}).items():
        head = field.split(".")[0]
        texts[head] = ", ".join(filter(None, (texts.get(head), text)))
    return {"shown": shown, "texts": texts, "pages": fields.page_views(place.register.pages(entry_id), None, main)}
