"""Tải lên: files from this computer or a phone's camera, kept before anything is said; how the reading goes on, as it goes."""

import asyncio
import io
from collections.abc import AsyncIterator, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from vanthu.desk.language import gettext as _
from vanthu.desk.page import environment, place_of, render, settings_of
from vanthu.desk.reading import Reading, reading_of
from vanthu.inbox import display_name
from vanthu.pipeline.place import Place
from vanthu.settings import Settings

_MOST = 200
_TICK = 0.4
_TICKS = 9000
"""An hour; the browser asks again by itself."""
_PHOTOS = (".jpg", ".jpeg", ".png", ".heic", ".heif", ".webp")


async def upload(request: Request) -> Response:
    """Keep what was sent; `gop`: the photos are the pages of one document; `di`: our own documents."""
    async with request.form(max_files=_MOST, max_fields=20) as form:
        files = [one for one in form.getlist("tep") if isinstance(one, UploadFile) and one.filename]
        outgoing, joined = form.get("di") == "1", form.get("gop") == "1"
        kept = await run_in_threadpool(_keep, reading_of(request), files, outgoing=outgoing, joined=joined)
    if not kept:
        return render(request, "error.html", 422, title=_("Chưa có tệp nào"), text=_("Chọn hoặc kéo thả ít nhất một tệp."))
    reading_of(request).start()
    return RedirectResponse(f"/tiep-nhan?tep={','.join(map(str, kept))}", 303)


def _keep(reading: Reading, files: Sequence[UploadFile], *, outgoing: bool, joined: bool) -> list[int]:
    settings = reading.settings
    settings.outputs.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=settings.outputs, prefix=".upload-") as folder:
        paths = [_written(one, Path(folder), n) for n, one in enumerate(files)]
        named = list(zip(paths, [display_name(Path(one.filename or "").name) for one in files], strict=True))
        if joined and len(named) > 1 and all(name.lower().endswith(_PHOTOS) for _, name in named):
            named = [(_one_file(paths, Path(folder)), f"{Path(named[0][1]).stem}.pdf")]
        return [reading.keep(path, name, outgoing=outgoing) for path, name in named]


def _written(sent: UploadFile, folder: Path, number: int) -> Path:
    path = folder / f"{number}{Path(sent.filename or '').suffix.lower()}"
    with path.open("wb") as out:
        while part := sent.file.read(1 << 20):
            out.write(part)
    return path


def _one_file(photos: Sequence[Path], folder: Path) -> Path:
    """Photos as the pages of one PDF, in the order in which they were taken; JPEG and PNG go in as they are."""
    import img2pdf
    from PIL import Image, ImageOps
    from pillow_heif import register_heif_opener

    register_heif_opener()
    pages = []
    for photo in photos:
        if photo.suffix in (".jpg", ".jpeg"):
            pages.append(photo.read_bytes())
            continue
        with Image.open(photo) as image:
            out = io.BytesIO()
            ImageOps.exif_transpose(image).convert("RGB").save(out, "PNG")
            pages.append(out.getvalue())
    whole = folder / "photos.pdf"
    whole.write_bytes(img2pdf.convert(pages, rotation=img2pdf.Rotation.ifvalid))
    return whole


def states(settings: Settings, reading: Reading, ids: Sequence[int]) -> list[dict[str, Any]]:
    """`{id, name, state, done, all, entries, reason, settled}` of each file; one that moved to the secret register is `gone`."""
    out = []
    with closing(Place(settings)) as place:
        for file_id in ids[:_MOST]:
            try:
                file = place.register.file(file_id)
            except KeyError:
                out.append(
                    {"id": file_id, "name": "", "state": "gone", "settled": True, "entries": [], "reason": None, "done": 0, "all": 0}
                )
                continue
            done, every = reading.pages.get(file.sha256, (0, 0))
            entries = [place.register.base.row(_LINE, entry) for entry in place.register.of_file(file_id)]
            if not entries and file.entry_id:
                entries = [place.register.base.row(_LINE, file.entry_id)]
            plain = {"id": file_id, "name": file.name, "state": file.state, "reason": file.reason, "entries": entries}
            out.append(plain | {"done": done, "all": every, "settled": file.state != "claimed"})
    return out


_LINE = "SELECT id, arrival_number || '/' || year AS number, code, subject, to_review FROM documents WHERE id=?"


def asked(request: Request) -> list[int]:
    """The files that the address names."""
    return [int(text) for text in request.query_params.get("tep", "").split(",") if text.isdecimal() and len(text) < 10][:_MOST]


async def progress(request: Request) -> Response:
    """Server-sent events: the list of the files as it stands, whenever it changes, until all are settled."""
    return StreamingResponse(_events(request, asked(request)), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


async def _events(request: Request, ids: list[int]) -> AsyncIterator[str]:
    said = ""
    template = environment().get_template("_progress.html")
    for _tick in range(_TICKS):
        files = await run_in_threadpool(states, settings_of(request), reading_of(request), ids)
        text = template.render(files=files)
        if text != said:
            said = text
            yield "".join(f"data: {line}\n" for line in text.splitlines()) + "\n"
        if all(file["settled"] for file in files) or await request.is_disconnected():
            break
        await asyncio.sleep(_TICK)
    yield "event: het\ndata: \n\n"


async def retry(request: Request) -> Response:
    """A rejected file once more, with a password where it needs one."""
    file_id = request.path_params["file"]
    async with request.form(max_files=0, max_fields=3) as form:
        password = str(form.get("mat-khau", ""))[:200] or None
    if not await run_in_threadpool(_is_rejected, request, file_id):
        raise HTTPException(404)
    reading_of(request).retry(file_id, password)
    return RedirectResponse(f"/tiep-nhan?tep={file_id}&cho=1", 303)


def _is_rejected(request: Request, file_id: int) -> bool:
    with place_of(request) as place:
        return file_id in {row["id"] for row in place.register.rejected()}
