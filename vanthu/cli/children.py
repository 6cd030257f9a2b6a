"""The programs that `vanthu up` keeps running: started, started again where they die, stopped in order."""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from vanthu.cli.app import warn
from vanthu.messages import say

_PATIENCE = 20
"""Seconds that a program has to end before it is killed; what it was doing goes on at the next start."""

_LARGE = 5_000_000
"""Bytes of a log after which a start begins a new one; the one before is kept."""

_BACK_OFF = 5
"""Seconds after which a program that died is started again, doubled each time up to a minute."""


@dataclass
class Child:
    """One program and how to start it."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] | None
    folder: Path | None
    log: Path | None
    process: "subprocess.Popen[bytes]"
    deaths: int = 0
    again_at: float = field(default=0.0)


class Children:
    """Programs that live as long as the `with` block; what quiet ones complain of is in `logs`/NAME.log."""

    def __init__(self, stop: threading.Event, logs: Path) -> None:
        self._stop = stop
        self._logs = logs
        self._children: list[Child] = []

    def __enter__(self) -> "Children":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for child in reversed(self._children):
            _end(child.process)

    def start(
        self,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
        quiet: bool = False,
    ) -> None:
        """Start a program and keep it running; its words go where ours go, the complaints of a `quiet` one into its log."""
        log = self._logs / f"{name}.log" if quiet else None
        self._children.append(Child(name, command, environment, folder, log, _popen(command, environment, folder, log)))

    @property
    def names(self) -> set[str]:
        """Of the programs that were started."""
        return {child.name for child in self._children}

    def mend(self) -> None:
        """Start again what has died."""
        for child in self._children:
            if self._stop.is_set() or child.process.poll() is None:
                continue
            if not child.again_at:
                child.deaths += 1
                child.again_at = time.monotonic() + min(60, _BACK_OFF * 2 ** (child.deaths - 1))
                warn(say("up.died", name=child.name, code=child.process.returncode, log=child.log or "–"))
            elif time.monotonic() >= child.again_at:
                child.process, child.again_at = _popen(child.command, child.environment, child.folder, child.log), 0.0


def _popen(
    command: Sequence[str], environment: Mapping[str, str] | None, folder: Path | None, log: Path | None
) -> "subprocess.Popen[bytes]":
    with contextlib.ExitStack() as opened:
        complaints = opened.enter_context(_opened(log)) if log else None
        out = subprocess.DEVNULL if log else None
        # A session of its own: Ctrl-C reaches only us, and we end the programs in order.
        return subprocess.Popen(
            command, env=environment, cwd=folder, start_new_session=True, stdin=subprocess.DEVNULL, stdout=out, stderr=complaints
        )


def _opened(log: Path) -> BinaryIO:
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > _LARGE:
        log.replace(log.with_suffix(".old.log"))
    return log.open("ab")


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Ask the program to end, then its whole group."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_PATIENCE)
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()
