"""What kind of file it is, by its first bytes; what is packed in it tells archives from documents."""

import zipfile
from pathlib import Path
from typing import Literal

from vanthu.readers.message import is_message

Kind = Literal["pdf", "docx", "xlsx", "image", "zip", "edxml", "message", "archive", "old_office", "locked_office", "unknown"]

_IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_OLD = ("WordDocument".encode("utf-16-le"), "Workbook".encode("utf-16-le"), "PowerPoint Document".encode("utf-16-le"))
_CHUNK = 1 << 20


def kind_of(path: Path) -> Kind:
    """The kind of the file at `path`; a PDF may have up to 1024 stray bytes before its header."""
    with path.open("rb") as file:
        head = file.read(1029)
    if head.startswith(_OLE):
        return _ole(path)
    if head.startswith(b"PK"):
        return _packed(path)
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(_IMAGES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP") or (head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS):
        return "image"
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and b"edXML" in head:
        return "edxml"
    if is_message(head) or is_message(_more(path, head)):
        return "message"
    return "archive" if head.startswith(_ARCHIVES) or head[257:262] == b"ustar" else "unknown"


def _more(path: Path, head: bytes) -> bytes:
    """A mail's header can be long; only of what begins like one is more read."""
    if not head[:1].isalpha() or b":" not in head[:64]:
        return b""
    with path.open("rb") as file:
        return file.read(65_536)


def _packed(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return "zip"
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    return "unknown" if names & {"[Content_Types].xml", "mimetype"} else "zip"


def _ole(path: Path) -> Kind:
    """Word, Excel and PowerPoint before 2007, and today's files under a password, lie in the same kind of container."""
    before = b""
    kind: Kind = "unknown"
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            window = before + chunk
            if _LOCKED in window:
                return "locked_office"
            if any(name in window for name in _OLD):
                kind = "old_office"
            before = chunk[-64:]
    return kind
