"""Sao lưu: all of an office in a folder of its own, made while it works; `SHA256SUMS` in it can be checked by any tool.

The databases are copied by SQLite's own backup, so each is a moment of the register. Originals never change and are there before
their row is: they are linked where the file system lets us (from the backup before, else from the store), else copied and compared
with their hash.
"""

import errno
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from vanthu.errors import VanthuError
from vanthu.exports.files import to_json, write_whole
from vanthu.people.base import FILE
from vanthu.pipeline.lock import only_one
from vanthu.register.store import hash_of
from vanthu.register.version import SCHEMA_VERSION
from vanthu.settings import VIETNAM, Settings

Progress = Callable[[int, int], None]

SUMS, ABOUT = "SHA256SUMS", "backup.json"
_PARTIAL = ".partial-"
_LEFT_OUT = {
    "store",
    "cache",
    "prefect",
    "records",
    "backups",
    "reading",
    "mat",
    "register.db",
    "register.db-wal",
    "register.db-shm",
    "people.db",
    "people.db-wal",
    "people.db-shm",
    "status.json",
}
"""What is copied by other means, can be made again, or speaks of this machine's moment."""
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Made:
    """A backup: where it is, how many files it has, how many of them had to be copied, bytes in all."""

    folder: Path
    files: int
    copied: int
    bytes: int


class Gone(Exception):
    """An original left the store (for the secret register, or destroyed) after the database was copied."""


def make(settings: Settings, folder: Path | None = None, progress: Progress | None = None) -> Made:
    """A backup named by its moment under `folder` (else the office's); older ones than are kept are removed."""
    home = folder or settings.backups
    with only_one(home, wait=True, name=".lock"):
        home.chmod(0o700)
        for left in home.glob(f"{_PARTIAL}*"):
            shutil.rmtree(left)
        before = os.umask(0o077)
        try:
            made = _make(settings, home, progress or (lambda _done, _all: None))
        finally:
            os.umask(before)
        thin_out(home, settings.keeping.backups_kept, settings.keeping.backup_days)
    return made


def known(home: Path) -> list[Path]:
    """Whole backups, oldest first."""
    return sorted(path.parent for path in home.glob(f"????-??-??T*/{ABOUT}"))


def thin_out(home: Path, keep: int, days: int) -> None:
    """Remove what is beyond the newest `keep`, and what is older than so many days (0: no limit); the newest always stays."""
    there = known(home)
    oldest = f"{datetime.now(VIETNAM) - timedelta(days=days):%Y-%m-%dT%H%M%S}" if days else ""
    for old in [path for path in there[:-1] if path in there[:-keep] or path.name < oldest]:
        (old / ABOUT).unlink()  # a kill in between leaves no backup that looks whole
        shutil.rmtree(old)


def _make(settings: Settings, home: Path, progress: Progress) -> Made:
    now = datetime.now(VIETNAM)
    name = f"{now:%Y-%m-%dT%H%M%S}.{now.microsecond // 1000:03}"
    last = next(reversed(known(home)), None)
    for attempt in range(_TRIES):
        partial = home / f"{_PARTIAL}{name}"
        try:
            made = _fill(settings, partial, last, progress)
            break
        except Gone:
            shutil.rmtree(partial)
            if attempt == _TRIES - 1:
                raise VanthuError("backup.restless") from None
    write_whole(partial / ABOUT, to_json({"made_at": now.isoformat(), "schema": SCHEMA_VERSION, "files": made.files, "bytes": made.bytes}))
    target = partial.rename(home / name)
    return Made(target, made.files, made.copied, made.bytes)


def _fill(settings: Settings, partial: Path, last: Path | None, progress: Progress) -> Made:
    sums: list[str] = []
    copied = size = 0
    for part in ("", "mat"):
        source = settings.outputs / part
        if not (source / "register.db").is_file():
            continue
        target = partial / part
        target.mkdir(parents=True, exist_ok=True)
        database = _database(source / "register.db", target / "register.db")
        people = [_people(source, target)] if (source / FILE).is_file() else []
        for path in [database, *people, *_small(source, target)]:
            sums.append(f"{hash_of(path)}  {path.relative_to(partial)}")
            size, copied = size + path.stat().st_size, copied + 1
        hashes = _originals(database)
        for done, sha256 in enumerate(hashes, 1):
            kept = _original(source, sha256)
            place = target / "store" / sha256[:2] / sha256 / kept.name
            copied += _link(kept, place, last / part if last else None, sha256)
            sums.append(f"{sha256}  {place.relative_to(partial)}")
            size += place.stat().st_size
            progress(done, len(hashes))
    write_whole(partial / SUMS, "".join(f"{line}\n" for line in sums))
    return Made(partial, len(sums), copied, size)


def _people(source: Path, target: Path) -> Path:
    """Accounts: a moment of them, readable by the owner alone as it is here."""
    os.close(os.open(target / FILE, os.O_CREAT | os.O_WRONLY, 0o600))
    return _database(source / FILE, target / FILE)


def _database(source: Path, target: Path) -> Path:
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as live, closing(sqlite3.connect(target)) as copy:
        live.execute("PRAGMA busy_timeout=30000")
        live.backup(copy, pages=4096, sleep=0.01)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, whole on its own
    return target


def _small(source: Path, target: Path) -> Iterator[Path]:
    """What else lies under the outputs and cannot be made again: the log's copies, summaries, exports."""
    for path in sorted(source.rglob("*")):
        inner = path.relative_to(source)
        if inner.parts[0] in _LEFT_OUT or path.name.startswith(".") or path.suffix == ".lock" or path.is_symlink() or not path.is_file():
            continue
        (target / inner).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target / inner)
        yield target / inner


def _originals(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as copy:
        return [row[0] for row in copy.execute("SELECT sha256 FROM files WHERE state<>'leaving' ORDER BY sha256")]


def _original(source: Path, sha256: str) -> Path:
    for kept in sorted((source / "store" / sha256[:2] / sha256).glob("original*")):
        return kept
    with closing(sqlite3.connect(f"file:{source / 'register.db'}?mode=ro", uri=True)) as live:
        if live.execute("SELECT 1 FROM files WHERE sha256=? AND state<>'leaving'", (sha256,)).fetchone():
            raise VanthuError("backup.missing", sha256=sha256)
    raise Gone


def _link(kept: Path, place: Path, last: Path | None, sha256: str) -> bool:
    """Put an original in its place; True where it had to be copied."""
    place.parent.mkdir(parents=True, exist_ok=True)
    before = last / "store" / sha256[:2] / sha256 / kept.name if last else None
    for source in (before, kept):
        try:
            if source is not None:
                os.link(source, place)
                return False
        except OSError as error:
            if error.errno not in (errno.EXDEV, errno.ENOENT, errno.EMLINK, errno.EPERM, errno.EOPNOTSUPP):
                raise
    try:
        shutil.copyfile(kept, place)
    except FileNotFoundError:
        raise Gone from None
    with place.open("rb") as file:
        os.fsync(file.fileno())
    if hash_of(place) != sha256:
        raise VanthuError("backup.changed", sha256=sha256)
    return True
