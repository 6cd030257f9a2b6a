"""Files read on several machines: one worker, two, one that is killed in the middle, one that joins late, each held to one core.

`python -m benchmarks.cluster [--files 24] [--engines dask,prefect] [--nights 4]`: a Dask scheduler, or a Prefect server on PostgreSQL with
a work pool, and workers as processes of their own (`taskset` holds each to a core), an office with scans in its inbox, one intake each
way. Prints seconds, and what was registered: it must be all, in the same order.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.hosts import DaskHosts, end
from benchmarks.prefect_hosts import Hosts
from tests.drawn import scan
from vanthu.pipeline import cluster, run
from vanthu.pipeline.place import Place
from vanthu.settings import Settings, load

ENGINES: dict[str, Callable[[Path], Any]] = {"dask": DaskHosts, "prefect": Hosts}
Disturb = tuple[float, Callable[[Any], object]] | None
_SETTLING = 12.0
"""Seconds for workers to come up."""


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


def evening(
    engine: str, title: str, folder: Path, files: int, expected: list[str | None], cores: Sequence[int], disturb: Disturb = None
) -> str:
    """A line of the table: one night on workers held to these cores; `disturb`: after how many seconds what happens to them."""
    hosts = ENGINES[engine](folder / title)
    try:
        for core in cores:
            hosts.worker(core)
        time.sleep(_SETTLING)
        meanwhile = [(disturb[0], lambda: disturb[1](hosts))] if disturb else []
        began = time.monotonic()
        seconds, found = night(folder / title / "office", files, hosts.api, meanwhile)
        seconds = seconds or time.monotonic() - began
        return f"{engine:<8} {title:<28} {seconds:7.1f} s  {'the same' if found == expected else found}"
    finally:
        cluster.forget()
        hosts.close()


def kill_one(hosts: Any) -> None:
    """The worker that was started last, and what it reads."""
    end(hosts.processes[-1:])


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=24)
    parser.add_argument("--nights", type=int, default=4, help="only the first so many of the four")
    parser.add_argument("--engines", default="dask,prefect")
    given = parser.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        alone, expected = night(folder / "alone", given.files, "")
        print(f"{'here':<8} {'without workers':<28} {alone:7.1f} s  {len(expected)} registered", flush=True)
        late: Disturb = (alone / 4, lambda hosts: hosts.worker(1))
        killed: Disturb = (alone / 4, kill_one)
        for engine in given.engines.split(","):
            inside = folder / engine
            nights: list[tuple[str, list[int], Disturb]] = [
                ("one worker", [0], None),
                ("two workers", [0, 1], None),
                ("one of two killed", [0, 1], killed),
                ("a second one joins late", [0], late),
            ]
            for title, cores, disturb in nights[: given.nights]:
                print(evening(engine, title, inside, given.files, expected, cores, disturb), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
