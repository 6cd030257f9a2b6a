"""Programs that stand for machines: started in a group of their own, ended with all that they have started."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from benchmarks.processes import tree

Processes = list["subprocess.Popen[bytes]"]


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def started(command: Sequence[str], environment: Mapping[str, str] | None = None) -> "subprocess.Popen[bytes]":
    """A quiet program."""
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, env=environment, process_group=0)


def end(processes: Processes) -> None:
    """Kill them and all that they have started, the last started first: a machine that goes takes everything with it."""
    for process in reversed(processes):
        for pid in [*tree(process.pid)] if process.poll() is None else ():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()


class DaskHosts:
    """A scheduler of Dask, and workers."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        command = ["--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard"]
        self.processes: Processes = [started([sys.executable, "-m", "distributed.cli.dask_scheduler", *command])]

    @property
    def api(self) -> str:
        """What `cluster` is set to."""
        return f"tcp://127.0.0.1:{self.port}"

    def worker(self, core: int) -> "subprocess.Popen[bytes]":
        """A machine: one core, one file at a time."""
        held = ["taskset", "-c", str(core % (os.cpu_count() or 1))]
        command = [sys.executable, "-m", "distributed.cli.dask_worker", self.api, "--nthreads", "1", "--no-dashboard"]
        process = started([*held, *command, "--local-directory", str(self.folder / f"w{len(self.processes)}")])
        self.processes.append(process)
        return process

    def close(self) -> None:
        """End all."""
        end(self.processes)
