"""Trọn vẹn: has a file been written to its end? By its form, and by asking the kernel who still writes."""

import fcntl
import os
import signal
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

HEAD, TAIL = 1024, 4096


def opens(path: Path) -> bool:
    """True where the file has the end that its kind must have; False for an unknown kind or an empty file."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(HEAD)
            file.seek(max(0, size - TAIL))
            tail = file.read().rstrip(b"\0\r\n\t ")
    except OSError:
        return False
    for start, end in _ENDS:
        if head.startswith(start) or (start == b"%PDF" and start in head):
            return end in tail
    for start, check in _FORMS:
        if head.startswith(start):
            return check(path, size)
    return head[4:8] == b"ftyp" and _boxes_fill(path, size)


def written_by_somebody(path: Path) -> bool | None:
    """True where a process of this machine has the file open for writing, None where the kernel cannot tell (a share, another's file)."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        # A writer who comes while we hold the lease has a signal sent to us, and SIGIO would end the program; SIGURG is ignored.
        fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except OSError:
        return None
    finally:
        os.close(handle)
    return False


def _tiff(path: Path, size: int) -> bool:
    from PIL import Image, TiffImagePlugin

    try:
        with warnings.catch_warnings(action="error"), Image.open(path) as image:
            if not isinstance(image, TiffImagePlugin.TiffImageFile):
                return False
            for number in range(image.n_frames):
                image.seek(number)
                if not _strips_inside(image.tag_v2, size):
                    return False
    except Exception:  # a damaged one makes Pillow raise whatever it comes upon, and one file must not stop the look at the others
        return False
    return True


def _strips_inside(tags: Any, size: int) -> bool:
    """True where all strips or tiles that a TIFF page names lie inside the file."""
    offsets, counts = tags.get(273, ()) or tags.get(324, ()), tags.get(279, ()) or tags.get(325, ())
    return 0 < len(offsets) == len(counts) and all(offset + count <= size for offset, count in zip(offsets, counts, strict=True))


def _boxes_fill(path: Path, size: int) -> bool:
    """True where the top boxes of an ISO media file (HEIC) end with the file."""
    at = 0
    with path.open("rb") as file:
        while at + 8 <= size:
            file.seek(at)
            header = file.read(16)
            length = int.from_bytes(header[:4], "big")
            length = int.from_bytes(header[8:16], "big") if length == 1 else length
            if length < 8:
                return length == 0  # a box of length 0 runs to the end
            at += length
    return at == size


def _riff(path: Path, size: int) -> bool:
    with path.open("rb") as file:
        return int.from_bytes(file.read(8)[4:8], "little") + 8 <= size


_ENDS = ((b"%PDF", b"%%EOF"), (b"\xff\xd8", b"\xff\xd9"), (b"\x89PNG", b"IEND"), (b"<?xml", b"edXML>"))
"""Kinds that end with a mark."""

_FORMS: tuple[tuple[bytes, Callable[[Path, int], bool]], ...] = (
    (b"II*\0", _tiff),
    (b"MM\0*", _tiff),
    (b"II+\0", _tiff),
    (b"MM\0+", _tiff),
    (b"PK\x03\x04", lambda path, _: zipfile.is_zipfile(path)),
    (b"RIFF", _riff),
)
"""Kinds that say in themselves how long they are."""
