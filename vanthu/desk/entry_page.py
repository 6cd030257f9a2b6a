"""Một văn bản: page pictures, what was read beside them to be checked, and all that is known of it."""

import re
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from vanthu.desk import edits, fields
from vanthu.desk.hits import hits
from vanthu.desk.page import place_of, render
from vanthu.desk.turn_page import turning_of
from vanthu.pipeline.place import Place
from vanthu.register import review, turns


@dataclass(frozen=True)
class Said:
    """What a form that was not taken has to say: `typed` stands in its fields again; `wrong`: by field, why not; `theirs`: by field."""

    typed: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)
    theirs: dict[str, str] = field(default_factory=dict)
    changed_by: str = ""


def show(request: Request) -> Response:
    """One entry; `da-sua` names the field that was corrected just now, `da-nhan` the entry that was accepted before this one."""
    return page(request, 200, Said())


def page(request: Request, status: int, said: Said) -> Response:
    """The page, with what a person typed where that could not be taken."""
    with place_of(request) as place:
        entry_id = request.path_params["id"]
        shown = place.register.show(entry_id)
        base = place.register.base
        views = fields.page_views(place.register.pages(entry_id), shown["record"], _main(shown))
        more = {
            "known": {other: _line(place, other) for other in _others(shown)},
            "turning": turning_of(request, entry_id, turns.unread(base, entry_id)),
            "revision": review.revision(base, entry_id),
            "undone": review.undone(base, entry_id),
            "waiting": review.waiting(base),
            "following": _following(place, entry_id),
            "before": _accepted_before(request, place),
            "hits": hits(base, entry_id, request.query_params.get("q", "")[:500]),
        }
    crops = fields.crops(views)
    rows = [row | {"crop": fields.crop_of(row, crops)} for row in fields.rows(shown)]
    done = request.query_params.get("da-sua", "")
    done = done if re.fullmatch(r"[a-z_.0-9]{1,40}", done) else ""
    opened = {key: edits.of_item(shown["record"], key) for key in _opened(request, said)} if shown["record"] else {}
    return render(
        request,
        "entry.html",
        status,
        shown=shown,
        pages=views,
        crops=crops,
        fields=rows,
        done=done,
        opened=opened,
        said=said,
        blank=edits.blank(),
        **more,
    )


def _opened(request: Request, said: Said) -> list[str]:
    """Items whose fields stand open: the one that is asked for, and those with something typed."""
    typed = [".".join(name.split(".")[:2]) for name in said.typed if name.split(".")[0] in edits.ITEMS]
    return list(dict.fromkeys([request.query_params.get("sua", ""), *typed]))


def item(request: Request) -> Response:
    """The fields of one item (`tasks.3`), to be put into the page where it stands."""
    key = request.path_params["key"]
    with place_of(request) as place:
        record = place.register.show(request.path_params["id"])["record"]
    return render(request, "_item.html", key=key, edits=edits.of_item(record, key) if record else [], said=Said())


def _main(shown: dict[str, Any]) -> dict[str, Any] | None:
    return next((file for file in shown["files"] if file["role"] == "main"), None)


def _others(shown: dict[str, Any]) -> set[int]:
    links = [other for name, others in shown["links"].items() if name != "not_received" for other in others]
    return {*links, *shown["probable_duplicates"], *(item["closed_by"] for item in shown["follow_ups"] if item["closed_by"])}


def _line(place: Place, entry_id: int) -> dict[str, Any]:
    columns = "arrival_number || '/' || year AS number, code, issued_on, issuer, subject, doc_type"
    return place.register.base.row(f"SELECT {columns} FROM documents WHERE id=?", entry_id) or {}  # noqa: S608


def _following(place: Place, entry_id: int) -> dict[str, Any] | None:
    """The entry that comes next, and its first picture: the browser fetches it while this one is being read."""
    following = review.next_one(place.register.base, entry_id)
    if following is None:
        return None
    sql = "SELECT number, rotation, source FROM pages WHERE document_id=? ORDER BY number LIMIT 1"
    first = place.register.base.row(sql, following)
    has_picture = first is not None and first["source"] not in ("docx", "xlsx", "failed")
    return {"id": following, "picture": picture_address(following, first) if first and has_picture else ""}


def picture_address(entry_id: int, page: dict[str, Any]) -> str:
    """Where a page's picture is; the turn stands in it, so that no browser keeps an old one."""
    return f"/van-ban/{entry_id}/trang/{page['number']}.jpg?xoay={page['rotation'] or 0}"


def _accepted_before(request: Request, place: Place) -> dict[str, Any] | None:
    known = request.query_params.get("da-nhan", "")
    if not known.isdecimal() or len(known) > 9:
        return None
    sql = "SELECT id, arrival_number || '/' || year AS number FROM documents WHERE id=? AND reviewed_at IS NOT NULL"
    return place.register.base.row(sql, int(known))
