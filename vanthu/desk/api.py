"""API: the register as JSON for other programs, by tokens with a role; secret documents are not in it. See docs/api.md."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, HTTPException, Path, Query
from fastapi.responses import FileResponse, JSONResponse, Response

from vanthu.desk.api_door import Asking, Office
from vanthu.desk.api_forms import Assignment, Correction, StateChange
from vanthu.desk.known import Known
from vanthu.errors import NotFound, VanthuError
from vanthu.exports.record_json import outward, pages_of
from vanthu.pipeline import again, steps
from vanthu.register import listing
from vanthu.register.rows import ItemState
from vanthu.settings import Settings

_LARGEST = 2**53
_ANSWERS: dict[int | str, dict[str, Any]] = {
    400: {"description": "Not JSON"},
    401: {"description": "No token, or one that is not known"},
    403: {"description": "The token's role may not do this, or it is not its unit's"},
    404: {"description": "Not in the register"},
    409: {"description": "The value will not do: `detail` says why"},
}
Row = dict[str, Any]
Id = Annotated[int, Path(ge=1, le=_LARGEST, description="The id of an entry")]
Item = Annotated[int, Path(ge=1, le=_LARGEST, description="The id of a follow-up item")]
Limit = Annotated[int, Query(ge=1, le=200)]
Offset = Annotated[int, Query(ge=0, le=10_000_000)]
Text = Annotated[str, Query(max_length=500)]
router = APIRouter()


def api_of(settings: Settings, known: Known) -> FastAPI:
    """The API of one office."""
    made = FastAPI(title="vanthu", version="1", docs_url=None, redoc_url=None, description="The register of a records office as JSON.")
    made.include_router(router, responses=_ANSWERS)
    for kind, code in ((NotFound, 404), (OverflowError, 404), (VanthuError, 409)):
        made.add_exception_handler(kind, lambda _, error, code=code: JSONResponse({"detail": str(error)}, code))
    made.state.settings, made.state.known = settings, known
    return made


@router.get("/me")
def me(asking: Asking) -> Row:
    """The token's name and role."""
    return {"name": asking.name, "role": asking.role, "unit": asking.unit}


@router.get("/documents")
def documents(place: Office, asking: Asking, query: Text = "", year: int | None = None, limit: Limit = 50, offset: Offset = 0) -> Row:
    """Lines of the register, newest first, with a query best first: `{total, documents}`."""
    filters: Row = {"year": year if year is None or abs(year) < 10_000 else 0, "unit": asking.unit if asking.role == "unit" else None}
    found = listing.page(place.register.base, query, offset=offset, limit=limit, **filters)
    return {"total": found.total, "documents": found.lines}


@router.get("/documents/{id}")
def document(place: Office, _: Asking, id: Id) -> Row:  # noqa: A002 - its name in the address
    """All that is known of one entry; the record with its evidence under `_found`."""
    shown = place.register.show(id)
    record = outward(shown["record"], pages_of(place.register.pages(id))) if shown["record"] else None
    files = [{name: value for name, value in file.items() if name != "kept"} for file in shown["files"]]
    return shown | {"record": record, "files": files}


@router.get("/documents/{id}/text")
def text(place: Office, _: Asking, id: Id) -> Row:  # noqa: A002
    """The text in reading order, pages parted by a form feed."""
    place.register.show(id)
    return {"text": place.register.text(id)}


@router.get("/documents/{id}/links")
def links(place: Office, _: Asking, id: Id) -> Row:  # noqa: A002
    """Ids of entries it cites and that cite it; codes where nothing is registered."""
    return place.register.links(id)


@router.get("/documents/{id}/files/{file}", response_class=FileResponse)
def file(place: Office, _: Asking, id: Id, file: Annotated[int, Path(ge=1, le=_LARGEST)]) -> Response:  # noqa: A002
    """The bytes of an original."""
    known = next((one for one in place.register.show(id)["files"] if one["id"] == file), None)
    path = place.register.file(file).path if known else None
    if known is None or path is None or not path.is_file():
        raise HTTPException(404, "there is no such file")
    return FileResponse(path, media_type="application/octet-stream", filename=known["name"])


@router.get("/items")
def items(place: Office, asking: Asking, until: date | None = None, unit: Text | None = None, limit: Limit = 50, offset: Offset = 0) -> Row:
    """Open follow-up items by due date: `{total, items}`."""
    found = place.register.due(until, asking.unit if asking.role == "unit" else unit)
    return {"total": len(found), "items": found[offset : offset + limit]}


@router.post("/documents/{id}/corrections")
def correct(place: Office, asking: Asking, id: Id, form: Correction) -> Row:  # noqa: A002
    """A value in place of what was read. A document marked secret by it leaves this register: `{"kept": false}`."""
    if form.field.split(".")[0].strip() == "secrecy":
        again.correct(place, id, form.field, form.value, asking.name)
    else:
        place.register.correct(id, form.field, form.value, who=asking.name)
        steps.write_outputs(place, id)
    return {"id": id, "kept": place.register.show(id)["record"] is not None}


@router.post("/items/{item}/state")
def state(place: Office, asking: Asking, item: Item, form: StateChange) -> Row:
    """A follow-up item moves on."""
    by: int | None = form.closed_by
    if by is not None:
        place.register.show(by)
    new: ItemState = form.state
    place.register.set_state(item, new, who=asking.name, note=form.note, closed_by=by)
    return {"item": item, "state": new}


@router.post("/items/{item}/assignment")
def assign(place: Office, asking: Asking, item: Item, form: Assignment) -> Row:
    """The unit that does an item."""
    unit = (form.unit or "").strip() or None
    place.register.assign(item, unit, who=asking.name)
    return {"item": item, "unit": unit}
