"""Giải nén: the files of a ZIP, within bounds; nothing is ever written where a name in it says."""

import errno
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from vanthu.errors import Broken, Empty, Encrypted, TooLarge

MOST_FILES = 200
MOST_BYTES = 2_000_000_000
_MOST_OF_ONE_DOCUMENT = 1_000_000_000
_CHUNK = 1 << 20
_UTF8_NAME = 0x800
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError)
_LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


def members(path: Path, password: str | None = None) -> Iterator[tuple[str, Path]]:
    """Name and content of each file in a ZIP; a content lies in a passing file until the next is asked for.

    An archive in the archive is one file of it. Raises Broken, Empty, Encrypted, or TooLarge where there is more in it than is safe.
    """
    try:
        with zipfile.ZipFile(path) as archive, TemporaryDirectory() as folder:
            infos = [info for info in archive.infolist() if not info.is_dir() and not _is_litter(name_of(info))]
            _check(infos, password)
            for info in infos:
                name = name_of(info)
                passing = Path(folder) / f"member{PurePosixPath(name).suffix[:8]}"
                _write(archive, info, passing, password)
                yield name, passing
                passing.unlink()
    except RuntimeError as error:  # what zipfile says of a wrong password
        raise Encrypted(str(error)) from error
    except _BROKEN as error:
        raise Broken(str(error)) from error
    except OSError as error:
        if error.errno == errno.EINVAL:  # an offset in it points before its start
            raise Broken(str(error)) from error
        raise


def check_document(path: Path) -> None:
    """Raises TooLarge where a DOCX or XLSX would unpack to more than any real one holds, Broken where it is no ZIP."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(info.file_size for info in archive.infolist()) > _MOST_OF_ONE_DOCUMENT:
                raise TooLarge(path.name)
    except (*_BROKEN, OSError) as error:
        raise Broken(str(error)) from error


def name_of(info: zipfile.ZipInfo) -> str:
    """The last part of a member's name, NFC. Without the mark for UTF-8, Windows and old tools still write UTF-8 more often than not."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        raw = name.encode("cp437", "replace")
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("cp1258", "replace")
    last = PurePosixPath(name.replace("\\", "/")).name if not name.startswith("__MACOSX/") else name
    return "".join(" " if unicodedata.category(c) == "Cc" else c for c in unicodedata.normalize("NFC", last)) or "?"


def _is_litter(name: str) -> bool:
    return name.startswith(_LITTER) or name.startswith("._")


def _check(infos: list[zipfile.ZipInfo], password: str | None) -> None:
    if not infos:
        raise Empty("empty archive")
    if len(infos) > MOST_FILES or sum(info.file_size for info in infos) > MOST_BYTES:
        raise TooLarge(f"{len(infos)} files")
    if password is None and any(info.flag_bits & 1 for info in infos):
        raise Encrypted("archive")


def _write(archive: zipfile.ZipFile, info: zipfile.ZipInfo, to: Path, password: str | None) -> None:
    """Copy one member out, not more bytes than it says it has."""
    left = info.file_size
    with archive.open(info, pwd=password.encode() if password else None) as source, to.open("wb") as target:
        while chunk := source.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise TooLarge(info.filename)
            target.write(chunk)
