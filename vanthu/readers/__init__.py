"""Đọc văn bản: a file of any accepted kind → Document; the kind is decided by the bytes, never by the name."""

from collections.abc import Callable
from pathlib import Path

from models.document import Document
from vanthu.errors import Archive, Broken, Empty, Unsupported

Progress = Callable[[int, int], None]


def read(path: Path, *, password: str | None = None, progress: Progress | None = None) -> Document:
    """Đọc một tệp: PDF (scanned, born digital or mixed), TIFF, JPEG, PNG, WebP, HEIC, DOCX.

    `progress(done, all)` is called after each page. Raises Encrypted, Broken, Empty, Archive, Unsupported, TooSmall
    or TooLarge where nothing at all can be read; a bad page among good ones becomes a page of source `failed`.
    """
    from vanthu.readers import docx, images, pdf
    from vanthu.readers.kinds import kind_of

    if path.stat().st_size == 0:
        raise Empty(path.name)
    kind = kind_of(path)
    if kind == "pdf":
        pages = pdf.read(path, password, progress)
    elif kind == "docx":
        pages = docx.read(path, progress)
    elif kind == "image":
        pages = images.read(path, progress)
    else:
        raise (Archive if kind == "archive" else Unsupported)(path.name)
    if not pages:
        raise Empty(path.name)
    if all(page.source == "failed" for page in pages):
        raise Broken(path.name)
    return Document.assemble(pages, path.name)
