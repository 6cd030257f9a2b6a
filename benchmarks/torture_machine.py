"""What the machine does to the office in a round: a full disk, a read-only inbox, a register that is held, a clock that jumps."""

import errno
import os
import sqlite3
import subprocess
import time
from contextlib import closing
from typing import Any

from benchmarks.torture_office import Office, mounted
from benchmarks.torture_rounds import USUAL, by_the_clock, end, start
from vanthu.pipeline import run


def full_disk(office: Office) -> int:
    """An intake on a disk that has no more room after some bytes; nothing is rejected for it."""
    office.drop(2)
    room = office.chance.randrange(1, 300_000 if office.small_disk else 60_000)
    after = 5 * USUAL if office.chance.random() < 0.2 else None
    if not office.small_disk:
        return end(start(lambda: (_writes_end_after(room), run.intake(office.settings))), after)
    ballast = office.settings.outputs / ".ballast"
    with ballast.open("wb") as file:
        disk = os.statvfs(ballast)
        os.posix_fallocate(file.fileno(), 0, max(1, disk.f_bavail * disk.f_frsize - room))
    try:
        return end(start(lambda: run.intake(office.settings)), after)
    finally:
        ballast.unlink()


def _writes_end_after(room: int) -> None:
    """ENOSPC from the first fsync after so many bytes kept: what a full disk says, wherever it is met first."""
    real, left = os.fsync, [room]

    def fsync(handle: Any) -> None:
        number = handle if isinstance(handle, int) else handle.fileno()
        left[0] -= os.fstat(number).st_size
        if left[0] < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(number)

    os.fsync = fsync


def read_only_inbox(office: Office) -> int:
    """The inbox can be read and not written (mounted so: modes are nothing to root): what is kept already may not come twice later."""
    office.drop(3)
    if not mounted(office.inbox, office.inbox, "--bind"):
        return by_the_clock(office)
    subprocess.run(["mount", "-o", "remount,bind,ro", office.inbox], check=True)
    try:
        return end(start(lambda: run.intake(office.settings)), office.chance.random() * USUAL if office.chance.random() < 0.5 else None)
    finally:
        subprocess.run(["umount", "--lazy", office.inbox], check=True)


def locked(office: Office) -> int:
    """Another program holds the register: a reader in the middle of a long question, then a writer."""
    office.drop(1)
    database = office.settings.outputs / "register.db"
    if not database.exists():
        return by_the_clock(office)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute(office.chance.choice(("BEGIN", "BEGIN IMMEDIATE")))
        other.execute("SELECT count(*) FROM texts").fetchall()
        return end(start(lambda: run.intake(office.settings)), office.chance.random() * USUAL)


def jumping_clock(office: Office) -> int:
    """The clock is a day ahead, then a year behind."""
    office.drop(2)
    jump = office.chance.choice((86_400, -31_536_000, 3_600, -5))

    def work() -> None:
        real = time.time
        time.time = lambda: real() + jump
        run.intake(office.settings)

    return end(start(work), office.chance.random() * USUAL)
