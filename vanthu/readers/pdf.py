"""PDF: each page from its own right source, its text layer or its picture."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from models.document import Page
from vanthu.errors import Broken, Encrypted, NoPages
from vanthu.ocr import rulings
from vanthu.ocr.grids import Grid
from vanthu.ocr.render import MOST_PIXELS, fitting_dpi, page_picture
from vanthu.ocr.straighten import binarise
from vanthu.readers import scan, textlayer
from vanthu.readers.layout import lines
from vanthu.readers.numbering import Read, numbered
from vanthu.readers.pieces import printed_lines
from vanthu.readers.side_by_side import Job, run

_PICTURE_SHARE = 0.5
"""Pictures over this share of the page are a scan of it."""

_PICTURE_PART, _WHOLE = 0.05, 0.97
"""Shares of the page from which a picture tells its resolution, and from which it is all of the page."""


_MOST_SQUARE_INCHES = 300_000
"""Larger paper exists only in broken files, and cannot be rendered with letters on it."""


class _TooLarge(Exception):
    pass


@dataclass(frozen=True, slots=True)
class _Scan:
    """How to render a page: its resolution, and what to tell people about it."""

    dpi: int
    size: tuple[int, int] | None = None
    notes: tuple[str, ...] = ()


def read(path: Path, password: str | None, progress: Any) -> list[Page]:
    """Pages of the PDF; raises Encrypted or Broken where it cannot be opened at all."""
    document = _open(path, password)
    try:
        return numbered(run(_jobs(document, path, password), len(document), progress))
    finally:
        document.close()


def _open(path: Path, password: str | None) -> Any:
    try:
        return pypdfium2.PdfDocument(path, password=password)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise Encrypted(str(error)) from error
        raise (NoPages if _has_no_pages(path) else Broken)(str(error)) from error


def _has_no_pages(path: Path) -> bool:
    """Pdfium says of a file without pages only that it is bad."""
    try:
        with pikepdf.open(path) as document:
            return not document.pages
    except (pikepdf.PdfError, ValueError, RuntimeError):
        return False


def _jobs(document: Any, path: Path, password: str | None) -> Iterator[Job]:
    """One job a page. Pdfium bears one thread only: text layers are read here, the jobs that run side by side only recognise."""
    for n in range(len(document)):
        yield _job(document, n, path, password)


def _job(document: Any, index: int, path: Path, password: str | None) -> Job:
    try:
        page = document[index]
        how = _how(page)
        done = _text_page(page, index + 1) if how is None else None
        page.close()
    except _TooLarge:
        too_large = Read(Page(index + 1, 1, 1, 72, "failed", notes=("page_too_large",)))
        return lambda: too_large
    except pypdfium2.PdfiumError:
        how, done = _Scan(150), None
    if done is not None:
        return lambda: done
    if how is None:
        how = _Scan(300)
    return lambda: scan.read(page_picture(path, index + 1, how.dpi, how.size, password), how.dpi, index + 1, how.notes)


def _how(page: Any) -> _Scan | None:
    """How to render the page, None where its text layer is to be read."""
    width, height = page.get_size()
    covered, dpi, size = 0.0, 0.0, None
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = item.get_bounds()
        across, down = item.get_px_size()
        share = max(0.0, right - left) * max(0.0, top - bottom) / (width * height)
        covered += share
        if share > _PICTURE_PART:
            dpi = max(dpi, min(across / (right - left), down / (top - bottom)) * 72)
        if share > _WHOLE:
            size = (across, down) if page.get_rotation() in (0, 180) else (down, across)
    if covered < _PICTURE_SHARE and textlayer.has_words(page):
        return None
    inches = (width / 72, height / 72)
    if inches[0] * inches[1] > _MOST_SQUARE_INCHES:
        raise _TooLarge
    fitting = fitting_dpi(dpi, inches)
    exact = size if abs(fitting - dpi) < 1 else None
    return _Scan(fitting, exact, ("scaled_down",) if dpi > fitting * 1.5 else ())


def _text_page(page: Any, number: int) -> Read:
    width, height = textlayer.size(page)
    grids = _grids(page, width, height) if width * height <= MOST_PIXELS else []
    found = lines(printed_lines(textlayer.words(page)), width, grids)
    return Read(Page(number, width, height, textlayer.DPI, "text" if found else "blank", found), tuple(g.edges for g in grids))


def _grids(page: Any, width: int, height: int) -> list[Grid]:
    """Ruled tables; posters and plans, too large to be rendered, are read without."""
    grey = np.asarray(page.render(scale=textlayer.DPI / 72, grayscale=True, maybe_alpha=False).to_numpy())
    grey = np.asarray(cv2.resize(grey.reshape(grey.shape[:2]), (width, height)), dtype=np.uint8)
    return rulings.grids(binarise(grey))
