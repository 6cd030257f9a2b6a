"""How the register grows: size on disk by part, search by a published mix of questions, what a night and an intake cost, memory.

`python -m benchmarks.scale [--documents 1000000] [--folder DIR] [--repeat 3]`: makes the register with `benchmarks.synthetic` where DIR has
none, then measures in process, warm (each question is put once before). Beside it, for the same questions: FTS5's own bm25 over the same
index, which is what a plain FTS5 search does, and Tantivy and Whoosh (the indexes of paperless-ngx) where they are installed.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from benchmarks import scale_peers, synthetic
from benchmarks.scale_mix import MIX, questions
from tests.registering import dispatch, document
from vanthu.register import Register, search
from vanthu.register.connection import Base


def timed(work: Callable[[], object]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


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


def searching(base: Base, repeat: int) -> list[str]:
    """Each kind of question: how much it finds, p50 and p95 of the first page, and of the peers that know such questions."""
    lines = []
    whole = base.value("SELECT count(*) FROM documents")
    for kind in MIX:
        asked = questions(base, kind)
        found = [search.count(base, one) for one in asked]
        ours = [timed(lambda one=one: search.search(base, one, 20)) for _ in range(repeat + 1) for one in asked][len(asked) :]
        plain = [timed(lambda one=one: scale_peers.bm25(base, one)) for one in asked] if MIX[kind].plain else []
        beside = spread(plain) if plain else " " * 17
        lines.append(f"{kind:<34} {statistics.median(found) / whole:>9.3%} {spread(ours)}   {beside}")
    return lines


def growing(register: Register) -> list[str]:
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
            register.register(file.id, document("Thực hiện dân chủ ở cơ sở " * 100), read, received_on=synthetic.LAST)

        times.append(timed(one))
    today = synthetic.LAST
    asked: dict[str, Callable[[], object]] = {
        "due within a week": lambda: register.due(until=today + timedelta(days=7)),
        "entries of a day": lambda: register.entries(limit=500, registered_from=today - timedelta(days=1)),
        "how many need a look": lambda: register.count(needs_look=True),
        "the desk's first page": lambda: register.lines(limit=50),
        "one entry": lambda: register.show(base.value("SELECT max(id) FROM documents") // 2),
    }
    lines = [f"{'registering one':<34} {spread(times)}   {1000 / statistics.mean(times):.0f} a second"]
    return lines + [f"{name:<34} {spread([timed(work) for _ in range(5)])}" for name, work in asked.items()]


def starting(folder: Path) -> str:
    """The whole command, once warm."""
    command = [sys.executable, "-m", "vanthu", "search", "hồ sơ 4711"]
    environment = os.environ | {"VANTHU_OUTPUTS": str(folder)}
    times = [timed(lambda: subprocess.run(command, env=environment, capture_output=True, check=True)) for _ in range(6)][1:]
    return f"{'vanthu search, whole command':<34} {spread(times)}"


def main() -> int:
    """Print all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, default=Path("build/scale"))
    parser.add_argument("--repeat", type=int, default=3)
    given = parser.parse_args()
    folder = given.folder / str(given.documents)
    if not (folder / "register.db").is_file():
        began = time.monotonic()
        synthetic.fill(folder, given.documents, told=True)
        print(f"made in {time.monotonic() - began:.0f} s, {given.documents / (time.monotonic() - began):.0f} documents a second in bulk")
    with Register.open(folder, today=synthetic.LAST) as register:
        print(f"{register.count()} documents")
        print("\n".join(sizes(register.base)))
        print(f"\n{'':<34} {'finds':>9} {'p50 ms':>8} {'p95 ms':>8}   {'bm25 p50':>8} {'p95':>8}")
        print("\n".join(searching(register.base, given.repeat)))
        print("\n".join(scale_peers.others(register.base)))
        print(f"\n{'':<34} {'p50 ms':>8} {'p95 ms':>8}")
        print("\n".join(growing(register)))
    print(starting(folder))
    print(f"memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
