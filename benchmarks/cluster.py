"""Files read on several machines: one worker, two, one that is killed in the middle, one that joins late, each held to one core.

`python -m benchmarks.cluster [--files 12]`: a Dask scheduler and workers as processes of their own (`taskset` holds each to a core), an
office with scans in its inbox, one intake each way. Prints seconds, and what was registered: it must be all, in the same order.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.drawn import scan
from vanthu.pipeline import cluster, run
from vanthu.pipeline.place import Place
from vanthu.settings import Settings, load

Processes = list["subprocess.Popen[bytes]"]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def scheduler(port: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
    return _started(command)


def worker(port: int, core: int, folder: Path) -> "subprocess.Popen[bytes]":
    """A machine: one core, one file at a time."""
    held = ["taskset", "-c", str(core % (os.cpu_count() or 1))]
    command = [sys.executable, "-m", "distributed.cli.dask_worker", f"tcp://127.0.0.1:{port}", "--nthreads", "1", "--no-dashboard"]
    return _started([*held, *command, "--local-directory", str(folder)])


def _started(command: Sequence[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def night(folder: Path, files: int, address: str, meanwhile: Sequence[tuple[float, object]] = ()) -> tuple[float, list[str | None]]:
    """(seconds of one intake, codes in the order of the register); `meanwhile`: what is done so many seconds after its start."""
    (folder / "inbox").mkdir(parents=True)
    for number in range(files):
        scan(folder / "inbox" / f"{number:03}.png", 801 + number)
    settings: Settings = replace(load(), inbox=folder / "inbox", outputs=folder / "outputs", quiet=0, cluster=address)
    child = os.fork() if meanwhile else 0
    if child:
        for after, work in meanwhile:
            time.sleep(after)
            work()  # type: ignore[operator]
        os.waitpid(child, 0)
        return 0.0, codes(settings)
    began = time.monotonic()
    run.intake(settings)
    if meanwhile:
        os._exit(0)
    return time.monotonic() - began, codes(settings)


def codes(settings: Settings) -> list[str | None]:
    with closing(Place(settings)) as place:
        return [row["code"] for row in place.register.base.rows("SELECT code FROM documents ORDER BY id")]


def end(processes: Processes) -> None:
    for process in reversed(processes):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def disturbed(title: str, folder: Path, files: int, after: float, expected: list[str | None], *, joins: bool) -> str:
    """A night in which a second worker joins, or one of two is killed, so many seconds after its start."""
    port = free_port()
    processes = [scheduler(port), worker(port, 0, folder / f"{title} 0")]
    second: Processes = [] if joins else [worker(port, 1, folder / f"{title} 1")]

    def meanwhile() -> None:
        if joins:
            second.append(worker(port, 1, folder / f"{title} 1"))
        else:
            end(second)

    try:
        time.sleep(8)
        began = time.monotonic()
        _, found = night(folder / title, files, f"tcp://127.0.0.1:{port}", [(after, meanwhile)])
        return f"{title:<32} {time.monotonic() - began:7.1f} s  {'the same' if found == expected else found}"
    finally:
        end([*processes, *second])


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=12)
    given = parser.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        alone, expected = night(folder / "alone", given.files, "")
        print(f"{'here, without workers':<32} {alone:7.1f} s  {len(expected)} registered")
        for title, cores in (("one worker", [0]), ("two workers", [0, 1])):
            port = free_port()
            processes = [scheduler(port)] + [worker(port, core, folder / f"w{core}") for core in cores]
            try:
                time.sleep(8)
                seconds, found = night(folder / title, given.files, f"tcp://127.0.0.1:{port}")
                print(f"{title:<32} {seconds:7.1f} s  {'the same' if found == expected else found}")
            finally:
                end(processes)
                cluster._spread.cache_clear()
        print(disturbed("one of two killed", folder, given.files, alone / 4, expected, joins=False))
        print(disturbed("a second one joins late", folder, given.files, alone / 4, expected, joins=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())
