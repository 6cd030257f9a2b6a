"""Hộp thư đến: which files of the inbox are whole and may be taken, and where each came from."""

import os
import re
import stat
import time
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from vanthu import whole

PASSING = (".part", ".tmp", ".temp", ".crdownload", ".partial", ".filepart", ".download")
"""Ends of the names that programs give a file while they write it."""

_IGNORED = re.compile(
    rf"^[.~].*|.*~|.*({'|'.join(re.escape(end) for end in PASSING)})|thumbs\.db|desktop\.ini"
    r"|@eadir|@tmp|#recycle|#snapshot|@recycle|\$recycle\.bin|system volume information|lost\+found",
    re.IGNORECASE | re.DOTALL,
)

OUTGOING = "di"
"""Sub-folder for our own documents (văn bản đi)."""

CLOSED_PATIENCE, UNKNOWN_PATIENCE = 3, 30
"""How many times the quiet time a file that does not open is waited for: where the kernel says that nobody writes, and where it
cannot say. Scanners close and reopen a file for each page, with gaps of up to 4 s."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What changes when a file is written, renamed or replaced."""

    inode: int
    size: int
    modified: int
    changed: int

    @staticmethod
    def of(path: Path) -> "Stamp":
        """The file as it is now; OSError where it is gone."""
        now = path.lstat()
        return Stamp(now.st_ino, now.st_size, now.st_mtime_ns, now.st_ctime_ns)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file of the inbox: `name` as a person reads it (NFC), `note` its sub-folder, `outgoing` for our own documents."""

    path: Path
    name: str
    note: str
    outgoing: bool
    stamp: Stamp

    def unchanged(self) -> bool:
        """True while it is the very file that was looked at."""
        try:
            return Stamp.of(self.path) == self.stamp
        except OSError:
            return False


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the inbox; `ready_in`: seconds after which all waiting files that nobody writes any more are whole (0: there are none).

    `seen`: the stamp of every file, and since when (monotonic) it is known.
    """

    whole: tuple[Arrival, ...]
    waiting: tuple[Arrival, ...]
    ready_in: float
    seen: Mapping[Path, tuple[Stamp, float]]


def look(inbox: Path, quiet: float, before: Mapping[Path, tuple[Stamp, float]] | None = None) -> Look:
    """Sort the files of `inbox` into whole and waiting, in order of arrival.

    A file is whole when it is unchanged for `quiet` seconds, nobody has it open for writing, and it opens; one that does not open is
    taken too after some patience, so that it is rejected with a reason. `before` are the stamps of an earlier look: they count where
    the clock of a share runs ahead of ours.
    """
    now, there = time.monotonic(), sorted(arrivals(inbox), key=lambda arrival: (arrival.stamp.modified, arrival.path))
    seen, waits = {}, {}
    for arrival in there:
        earlier = (before or {}).get(arrival.path)
        seen[arrival.path] = earlier if earlier and earlier[0] == arrival.stamp else (arrival.stamp, now)
        waits[arrival] = _wait(arrival, quiet, now - seen[arrival.path][1])
    return Look(
        whole=tuple(arrival for arrival, wait in waits.items() if wait <= 0),
        waiting=tuple(arrival for arrival, wait in waits.items() if wait > 0),
        ready_in=max((wait for wait in waits.values() if wait <= CLOSED_PATIENCE * quiet), default=0.0),
        seen=seen,
    )


def display_name(name: str) -> str:
    """A file name as it is shown and stored: NFC, bytes that are no UTF-8 as �, control characters as blanks."""
    text = unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "replace"))
    return "".join(" " if unicodedata.category(c) == "Cc" else c for c in text)


def _wait(arrival: Arrival, quiet: float, watched: float) -> float:
    """Seconds until the file may be taken, 0 where it may be now, infinite where that is for others to end."""
    path = arrival.path
    writer = whole.written_by_somebody(path)
    if writer or _has_passing_twin(path) or not os.access(path, os.R_OK) or not os.access(path.parent, os.W_OK | os.X_OK):
        return float("inf")
    age = time.time() - max(arrival.stamp.modified, arrival.stamp.changed) / 1e9
    patience = 1 if whole.opens(path) else UNKNOWN_PATIENCE if writer is None else CLOSED_PATIENCE
    return max(0.0, quiet * patience - max(age, watched))


def _has_passing_twin(path: Path) -> bool:
    """Browsers keep the name with an empty file while they write `name.part` beside it."""
    return any(os.path.lexists(os.fspath(path) + end) for end in PASSING)


def arrivals(inbox: Path) -> Iterator[Arrival]:
    """Every file that is no passing or hidden one, whole or not."""
    for folder, folders, files in os.walk(inbox, followlinks=False):
        folders[:] = sorted(name for name in folders if not _IGNORED.fullmatch(name))
        for name in files:
            path = Path(folder) / name
            if _IGNORED.fullmatch(name):
                continue
            try:
                if stat.S_ISREG(path.lstat().st_mode):
                    yield _arrival(inbox, path)
            except OSError:
                continue  # gone since the folder was listed


def _arrival(inbox: Path, path: Path) -> Arrival:
    folders = path.parent.relative_to(inbox).parts
    outgoing = folders[:1] == (OUTGOING,)
    note = "/".join(display_name(part) for part in (folders[1:] if outgoing else folders))
    return Arrival(path, display_name(path.name), note, outgoing, Stamp.of(path))
