"""The office at full load for a while: files come in, are read, searched and listed; memory, file handles and times must stay flat.

`python -m benchmarks.soak --minutes 30 [--prefect]`: everything in this process but the reading, which has its own. A line each minute.
With `--prefect` each intake is a run of the flow on a Prefect server, whose database is watched too; at the end all that has run is made
forty days old, and what the server's clean-up leaves is said.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.hosts import free_port
from benchmarks.kills import letter
from benchmarks.soak_prefect import Server
from vanthu.pipeline import health, run
from vanthu.pipeline.place import Place
from vanthu.settings import Settings, load

_QUESTIONS = ("dân chủ", "bao cao ket qua", "so:7", "UBND-NV", "den:2024")


def used() -> tuple[float, int]:
    """(megabytes held now, open file handles) of this process."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6, len(list(Path("/proc/self/fd").iterdir()))


def minute(
    settings: Settings, first: int, until: float, intake: Callable[[Settings], object] = run.intake
) -> tuple[int, list[float], list[float]]:
    """(the next number, seconds of each intake of five letters, milliseconds of each question)."""
    intakes, asked = [], []
    while time.monotonic() < until or not intakes:
        for _ in range(5):
            letter(settings.inbox / f"{first}.docx", first)
            first += 1
        began = time.monotonic()
        intake(settings)
        intakes.append(time.monotonic() - began)
        with closing(Place(settings)) as place:
            for question in _QUESTIONS:
                began = time.perf_counter()
                place.register.search(question)
                place.register.lines(question, limit=50)
                asked.append((time.perf_counter() - began) * 1000)
        health.look(settings)
    return first, intakes, asked


def main() -> int:
    """A line each minute; exit code 1 where memory or handles grew past a half."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=int, default=30)
    parser.add_argument("--prefect", action="store_true", help="each intake a run of the flow on a Prefect server")
    given = parser.parse_args()
    with TemporaryDirectory() as folder, ExitStack() as over:
        settings = _office(Path(folder))
        server = over.enter_context(Server(settings)) if given.prefect else None
        figures = _watched(settings, given.minutes, server)
        if server:
            print(server.aged())
    early, late = figures[min(2, len(figures) - 1)], figures[-1]
    flat = late[0] < early[0] * 1.5 and late[1] < early[1] * 1.5
    print(f"{'flat' if flat else 'GROWS'}: {early[0]:.0f} to {late[0]:.0f} MB, {early[1]} to {late[1]} handles")
    return 0 if flat else 1


def _office(folder: Path) -> Settings:
    """A flow finds its office by the environment."""
    (folder / "inbox").mkdir()
    places = {"VANTHU_INBOX": folder / "inbox", "VANTHU_OUTPUTS": folder / "outputs", "VANTHU_QUIET": 0, "VANTHU_PREFECT_PORT": free_port()}
    os.environ |= {name: str(value) for name, value in places.items()}
    return load()


def _watched(settings: Settings, minutes: int, server: Server | None) -> list[tuple[float, int]]:
    """Memory and handles at the end of each minute, told as they come."""
    number, start, figures = 1, time.monotonic(), []
    for done in range(1, minutes + 1):
        number, intakes, asked = minute(settings, number, start + 60 * done, server.intake if server else run.intake)
        figures.append(used())
        p95 = sorted(asked)[int(len(asked) * 0.95)]
        print(
            f"{done:>3} min  {number - 1:>6} letters  five in {statistics.median(intakes):5.2f} s  question p95 {p95:6.1f} ms  "
            f"{figures[-1][0]:6.0f} MB  {figures[-1][1]:>3} handles" + (f"  Prefect {server.megabytes():6.1f} MB" if server else ""),
            flush=True,
        )
    return figures


if __name__ == "__main__":
    sys.exit(main())
