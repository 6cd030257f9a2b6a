"""Nhiều máy: files read by workers on other machines, through Dask or Prefect; the register stays with this one writer.

`cluster = "tls://10.0.0.1:8786"` names a scheduler of Dask, `"http://10.0.0.1:4200/api"` a Prefect server (`vanthu.pipeline.pool`). To Dask
the bytes of the files that wait are sent ahead, the answers taken in the register's own order. Dask gives a file of a worker that died
to another, and work to one that joins; where no worker is left, files are read here.
"""

import logging
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from models.document import Document
from vanthu.pipeline.pool import Pool
from vanthu.readers import confined
from vanthu.register import File
from vanthu.settings import Settings

log = logging.getLogger("vanthu")

_AHEAD = 3
"""Files sent ahead for each worker: enough to keep it at work, few enough to leave some for one that joins."""
_PATIENCE = 30
"""Seconds between two looks at whether anybody is left to answer."""


def read(settings: Settings, file: File, waiting: Mapping[str, Path], password: str | None) -> tuple[Document, list[dict[str, Any]]]:
    """The document and its signatures, as `confined.read` gives them, read by whoever is free; `waiting` (by hash) is read ahead."""
    try:
        answer = _asked(settings, file, waiting, password)
    except (OSError, TimeoutError) as error:
        log.warning("%s: %s; reading here", settings.cluster, error)
        forget()
        answer = None
    if answer is None:
        return confined.read(file.path, password=password)
    return confined.unpacked(answer)


def _asked(settings: Settings, file: File, waiting: Mapping[str, Path], password: str | None) -> Any:
    if not settings.cluster.startswith(("http://", "https://")):
        return _spread(settings.cluster).ask(file.sha256, file.path, waiting, password)
    if password is not None:  # Prefect keeps what it is told
        return None
    return _pool(settings.cluster, settings.outputs / "reading").ask(file.sha256, file.path, waiting)


def forget() -> None:
    """Speak to the cluster anew the next time."""
    _spread.cache_clear()
    _pool.cache_clear()


@cache
def _spread(address: str) -> "Spread":
    return Spread(address)


@cache
def _pool(address: str, folder: Path) -> Pool:
    return Pool(address, folder)


class Spread:
    """A scheduler of Dask and what has been asked of it."""

    def __init__(self, address: str) -> None:
        from distributed import Client

        self.client: Any = Client(address, timeout="10s", set_as_default=False)  # type: ignore[no-untyped-call]
        self.asked: dict[str, Any] = {}

    def ask(self, sha256: str, path: Path, waiting: Mapping[str, Path], password: str | None) -> Any:
        """The answer for one file, None where no worker is left to give it."""
        if password is not None:
            self.asked.pop(sha256, None)
        self._send(sha256, path, password)
        room = _AHEAD * max(1, len(self._workers())) - len(self.asked)
        for other in [one for one in waiting if one not in self.asked][: max(0, room)]:
            self._send(other, waiting[other], None)
        future = self.asked.pop(sha256)
        while True:
            try:
                return future.result(timeout=_PATIENCE)
            except TimeoutError:
                if not self._workers():
                    future.cancel()
                    return None
            except Exception as error:  # the file has killed one worker after another, or Dask gives up: the bounds here hold as well
                log.warning("%s: %s", sha256, error)
                return None

    def _send(self, sha256: str, path: Path, password: str | None) -> None:
        if sha256 not in self.asked:
            self.asked[sha256] = self.client.submit(answer, path.suffix, path.read_bytes(), password, pure=False)

    def _workers(self) -> Mapping[str, Any]:
        workers: Mapping[str, Any] = self.client.scheduler_info(n_workers=-1)["workers"]
        return workers


def answer(suffix: str, content: bytes, password: str | None) -> tuple[Any, ...]:
    """What a worker does: read the bytes under the bounds, and say what came of it as plain values."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    with TemporaryDirectory(prefix="vanthu-") as folder:
        path = Path(folder) / f"original{suffix}"
        path.write_bytes(content)
        return confined.answer(path, password)
