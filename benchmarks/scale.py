"""How the register grows: size on disk by part, search by a published mix of questions, what a night and an intake cost, memory.

`python -m benchmarks.scale [--documents 1000000] [--folder DIR] [--repeat 3] [--backup] [--only PART …]`: makes the register with
`benchmarks.synthetic` where DIR has none (a build that was cut off goes on), then measures in process, warm (each question is put once
before). Beside it, for the same questions: FTS5's own bm25 over the same index, which is what a plain FTS5 search does, and Tantivy and
Whoosh (the indexes of paperless-ngx) where they are installed (`pip install tantivy whoosh-reloaded`).
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from benchmarks import scale_peers, synthetic
from benchmarks.scale_mix import MIX, questions
from benchmarks.scale_night import last_day, memory_of, night_of, settings_of
from tests.registering import dispatch, document
from vanthu.register import Register, search
from vanthu.register.connection import Base

_HEADS = f"{'p50':>8} {'p95':>8}"


def timed(work: Callable[[], object]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def both(work: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock and of the processor: the second is what a machine without other work takes."""
    began = time.process_time()
    return timed(work), (time.process_time() - began) * 1000


def spread(times: list[float]) -> str:
    """Median and 95th percentile."""
    ordered = sorted(times)
    return f"{statistics.median(ordered):8.1f} {ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]:8.1f}"


def sizes(base: Base) -> list[str]:
    """Bytes a document by part."""
    documents = base.value("SELECT count(*) FROM documents")
    parts: dict[str, int] = {}
    with suppress(Exception):  # an SQLite without dbstat tells only the whole
        for name, size in base.conn.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"):
            part = "full-text index" if name.startswith("texts_fts") else "indexes" if name.startswith(("idx_", "sqlite_auto")) else name
            parts[part] = parts.get(part, 0) + size
    whole = base.value("SELECT page_count*page_size FROM pragma_page_count, pragma_page_size")
    lines = [f"{part:<24} {size / documents:>10,.0f} bytes a document" for part, size in sorted(parts.items(), key=lambda one: -one[1])]
    return [*lines[:9], f"{'all':<24} {whole / documents:>10,.0f} bytes a document, {whole / 1e9:.2f} GB"]


def searching(base: Base, repeat: int) -> Iterator[str]:
    """Each kind of question: how much it finds, p50 and p95 of the first page, and of the peers that know such questions."""
    whole = base.value("SELECT count(*) FROM documents")
    for kind in MIX:
        asked = questions(base, kind)
        found = [search.count(base, one) for one in asked]
        ours = [both(lambda one=one: search.search(base, one, 20)) for _ in range(repeat + 1) for one in asked][len(asked) :]
        plain = [both(lambda one=one: scale_peers.bm25(base, one)) for one in asked] if MIX[kind].plain else []
        figures = "   ".join(spread(list(column)) for column in [*zip(*ours, strict=True), *zip(*plain, strict=True)])
        yield f"{kind:<34} {statistics.median(found) / whole:>9.3%} {figures}"


def growing(register: Register, today: date) -> list[str]:
    """What one more document costs, and what the night asks."""
    base = register.base
    times = []
    first = base.value("SELECT count(*) FROM documents")
    for number in range(first, first + 200):
        path = base.folder / "passing.pdf"
        path.write_bytes(f"{time.time_ns()} {number}".encode())
        sha256, _ = register.store.keep(path)

        def one(sha256: str = sha256, number: int = number) -> None:
            file = register.claim(sha256, name="a.pdf", size=1)
            read = dispatch(code=f"{number % 4000 + 1}/UBND-NV")
            register.register(file.id, document("Thực hiện dân chủ ở cơ sở " * 100), read, received_on=today)

        times.append(both(one))
    asked: dict[str, Callable[[], object]] = {
        "due within a week": lambda: register.due(until=today + timedelta(days=7)),
        "entries of a day": lambda: register.entries(limit=500, registered_from=today - timedelta(days=1)),
        "how many need a look": lambda: register.count(needs_look=True),
        "the desk's first page": lambda: register.lines(limit=50),
        "one entry": lambda: register.show(base.value("SELECT max(id) FROM documents") // 2),
    }
    clock, processor = zip(*times, strict=True)
    lines = [f"{'registering one':<34} {spread(list(clock))}   {spread(list(processor))}   {1000 / statistics.mean(clock):.0f} a second"]
    for name, work in asked.items():
        clock, processor = zip(*(both(work) for _ in range(5)), strict=True)
        lines.append(f"{name:<34} {spread(list(clock))}   {spread(list(processor))}")
    return lines


def starting(folder: Path) -> list[str]:
    """The whole command, warm, beside Python alone and the import of sqlite-utils: wall and processor time."""
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "python -c 'import sqlite_utils'": [sys.executable, "-c", "import sqlite_utils"],
        "vanthu search, whole command": [sys.executable, "-m", "vanthu", "search", "hồ sơ 4711"],
    }
    environment = os.environ | {"VANTHU_OUTPUTS": str(folder)}
    lines = []
    for name, command in commands.items():
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        times = [
            timed(lambda command=command: subprocess.run(command, env=environment, capture_output=True, check=True)) for _ in range(11)
        ]
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / 11 * 1000
        lines.append(f"{name:<34} {spread(times[1:])}   {used:.0f} ms of processor time")
    return lines


def _measured(folder: Path, given: argparse.Namespace) -> Iterator[str]:
    today = last_day(folder)
    with Register.open(folder, today=today) as register:
        yield f"{register.count()} documents"
        if "size" in given.only:
            yield from sizes(register.base)
        if "search" in given.only:
            yield f"\n{'ms by the clock, of the processor':<34} {'finds':>9} {_HEADS}   {_HEADS}   bm25: {_HEADS}   {_HEADS}"
            yield from searching(register.base, given.repeat)
            yield from scale_peers.others(register.base)
        if "growth" in given.only:
            yield f"\n{'ms by the clock, of the processor':<34} {_HEADS}   {_HEADS}"
            yield from growing(register, today)
    if "start" in given.only:
        yield from starting(folder)
    if "night" in given.only:
        yield from night_of(settings_of(folder, today), backup=given.backup)
    if "memory" in given.only:
        yield from memory_of(settings_of(folder, today))


PARTS = ("size", "search", "growth", "start", "night", "memory")


def main() -> int:
    """Print all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, default=Path("build/scale"))
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--backup", action="store_true", help="a backup too: it takes as much room as the register, twice for a while")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="some of the measurements")
    given = parser.parse_args()
    folder = given.folder / str(given.documents)
    if not (folder / "register.db").is_file():
        began = time.monotonic()
        synthetic.fill(folder, given.documents, told=True)
        print(f"made in {time.monotonic() - began:.0f} s, {given.documents / (time.monotonic() - began):.0f} documents a second in bulk")
    for line in _measured(folder, given):
        print(line, flush=True)
    print(f"memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
