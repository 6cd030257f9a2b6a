"""The office at full load for a while: files come in, are read, searched and listed; memory, file handles and times must stay flat.

`python -m benchmarks.soak --minutes 30`: everything in this process but the reading, which has its own. A line each minute.
"""

import argparse
import os
import statistics
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.kills import letter
from vanthu.pipeline import health, run
from vanthu.pipeline.place import Place
from vanthu.settings import Settings, load

_QUESTIONS = ("dân chủ", "bao cao ket qua", "so:7", "UBND-NV", "den:2024")


def used() -> tuple[float, int]:
    """(megabytes held now, open file handles) of this process."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6, len(list(Path("/proc/self/fd").iterdir()))


def minute(settings: Settings, first: int, until: float) -> tuple[int, list[float], list[float]]:
    """(the next number, seconds of each intake of five letters, milliseconds of each question)."""
    intakes, asked = [], []
    while time.monotonic() < until or not intakes:
        for _ in range(5):
            letter(settings.inbox / f"{first}.docx", first)
            first += 1
        began = time.monotonic()
        run.intake(settings)
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
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        (Path(folder) / "inbox").mkdir()
        settings = replace(load(), inbox=Path(folder) / "inbox", outputs=Path(folder) / "outputs", quiet=0)
        number, start, figures = 1, time.monotonic(), []
        for done in range(1, given.minutes + 1):
            number, intakes, asked = minute(settings, number, start + 60 * done)
            figures.append(used())
            p95 = sorted(asked)[int(len(asked) * 0.95)]
            print(
                f"{done:>3} min  {number - 1:>6} letters  five in {statistics.median(intakes):5.2f} s  question p95 {p95:6.1f} ms  "
                f"{figures[-1][0]:6.0f} MB  {figures[-1][1]:>3} handles",
                flush=True,
            )
    early, late = figures[min(2, len(figures) - 1)], figures[-1]
    flat = late[0] < early[0] * 1.5 and late[1] < early[1] * 1.5
    print(f"{'flat' if flat else 'GROWS'}: {early[0]:.0f} to {late[0]:.0f} MB, {early[1]} to {late[1]} handles")
    return 0 if flat else 1


if __name__ == "__main__":
    sys.exit(main())
