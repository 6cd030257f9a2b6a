"""Một văn bản: page pictures, what was read beside them, and a person's corrections."""

import re
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from vanthu.desk import fields
from vanthu.desk.page import place_of, render, settings_of
from vanthu.desk.pictures import NoPicture
from vanthu.desk.pictures import picture as picture_of
from vanthu.errors import NotFound, VanthuError
from vanthu.pipeline import again, steps
from vanthu.pipeline.lock import only_one
from vanthu.pipeline.place import Place

WHO = "văn thư"
"""Who corrects, as long as the desk has one user."""

_LONGEST_VALUE = 20_000


def show(request: Request) -> Response:
    """One entry; `da-sua` names the field that was corrected just now."""
    corrected = request.query_params.get("da-sua", "")
    return _page(request, corrected=corrected if re.fullmatch(r"[a-z_.0-9]{1,40}", corrected) else "")


def _page(request: Request, status: int = 200, corrected: str = "", refused: dict[str, str] | None = None) -> Response:
    with place_of(request) as place:
        entry_id = request.path_params["id"]
        shown = place.register.show(entry_id)
        pages = place.register.pages(entry_id)
        known = {other: _line(place, other) for other in _others(shown)}
    main = next((file for file in shown["files"] if file["role"] == "main"), None)
    views = fields.page_views(pages, shown["record"], main)
    return render(
        request,
        "entry.html",
        status,
        shown=shown,
        pages=views,
        crops=fields.crops(views),
        fields=fields.rows(shown),
        known=known,
        corrected=corrected,
        refused=refused or {"field": "", "value": "", "message": ""},
    )


def _others(shown: dict[str, Any]) -> set[int]:
    links = [other for name, others in shown["links"].items() if name != "not_received" for other in others]
    return {*links, *shown["probable_duplicates"], *(item["closed_by"] for item in shown["follow_ups"] if item["closed_by"])}


def _line(place: Place, entry_id: int) -> dict[str, Any]:
    shown = place.register.show(entry_id)
    record = shown["record"] or {}
    return {"number": shown["number"], **{name: record.get(name) for name in ("code", "issued_on", "issuer", "subject", "doc_type")}}


def picture(request: Request) -> Response:
    """The picture of a page."""
    entry_id, number = request.path_params["id"], request.path_params["number"]
    with place_of(request) as place:
        page = next((page for page in place.register.pages(entry_id) if page["number"] == number), None)
        main = next((file for file in place.register.show(entry_id)["files"] if file["role"] == "main"), None)
        if page is None or main is None:
            raise HTTPException(404)
        try:
            path = picture_of(place.register.store, main["sha256"], page)
        except NoPicture:
            raise HTTPException(404) from None
    return FileResponse(path, media_type="image/jpeg", headers={"Cache-Control": "private, max-age=3600"})


def original(request: Request) -> Response:
    """An original, to be kept by the browser and not shown: it may hold anything."""
    with place_of(request) as place:
        files = place.register.show(request.path_params["id"])["files"]
        known = next((file for file in files if file["id"] == request.path_params["file"]), None)
        if known is None:
            raise HTTPException(404)
        path = place.register.file(known["id"]).path
    if not path.is_file():
        raise HTTPException(404)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(known['name'], safe='')}"}
    return FileResponse(path, media_type="application/octet-stream", headers=headers)


async def correct(request: Request) -> Response:
    """A person's value in place of what was read."""
    async with request.form(max_fields=4, max_files=0) as form:
        field, value = str(form.get("field", "")), str(form.get("value", ""))
    return await run_in_threadpool(_correct, request, field[:100], value[:_LONGEST_VALUE])


def _correct(request: Request, field: str, value: str) -> Response:
    entry_id = request.path_params["id"]
    try:
        with place_of(request) as place:
            _put(request, place, entry_id, field, value)
            moved = place.register.show(entry_id)["record"] is None
    except NotFound:
        raise HTTPException(404) from None
    except VanthuError as error:
        return _page(request, 422, refused={"field": field, "value": value, "message": str(error)})
    if moved:
        return RedirectResponse("/?thongbao=mat", 303)
    return RedirectResponse(f"/van-ban/{entry_id}?da-sua={quote(field)}#{quote(field)}", 303)


def _put(request: Request, place: Place, entry_id: int, field: str, value: str) -> None:
    """Correct, and bring the outputs in line; a document marked secret goes to the register of the secret ones."""
    if field.split(".")[0] == "secrecy":
        with only_one(settings_of(request).outputs, wait=False):
            pass  # an intake that runs would keep the browser waiting: said at once instead
        again.correct(place, entry_id, field, value, WHO)
        return
    place.register.correct(entry_id, field, value, who=WHO)
    steps.write_outputs(place, entry_id)
