"""PDF: each page from its own right source, its text layer or its picture."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from models.document import Mark, Page
from vanthu.errors import Broken, Encrypted, NoPages, TooManyPages
from vanthu.ocr.render import USUAL, page_picture
from vanthu.readers import banner, scan, source, text_page, textlayer
from vanthu.readers.bounds import MOST_PAGES
from vanthu.readers.numbering import Read, numbered
from vanthu.readers.side_by_side import Job, run


def read(
    path: Path, password: str | None, progress: Any, only: Collection[int] | None = None, turned: Mapping[int, int] | None = None
) -> list[Page]:
    """Pages of the PDF, or those of these numbers; raises Encrypted or Broken where it cannot be opened at all."""
    document = _open(path, password)
    try:
        if len(document) > MOST_PAGES:
            raise TooManyPages(str(len(document)))
        wanted = [n for n in range(len(document)) if only is None or n + 1 in only]
        return numbered(run((_job(document, n, path, password, (turned or {}).get(n + 1)) for n in wanted), wanted, progress))
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
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, RuntimeError):
        return False


def _job(document: Any, index: int, path: Path, password: str | None, turned: int | None) -> Job:
    """One job a page. Pdfium bears one thread only: text layers are read here, the jobs that run side by side only recognise.

    Of a page that a person has turned the text layer says nothing: its words stand askew.
    """
    how = source.Scan(USUAL)
    marks: tuple[Mark, ...] = ()
    try:
        page = document[index]
        layer = textlayer.read(page)
        chosen = source.of(page, layer)
        if not chosen and not turned:
            done = text_page.read(page, layer, index + 1)
            return lambda: done
        how = chosen or how
        marks = banner.of_layer(layer, textlayer.size(page)[0], how.dpi) if chosen and not turned else ()
        page.close()
    except source.TooLarge:
        too_large = Read(Page(index + 1, 1, 1, 72, "failed", notes=("page_too_large",)))
        return lambda: too_large
    except pypdfium2.PdfiumError:
        pass  # Poppler may still render what Pdfium does not open
    return lambda: scan.read(page_picture(path, index + 1, how.dpi, how.size, password), how.dpi, index + 1, how.notes, marks, turned)
