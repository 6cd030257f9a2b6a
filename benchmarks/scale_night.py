"""What the night and the running programs cost on a register of a given size: seconds of each part, memory of each process."""

import os
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from benchmarks import processes
from benchmarks.hosts import end, free_port, started
from benchmarks.kills import letter
from vanthu.pipeline import health, night, run
from vanthu.settings import Settings, load

_NEW = 20
"""Letters of the night that is measured."""
_PAGES = ("/", "/?q=d%C3%A2n+ch%E1%BB%A7", "/viec", "/tong-quan", "/metrics")


def settings_of(folder: Path, today: date) -> Settings:
    """The office whose register lies in `folder`, on its last day."""
    return replace(load(), inbox=folder.parent / f"inbox of {folder.name}", outputs=folder, quiet=0, fixed_today=today, cluster="")


def night_of(settings: Settings, *, backup: bool) -> Iterator[str]:
    """A line for each part of a night on which so many letters come in; the copy of the log is brought up to date before."""
    night.audit(settings)
    settings.inbox.mkdir(exist_ok=True)
    mark = time.time_ns() % 10**9
    for number in range(_NEW):
        letter(settings.inbox / f"{number}.docx", mark + number)
    parts: dict[str, Callable[[], object]] = {
        f"night: intake of {_NEW} letters": lambda: run.intake(settings),
        "night: intake of none": lambda: run.intake(settings),
        "night: due, late, digest": lambda: night.summarise(settings),
        "night: copy of the log": lambda: night.audit(settings),
        "a look for the monitor": lambda: health.look(settings),
    }
    if backup:
        parts["night: backup and its trial"] = lambda: night.back_up(settings)
    for name, work in parts.items():
        began, used = time.perf_counter(), time.process_time()
        work()
        yield f"{name:<34} {time.perf_counter() - began:8.2f} s, {time.process_time() - used:8.2f} s of the processor in the process itself"


def memory_of(settings: Settings) -> Iterator[str]:
    """The most that each program held, with all that it starts."""
    environment = {
        "VANTHU_OUTPUTS": str(settings.outputs),
        "VANTHU_INBOX": str(settings.inbox),
        "VANTHU_TODAY": str(settings.today),
        "VANTHU_PREFECT_PORT": "1",
        "VANTHU_PORT": str(free_port()),
    }
    os.environ |= environment
    vanthu = [sys.executable, "-m", "vanthu"]
    for name, command in {
        "vanthu search": [*vanthu, "search", "dân chủ"],
        "vanthu due": [*vanthu, "due"],
        "vanthu intake": [*vanthu, "intake"],
        "vanthu digest": [*vanthu, "digest"],
        "vanthu export (CSV)": [*vanthu, "export", str(settings.outputs.parent / "all.csv")],
    }.items():
        used = processes.run(command)
        yield f"{name:<34} {used.megabytes:8.0f} MB  {used.seconds:7.2f} s  exit {used.code}"
    yield f"{'vanthu desk':<34} {_desk(vanthu, environment['VANTHU_PORT']):8.0f} MB  after some pages"


def _desk(vanthu: list[str], port: str) -> float:
    desk: subprocess.Popen[bytes] = started([*vanthu, "desk"])
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5):
                break
            time.sleep(0.3)
        for page in _PAGES * 4:
            with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}{page}", timeout=60) as answer:
                answer.read()
        return processes.held(desk.pid) / 1024
    finally:
        end([desk])


def last_day(folder: Path) -> date:
    """The day of the last arrival."""
    with closing(sqlite3.connect(folder / "register.db")) as conn:
        return date.fromisoformat(conn.execute("SELECT max(received_on) FROM documents").fetchone()[0])
