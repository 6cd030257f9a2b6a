"""Song song: pages read side by side, as many as there are cores; a page that fails does not fail the others."""

import logging
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from models.document import Page
from vanthu.readers.numbering import Read

Job = Callable[[], Read]
_log = logging.getLogger(__name__)


def run(jobs: Iterator[Job], wanted: Sequence[int], progress: Callable[[int, int], None] | None = None) -> list[Read]:
    """The pages in order, one for each index of `wanted`.

    Threads suffice: Tesseract and Poppler are processes, OpenCV lets other threads run.
    """
    cores = os.cpu_count() or 1
    done: list[Read] = []
    # The queue is short, so that no more pictures are held than are being read.
    waiting: deque[Future[Read]] = deque()

    def collect() -> None:
        done.append(_page(waiting.popleft(), wanted[len(done)] + 1))
        if progress:
            progress(len(done), len(wanted))

    with ThreadPoolExecutor(cores) as pool:
        for job in jobs:
            waiting.append(pool.submit(job))
            if len(waiting) > 2 * cores:
                collect()
        while waiting:
            collect()
    return done


def _page(future: "Future[Read]", number: int) -> Read:
    try:
        return future.result()
    except Exception as error:  # a bad page must not lose the good ones
        _log.warning("page %d: %s: %s", number, type(error).__name__, error)
        return Read(Page(number, 1, 1, 72, "failed", notes=(f"page_failed:{type(error).__name__}",)))
