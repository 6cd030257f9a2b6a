"""Trọn vẹn: has a file been written to its end? By its form, and by asking the kernel who still writes."""

import fcntl
import os
import signal
import zipfile
from collections.abc import Callable
from pathlib import Path

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
    if b"%PDF" in head:
        return b"%%EOF" in tail
    for start, check in _ENDS = ((b"%PDF", b"%%EOF"), (b"\xff\xd8", b"\xff\xd9"), (b"\x89PNG", b"IEND"))
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
