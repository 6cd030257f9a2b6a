"""One intake at a time for each outputs folder, whoever starts it."""

import fcntl
import os
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vanthu.errors import Busy

_in_this_process: defaultdict[Path, threading.Lock] = defaultdict(threading.Lock)


@contextmanager
def only_one(folder: Path, *, wait: bool, name: str = "intake.lock") -> Iterator[None]:
    """Hold the folder's lock; where another holds it, wait for it, or raise Busy.

    A record lock, not flock: processes forked while it is held must not keep it after this one is killed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    ours = _in_this_process[(folder / name).absolute()]
    if not ours.acquire(blocking=wait):
        raise Busy("intake.busy")
    try:
        handle = os.open(folder / name, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _take(handle, wait=wait)
            yield
        finally:
            os.close(handle)
    finally:
        ours.release()


def _take(handle: int, *, wait: bool) -> None:
    while True:
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except OSError:
            if not wait:
                raise Busy("intake.busy") from None
            time.sleep(0.2)
