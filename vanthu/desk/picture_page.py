"""Trang và tệp của một văn bản: the picture of a page, and the original as it came."""

from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from vanthu.desk.page import place_of
from vanthu.desk.pictures import NoPicture
from vanthu.desk.pictures import picture as picture_of


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
