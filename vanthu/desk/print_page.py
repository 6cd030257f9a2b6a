"""In ấn: the slip that goes with a document (phiếu xử lý), and its copy with the ĐẾN stamp."""

import json
from pathlib import Path
from typing import Any

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from models.document import Page
from vanthu.desk.language import gettext as _
from vanthu.desk.page import place_of, render, settings_of
from vanthu.errors import VanthuError
from vanthu.exports import stamped
from vanthu.register import words
from vanthu.said import day


def slip(request: Request) -> Response:
    """Phiếu xử lý văn bản: a page to print, with the entry's number and a QR code of it."""
    with place_of(request) as place:
        shown = place.register.show(request.path_params["id"])
        instructions = place.register.matters.instructions(shown["id"])
    if shown["record"] is None:
        raise HTTPException(404)
    return render(request, "slip.html", shown=shown, qr=qr(coded(shown)), instructions=instructions)


def coded(shown: dict[str, Any]) -> str:
    """What the QR code says: enough to find the entry by, and nothing of what the document is about."""
    record = shown["record"]
    return "\n".join(filter(None, (f"vanthu:{shown['book']}:{shown['number']}", record["code"], record["issued_on"])))


def qr(text: str) -> Markup:
    """A QR code as a picture in the page; dark on light on every screen and paper."""
    import segno

    drawn: str = segno.make(text, error="m", micro=False).svg_inline(
        border=2, omitsize=True, dark="#000", light="#fff", svgclass="qr", lineclass=None
    )
    return Markup(drawn)  # noqa: S704 - drawn by the library from modules, no text goes in


def copy(request: Request) -> Response:
    """The document as PDF with the ĐẾN stamp on its first page."""
    entry_id = request.path_params["id"]
    office = settings_of(request).office.names
    with place_of(request) as place:
        shown, rows = place.register.show(entry_id), place.register.pages(entry_id)
        main = next((file for file in shown["files"] if file["role"] == "main"), None)
        if main is None or not rows:
            raise HTTPException(404)
        taken = [box for _text, box, _line in words.of_page(place.register.base, entry_id, rows[0]["number"]) or []]
        path = place.register.file(main["id"]).path
    stamp = stamped.Stamp(office[0] if office else "", str(shown["arrival_number"]), day(shown["received_on"]))
    try:
        made = stamped.stamped(Path(path), [_page(row) for row in rows], stamp, taken)
    except VanthuError as error:
        return render(request, "error.html", 422, title=_("Chưa làm được"), text=str(error))
    except Exception:  # whatever a damaged file makes the libraries raise
        return render(request, "error.html", 422, title=_("Chưa làm được"), text=_("Không mở được bản gốc để đóng dấu."))
    name = f"den-{shown['arrival_number']}-{shown['year']}.pdf"
    return Response(made, media_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _page(row: dict[str, Any]) -> Page:
    warp = tuple(json.loads(row["warp"] or "[]"))
    return Page(row["number"], row["width"], row["height"], 0, row["source"], rotation=row["rotation"] or 0, warp=warp)
