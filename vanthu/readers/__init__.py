"""Đọc văn bản: a file of any accepted kind → Document; the kind is decided by the bytes, never by the name."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path

from models.document import Document
from vanthu.errors import Archive, Broken, Empty, LockedOffice, NoPages, OldOffice, Unsupported

Progress = Callable[[int, int], None]


def read(
    path: Path,
    *,
    password: str | None = None,
    progress: Progress | None = None,
    only: Collection[int] | None = None,
    turned: Mapping[int, int] | None = None,
) -> Document:
    """Đọc một tệp: PDF (scanned, born digital or mixed), TIFF, JPEG, PNG, WebP, HEIC, DOCX, XLSX.

    `progress(done, all)` is called after each page; `only`: numbers of the pages to read, the others are left out; `turned`:
    degrees clockwise by which a person turned pages. Raises a kind of Rejected where nothing at all can be read; a bad page
    among good ones becomes a page of source `failed`.
    """
    from vanthu.readers import docx, images, notes, pdf, xlsx
    from vanthu.readers.kinds import kind_of

    if path.stat().st_size == 0:
        raise Empty(path.name)
    kind = kind_of(path)
    missing: tuple[str, ...] = ()
    if kind == "pdf":
        pages = pdf.read(path, password, progress, only, turned)
        missing = notes.cut_off(path)
    elif kind == "docx":
        pages = docx.read(path, progress)
    elif kind == "xlsx":
        pages = xlsx.read(path, progress)
    elif kind == "image":
        pages = images.read(path, progress, only, turned)
    else:
        raise _REFUSED.get(kind, Unsupported)(path.name)
    if not pages:
        raise NoPages(path.name)
    if all(page.source == "failed" for page in pages):
        raise Broken("; ".join(dict.fromkeys(note for page in pages for note in page.notes)))
    document = Document.assemble(pages, path.name)
    return replace(document, notes=(*missing, *notes.about(document)))


_REFUSED = {
    "zip": Archive,
    "edxml": Archive,
    "message": Archive,
    "archive": Archive,
    "old_office": OldOffice,
    "locked_office": LockedOffice,
}
