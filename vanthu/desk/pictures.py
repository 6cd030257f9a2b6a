"""Ảnh trang: a page of an original as a picture for the browser, made once and kept under the outputs' cache."""

import json
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import BoundedSemaphore
from typing import Any

from models.document import Box, Page
from vanthu.register import Store

LONGEST = 1700
"""Pixels of the longer side: about 145 dpi for A4, enough to read small print."""

_SECONDS = 60
_at_once = BoundedSemaphore(2)


class NoPicture(Exception):
    """The original has no picture of this page: a DOCX, a file with a password, a damaged page."""


def picture(store: Store, sha256: str, page: dict[str, Any]) -> Path:
    """The JPEG of a page (a row of `Register.pages`), upright; NoPicture."""
    made = store.pictures(sha256) / f"{page['number']}-{page['rotation'] or 0}.jpg"
    if made.is_file():
        return made
    try:
        original = store.path(sha256)
    except FileNotFoundError as error:
        raise NoPicture(sha256) from error
    with _at_once:
        image = _image(original, page)
    if page["rotation"]:
        image = image.rotate(-page["rotation"], expand=True)
    made.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=made.parent, suffix=".part", delete=False) as passing:
        image.save(passing, "JPEG", quality=80, optimize=True)
    Path(passing.name).replace(made)
    return made


def _image(original: Path, page: dict[str, Any]) -> Any:
    from vanthu.readers.kinds import kind_of

    kind = kind_of(original)
    if page["source"] == "docx" or kind not in ("pdf", "image"):
        raise NoPicture(kind)
    try:
        return _of_pdf(original, page) if kind == "pdf" else _of_image(original, page["number"] - 1)
    except Exception as error:  # whatever a damaged file makes the libraries raise
        raise NoPicture(str(error)) from error


def _of_pdf(original: Path, page: dict[str, Any]) -> Any:
    from pdf2image import convert_from_path

    # the text layer is read within the crop box, a scan is read whole
    cropped = page["source"] == "text"
    (image,) = convert_from_path(
        original, size=LONGEST, first_page=page["number"], last_page=page["number"], use_cropbox=cropped, timeout=_SECONDS, thread_count=1
    )
    return image.convert("RGB")


def _of_image(original: Path, frame: int) -> Any:
    from PIL import Image, ImageOps
    from pillow_heif import register_heif_opener

    register_heif_opener()
    with Image.open(original) as image:
        image.seek(frame)
        image.draft("RGB", (LONGEST, LONGEST))
        image.thumbnail((LONGEST, LONGEST))
        upright = ImageOps.exif_transpose(image)
        if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
            clear = upright.convert("RGBA")
            upright = Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear)
        return upright.convert("RGB")


def on_scan(page: dict[str, Any], box: list[int]) -> Box:
    """Where a box of the page as it was read stands on its picture, in pixels of the page's stated size."""
    warp = tuple(json.loads(page["warp"])) if page["warp"] else ()
    shown = Page(page["number"], page["width"], page["height"], 0, page["source"], warp=warp)
    return shown.on_scan(Box(*box))
