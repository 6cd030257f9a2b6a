"""Duyệt: what a person typed and accepted on a document, taken back, and the way to the next one."""

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vanthu.desk import edits, entry_page
from vanthu.desk.entry_page import Said
from vanthu.desk.language import gettext as _
from vanthu.desk.page import place_of, render, settings_of
from vanthu.desk.person import who
from vanthu.desk.placed import places
from vanthu.errors import NotFound, VanthuError
from vanthu.pipeline import again, steps
from vanthu.pipeline.lock import only_one
from vanthu.pipeline.place import Place
from vanthu.register import missed, review, values
from vanthu.register.corrections import Place as Shown

_LONGEST = 20_000
_MOST_FIELDS = 4000


def first(request: Request) -> Response:
    """The next document that needs a person, or word that none does."""
    with place_of(request) as place:
        after = request.query_params.get("sau", "0")
        found = review.next_one(place.register.base, int(after) if after.isdecimal() and len(after) < 10 else 0)
        count = place.register.count()
    return RedirectResponse(f"/van-ban/{found}", 303) if found else render(request, "all_done.html", count=count)


async def save(request: Request) -> Response:
    """Save what was changed; with `buoc=nhan` accept the rest as it stands and go on."""
    async with request.form(max_fields=_MOST_FIELDS, max_files=0) as form:
        sent = {name: str(value)[:_LONGEST] for name, value in form.items()}
    return await run_in_threadpool(_save, request, sent)


def _save(request: Request, form: dict[str, str]) -> Response:
    entry_id, accept = request.path_params["id"], form.get("buoc") == "nhan"
    try:
        with place_of(request) as place:
            shown = place.register.show(entry_id)
            if shown["record"] is None:
                raise HTTPException(404)
            came = edits.sent(form, edits.every(shown))
            moved_on = accept and form.get("luot") != review.revision(place.register.base, entry_id)
            if came.conflicts or moved_on:
                last = shown["corrections"][-1]["who"] if shown["corrections"] else ""
                said = Said(came.typed | came.changes, {}, came.conflicts, last or _("người khác"))
                return entry_page.page(request, 409, said)
            return _take(request, place, entry_id, came, form, accept=accept)
    except NotFound:
        raise HTTPException(404) from None


def _take(request: Request, place: Place, entry_id: int, came: edits.Sent, form: dict[str, str], *, accept: bool) -> Response:
    base = place.register.base
    changes: dict[str, Any] = came.changes | {name[len(edits.DROP) :]: "" for name in form if name.startswith(edits.DROP)}
    secrecy, shown = changes.pop("secrecy", None), places(base, entry_id, form)
    try:
        if parts := edits.added(form):
            _add(place, entry_id, parts, changes, shown)
        review.save(base, entry_id, changes, accept=accept, who=who(request), places=shown)
        if secrecy is not None:
            _classify(request, place, entry_id, secrecy)
    except VanthuError as error:
        typed = came.typed | {f"tasks.{part}": text for part, text in edits.added(form).items()}
        return entry_page.page(request, 422, Said(typed, {str(error.values.get("changed", "secrecy")): str(error)}))
    if secrecy is not None and place.register.show(entry_id)["record"] is None:
        return RedirectResponse("/?thongbao=mat", 303)
    steps.write_outputs(place, entry_id)
    if not accept:
        return RedirectResponse(f"/van-ban/{entry_id}?da-sua={next(iter(changes), 'secrecy' if secrecy is not None else '')}", 303)
    following = review.next_one(place.register.base, entry_id)
    return RedirectResponse(f"/van-ban/{following}?da-nhan={entry_id}" if following else f"/duyet?xong={entry_id}", 303)


def _add(place: Place, entry_id: int, parts: dict[str, str], changes: dict[str, Any], shown: dict[str, Shown]) -> None:
    """A missed task among the changes, with the place that was pointed at, else that of its words."""
    base = place.register.base
    field = missed.field_of(base, entry_id)
    lead, support = (values.parse(["tasks", 0, part], parts[part]) for part in ("lead", "support"))
    try:
        changes[field] = missed.task(parts["text"], lead, support, parts["due_on"])
    except VanthuError as error:
        error.values["changed"] = "tasks.due_on"
        raise
    there = shown.get("tasks.text") or missed.place_of(base, entry_id, parts["text"])
    if there:
        shown[field] = there


def _classify(request: Request, place: Place, entry_id: int, value: str) -> None:
    """A document marked secret goes to the register of the secret ones."""
    with only_one(settings_of(request).outputs, wait=False):
        pass  # an intake that runs would keep the browser waiting: said at once instead
    again.correct(place, entry_id, "secrecy", value, who(request))


def undo(request: Request) -> Response:
    """The last step on this document is taken back."""
    entry_id = request.path_params["id"]
    with place_of(request) as place:
        try:
            review.undo(place.register.base, entry_id, who=who(request))
        except VanthuError as error:
            return render(request, "error.html", 422, title=_("Chưa làm được"), text=str(error))
        steps.write_outputs(place, entry_id)
    return RedirectResponse(f"/van-ban/{entry_id}?hoan-tac=1", 303)
