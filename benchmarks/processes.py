"""A command run and watched: seconds, processor time, and memory of it and of all that it starts, together."""

import subprocess
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from benchmarks import engines

_EVERY = 0.1


@dataclass(frozen=True, slots=True)
class Used:
    """`megabytes`: the most that all processes held at one time, memory that several share (PSS) counted once."""

    seconds: float
    cpu: float
    megabytes: float
    code: int
    said: str


def run(command: Sequence[str | Path]) -> Used:
    """Run a command to its end."""
    began, before = monotonic(), engines.cpu()
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    most, over = [0.0], threading.Event()

    def watch() -> None:
        while not over.wait(_EVERY):
            most[0] = max(most[0], sum(map(held, tree(process.pid))))

    watcher = threading.Thread(target=watch)
    watcher.start()
    said, _ = process.communicate()
    over.set()
    watcher.join()
    return Used(monotonic() - began, engines.cpu() - before, most[0] / 1024, process.returncode, said.strip())


def tree(root: int) -> Iterator[int]:
    """A process and all that descend from it."""
    yield root
    for tasks in Path(f"/proc/{root}/task").glob("*/children"):
        try:
            children = tasks.read_text().split()
        except OSError:  # it has ended
            continue
        for child in children:
            yield from tree(int(child))


def held(pid: int) -> int:
    """Kilobytes that a process holds, its share of what it has in common with others."""
    try:
        rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(row.split()[1]) for row in rows if row.startswith("Pss:")), 0)
