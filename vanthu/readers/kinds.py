"""What kind of file it is, by its first bytes."""

import zipfile
from pathlib import Path
from typing import Literal

Kind = Literal["pdf", "docx", "image", "archive", "unknown"]

_IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
_ARCHIVES = (b"PK", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif"}


def kind_of(path: Path) -> Kind:
    """The kind of the file at `path`; a PDF may have up to 1024 stray bytes before its header."""
    with path.open("rb") as file:
        head = file.read(1029)
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(_IMAGES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP") or (head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS):
        return "image"
    if head.startswith(b"PK") and _is_docx(path):
        return "docx"
    return "archive" if head.startswith(_ARCHIVES) else "unknown"


def _is_docx(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return "word/document.xml" in archive.namelist()
    except zipfile.BadZipFile:
        return False
