"""Đọc ngay tại bàn: files dropped on the desk are kept at once, then read one after the other beside the pages; how far each has come."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.requests import Request

from vanthu.errors import VanthuError
from vanthu.pipeline import again, steps
from vanthu.pipeline.job import Job
from vanthu.pipeline.lock import only_one
from vanthu.pipeline.place import Place
from vanthu.pipeline.run import Steps, carry_pending
from vanthu.settings import Settings

log = logging.getLogger("vanthu")


@dataclass
class Reading:
    """One reader for one desk: pages done and in all by the file's hash, while it is read; by entry while one is read again.

    `failed`: why an entry could not be read again.

    A kill loses nothing: the next intake goes on.
    """

    settings: Settings
    secret: bool = False
    pages: dict[str, tuple[int, int]] = field(default_factory=dict)
    again: dict[int, tuple[int, int]] = field(default_factory=dict)
    failed: dict[int, str] = field(default_factory=dict)
    _one: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "reading"))

    def keep(self, path: Path, name: str, *, outgoing: bool) -> int:
        """Keep the bytes for good and commit their row; the file's id. Only then is the sender told."""
        with closing(Place(self.settings)) as place:
            sha256, _ = place.register.store.keep(path)
            direction: Any = "out" if outgoing else "in"
            return place.register.claim(sha256, name=name, note="", size=path.stat().st_size, direction=direction).id

    def start(self) -> None:
        """Read what has been kept and not read yet."""
        self._one.submit(self._guarded, self._carry)

    def retry(self, file_id: int, password: str | None) -> None:
        """Read a rejected file once more; the password is kept nowhere."""
        self._one.submit(self._guarded, lambda: self._retry(file_id, password))

    def reread(self, entry_id: int) -> None:
        """Read an entry again; one that waits for it already is read once."""
        if entry_id not in self.again:
            self.again[entry_id] = (0, 0)
            self.failed.pop(entry_id, None)
            self._one.submit(self._guarded, lambda: self._reread(entry_id))

    def close(self) -> None:
        """Take on nothing more."""
        self._one.shutdown(wait=False, cancel_futures=True)

    def _carry(self) -> None:
        with only_one(self.settings.outputs, wait=True), closing(Place(self.settings)) as place:
            run = place.register.start_run()
            outcomes = [one for outcome in carry_pending(place, self._steps()).values() for one in outcome.each]
            counts = {kind: sum(one.kind == kind and not one.secret for one in outcomes) for kind in ("registered", "rejected")}
            place.register.end_run(run, **counts)

    def _retry(self, file_id: int, password: str | None) -> None:
        with closing(Place(self.settings)) as place:
            again.retry(place, file_id, password, self._steps())

    def _reread(self, entry_id: int) -> None:
        def progress(done: int, every: int) -> None:
            self.again[entry_id] = (done, every)

        try:
            with closing(Place(self.settings, self.secret)) as place:
                again.reread(place, entry_id, progress)
        except VanthuError as error:
            self.failed[entry_id] = str(error)
        except Exception as error:
            self.failed[entry_id] = type(error).__name__
            raise
        finally:
            self.again.pop(entry_id, None)

    def _guarded(self, act: Callable[[], None]) -> None:
        try:
            act()
        except VanthuError as error:
            log.warning("%s", error)
        except Exception:
            log.exception("reading at the desk")

    def _steps(self) -> Steps:
        return Steps(read=self._read)

    def _read(self, job: Job) -> None:
        def progress(done: int, every: int) -> None:
            self.pages[job.sha256] = (done, every)

        try:
            steps.read(job, progress)
        finally:
            self.pages.pop(job.sha256, None)


def reading_of(request: Request) -> Reading:
    """The reader of this desk."""
    found: Reading = request.app.state.reading
    return found
