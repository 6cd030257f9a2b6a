"""What is done to the office in a round; each returns how many processes it killed."""

import os
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from benchmarks.torture_office import Office
from vanthu.errors import VanthuError
from vanthu.pipeline import again, backups, night, run
from vanthu.pipeline.place import Place

USUAL = 0.6
"""Seconds within which a kill by the clock falls."""


def start(work: Callable[[], Any]) -> int:
    """The work in a process forked from this one, which has everything loaded."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            with suppress(VanthuError, OSError, sqlite3.Error):
                work()
            code = 0
        finally:
            os._exit(code)
    return child


def end(child: int, after: float | None = None) -> int:
    """Kill it after so many seconds (None: let it end); 1 where it was killed."""
    if after is not None:
        time.sleep(after)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    return int(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL)


def by_the_clock(office: Office) -> int:
    """An intake killed at any moment."""
    office.drop(office.chance.randrange(1, 4))
    return end(start(lambda: run.intake(office.settings)), office.chance.random() * USUAL)


_STEPS: tuple[tuple[Any, str], ...] = ((os, "fsync"), (os, "unlink"), (Path, "unlink"), (Path, "rename"), (Path, "replace"))


def at_a_step(office: Office) -> int:
    """An intake that kills itself right before or after a random call that changes a file, or at a random statement of the register."""
    office.drop(office.chance.randrange(1, 3))
    left, before = office.chance.randrange(1, 8), office.chance.random() < 0.5
    step = office.chance.choice([*_STEPS, None])

    def work() -> None:
        if step is None:
            _die_at_statement(office.chance.randrange(1, 160))
        else:
            _die_at_call(step, left, before)
        run.intake(office.settings)

    return end(start(work))


def _die_at_call(step: tuple[Any, str], left: int, before: bool) -> None:
    where, name = step
    real, count = getattr(where, name), [left]

    def call(*words: Any, **more: Any) -> Any:
        count[0] -= 1
        if count[0] == 0 and before:
            os.kill(os.getpid(), signal.SIGKILL)
        done = real(*words, **more)
        if count[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    setattr(where, name, call)


def _die_at_statement(left: int) -> None:
    count, real = [left], sqlite3.connect

    def tick(_: str) -> None:
        count[0] -= 1
        if count[0] <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def connect(*words: Any, **more: Any) -> sqlite3.Connection:
        conn = real(*words, **more)
        conn.set_trace_callback(tick)
        return conn

    sqlite3.connect = connect  # type: ignore[assignment]


def two_at_once(office: Office) -> int:
    """Two intakes on one inbox, one of them killed."""
    office.drop(4)
    first, second = (start(lambda: run.intake(office.settings)) for _ in range(2))
    return end(first, office.chance.random() * USUAL) + end(second)


def a_person(office: Office) -> int:
    """A correction, half of them killed; what was told as done must be there, what was not may be."""
    with closing(Place(office.settings)) as place:
        lines = [line for line in place.register.entries(limit=200, state="registered") if line["code"]]
    if not lines:
        return by_the_clock(office)
    line = office.chance.choice(lines)
    value = f"VT, {office.chance.randrange(10**6)}"
    told = office.folder / "told"
    told.unlink(missing_ok=True)

    def work() -> None:
        with closing(Place(office.settings)) as place:
            again.correct(place, line["id"], "archive", value, "An")
        told.write_text(value)

    killed = end(start(work), office.chance.random() * USUAL if office.chance.random() < 0.7 else None)
    if told.exists():
        office.corrected[line["code"]] = value
    else:  # cut off: either value is right, and is what must be there from now on
        with closing(Place(office.settings)) as place:
            office.corrected[line["code"]] = place.register.show(line["id"])["record"]["archive"]
    return killed


def a_backup(office: Office) -> int:
    """A backup, or the log's copy, killed while it is made."""
    office.drop(1)
    work = office.chance.choice([lambda: backups.make(office.settings), lambda: night.audit(office.settings)])
    return end(start(work), office.chance.random() * USUAL / 2)


def inbox_gone(office: Office) -> int:
    """The inbox vanishes, or cannot be written, while an intake runs, and comes back."""
    office.drop(3)
    child = start(lambda: run.intake(office.settings))
    time.sleep(office.chance.random() * USUAL / 2)
    away = office.folder / "away"
    office.inbox.rename(away)
    killed = end(child, office.chance.random() * USUAL if office.chance.random() < 0.5 else None)
    for path in office.inbox.iterdir() if office.inbox.exists() else ():
        path.rename(away / path.name)
    if office.inbox.exists():
        office.inbox.rmdir()
    away.rename(office.inbox)
    return killed
