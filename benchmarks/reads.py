"""Documents of the corpus as read, kept under `build/bench/read` so that extraction can be measured again without reading again."""

import pickle
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

from benchmarks import scans
from models.document import Document

HELD_OUT = ("test",)
TUNED_ON = ("seed", "authored", "dev", "test2")


class Read(NamedTuple):
    """A document of a set as it was read."""

    name: str
    kind: str
    stem: str
    document: Document


def read_set(name: str, kind: str, seed: int, *, reuse: bool, most: int | None = None) -> list[Read]:
    """The documents of a set (at most the first `most`) in one kind, read now; with `reuse` those kept from an earlier run as they
    were read then."""
    files = scans.typeset(name, kind, seed, most=most)
    gold = scans.source(name) / "gold"
    kept = scans.BUILD / "read" / f"{kind}-{seed}" / name
    papers = [file for file in sorted(files.glob("*.pdf")) if (gold / f"{file.stem}.json").exists()][:most]
    jobs = [(file, kept / f"{file.stem}.pickle", reuse) for file in papers]
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(_read, jobs))
    return [_kept(name, kind, path) for _, path, _ in jobs]


def _kept(name: str, kind: str, path: Path) -> Read:
    return Read(name, kind, path.stem, pickle.loads(path.read_bytes()))


def _read(job: tuple[Path, Path, bool]) -> None:
    from vanthu.readers import read

    file, target, reuse = job
    if reuse and target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(pickle.dumps(read(file)))
