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
    from vanthu.readers import page_image

    try:
        # the text layer is read within the crop box, a scan is read whole
        return page_image.of(original, page["number"], LONGEST, cropped=page["source"] == "text", timeout=_SECONDS)
    except Exception as error:  # whatever a damaged file makes the libraries raise
        raise NoPicture(str(error)) from error


def on_scan(page: dict[str, Any], box: list[int]) -> Box:
    """Where a box of the page as it was read stands on its picture, in pixels of the page's stated size."""
    warp = tuple(json.loads(page["warp"])) if page["warp"] else ()
    shown = Page(page["number"], page["width"], page["height"], 0, page["source"], warp=warp)
    return shown.on_scan(Box(*box))
