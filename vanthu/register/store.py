"""Kho: the originals by content hash, never changed."""

import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

_CHUNK = 1 << 20
_LONGEST_SUFFIX = 8
_ABANDONED_SECONDS = 3600


class Store:
    """Folder `store/<2 hex>/<hash>/original.<ext>`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, path: Path) -> tuple[str, Path]:
        """Copy the bytes of `path` in and put them on disk for good; (hash, kept path). Bytes that are there are left as they are.

        The hash is that of the bytes that were copied: a file that changes meanwhile cannot be kept under a wrong name.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=self.folder, prefix=".in-", delete=False) as copy:
            temporary = Path(copy.name)
            try:
                digest = hashlib.sha256()
                with path.open("rb") as source:
                    while chunk := source.read(_CHUNK):
                        digest.update(chunk)
                        copy.write(chunk)
                copy.flush()
                os.fsync(copy.fileno())
                return digest.hexdigest(), self._place(temporary, digest.hexdigest(), _suffix(path.name))
            finally:
                temporary.unlink(missing_ok=True)

    def _place(self, temporary: Path, sha256: str, suffix: str) -> Path:
        try:
            return self.path(sha256)
        except FileNotFoundError:
            home = self.home(sha256)
            home.mkdir(parents=True, exist_ok=True)
            kept = home / f"original{suffix}"
            temporary.rename(kept)
            for folder in (home, home.parent, self.folder):
                _sync(folder)
            return kept

    def home(self, sha256: str) -> Path:
        """The folder of one original."""
        return self.folder / sha256[:2] / sha256

    def path(self, sha256: str) -> Path:
        """The kept original; FileNotFoundError where it is not in the store."""
        for kept in sorted(self.home(sha256).glob("original*")):
            return kept
        raise FileNotFoundError(self.home(sha256))

    def pictures(self, sha256: str) -> Path:
        """The folder of the page pictures made from an original; they can be made again at any time."""
        return self.folder.parent / "cache" / sha256

    def remove(self, sha256: str) -> None:
        """Take an original and what was made from it out, for a document that moves to the register of secret ones."""
        shutil.rmtree(self.pictures(sha256), ignore_errors=True)
        shutil.rmtree(self.home(sha256), ignore_errors=True)

    def sweep(self) -> None:
        """Clear away copies that a kill cut off; their files are still in the inbox."""
        for copy in self.folder.glob(".in-*"):
            if time.time() - copy.stat().st_mtime > _ABANDONED_SECONDS:
                copy.unlink(missing_ok=True)

    def hashes(self) -> Iterator[str]:
        """Every hash that has an original."""
        for kept in sorted(self.folder.glob("??/*/original*")):
            yield kept.parent.name

    def verify(self) -> list[str]:
        """Hashes whose bytes are no longer what they were."""
        return [sha256 for sha256 in self.hashes() if hash_of(self.path(sha256)) != sha256]


def hash_of(path: Path) -> str:
    """SHA-256 of a file's bytes, hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _suffix(name: str) -> str:
    suffix = Path(name).suffix.lower()
    return suffix if suffix.isascii() and suffix[1:].isalnum() and len(suffix) <= _LONGEST_SUFFIX else ""


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
