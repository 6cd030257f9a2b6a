"""The office that is tortured: what was dropped and said, and what must therefore be there."""

import hashlib
import os
import random
import subprocess
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.hosts import DaskHosts
from benchmarks.kills import letter
from vanthu import readers
from vanthu.pipeline import audit, checks, cluster, run
from vanthu.pipeline.place import Place
from vanthu.readers import confined, signatures
from vanthu.settings import Settings, load

_DISK = 400_000_000
"""Bytes of the disk that the outputs lie on where this account may mount one: small enough to be filled."""
SECRETS = 15
"""One letter in so many is secret, and moves to the other register."""


read_apart = confined.read
"""The real one, in a process of its own."""


def _read_here(path: Path, **how: object) -> tuple[object, list[dict[str, object]]]:
    """Read in this process: starting a reader's process anew after each kill would take most of the time; its own death is tested apart."""
    document = readers.read(path, **how)  # type: ignore[arg-type]
    return document, [one.as_json() for one in signatures.check(path, None)]


@dataclass
class Office:
    """`dropped`: hash → what must become of the file; `corrected`: code → the value a person has put in."""

    folder: Path
    chance: random.Random
    dropped: dict[str, str] = field(default_factory=dict)
    corrected: dict[str, str] = field(default_factory=dict)
    voided: set[str] = field(default_factory=set)
    count: int = 0
    workers: DaskHosts | None = None

    def __post_init__(self) -> None:
        confined.read = _read_here  # type: ignore[assignment]
        (self.folder / "inbox").mkdir()
        (self.folder / "outputs").mkdir()
        self.small_disk = mounted("tmpfs", self.folder / "outputs", "-t", "tmpfs", "-o", f"size={_DISK}")
        os.environ |= {
            "VANTHU_INBOX": str(self.folder / "inbox"),
            "VANTHU_OUTPUTS": str(self.folder / "outputs"),
            "VANTHU_QUIET": "0",
            "VANTHU_TODAY": "2024-03-08",
            "VANTHU_PREFECT_PORT": "1",
        }

    @property
    def settings(self) -> Settings:
        """As the environment says."""
        return load()

    @property
    def inbox(self) -> Path:
        """Where files are dropped."""
        return self.folder / "inbox"

    def drop(self, number: int) -> None:
        """Some letters, one in eight files broken, one in ten dropped again."""
        for _ in range(number):
            self.count += 1
            name = self.inbox / f"{self.count}.docx"
            luck = self.chance.random()
            if luck < 0.12:
                name = name.with_suffix(".pdf")
                name.write_bytes(b"%PDF-1.4 broken" + str(self.count).encode())
                self.dropped[_hash(name)] = "rejected"
            elif luck < 0.2 and self.dropped:
                self._again()
            else:
                letter(name, self.count, secret=self.count % SECRETS == 0)
                self.dropped[_hash(name)] = "registered"

    def _again(self) -> None:
        """Bytes that have come in before, under another name: nothing new may come of it."""
        known = sorted((self.folder / "outputs" / "store").glob("??/*/original*"))
        if known:
            (self.inbox / f"again {self.count}{known[0].suffix}").write_bytes(self.chance.choice(known).read_bytes())

    def settle(self) -> list[str]:
        """An intake that nobody kills, and what is wrong after it."""
        run.intake(self.settings)
        with closing(Place(self.settings)) as place:
            return [*self._lost(place), *self._wrong(place), *place.register.base.rows("PRAGMA foreign_key_check")]

    def whole_check(self) -> list[str]:
        """`vanthu check --audit`."""
        with closing(Place(self.settings)) as place:
            return [*checks.faults(place), *audit.faults(place)]

    def _lost(self, place: Place) -> list[str]:
        states: Counter[str] = Counter()
        found: dict[str, set[str]] = {}
        for home in (place, place.apart) if place.has_apart else (place,):
            for row in home.register.base.rows("SELECT sha256, state FROM files"):
                found.setdefault(row["sha256"], set()).add(row["state"])
                states[row["sha256"]] += 1
        wrong = [f"{sha256[:8]} in {count} registers" for sha256, count in states.items() if count > 1]
        for sha256, must in self.dropped.items():
            if found.get(sha256) not in ({must}, {"voided"} if sha256 in self.voided else {must}):
                wrong.append(f"{sha256[:8]} must be {must}, is {found.get(sha256)}")
        return wrong + [f"left in the inbox: {path.name}" for path in self.inbox.iterdir()]

    def _wrong(self, place: Place) -> list[str]:
        twice = place.register.base.rows(
            "SELECT code, count(*) AS n FROM documents WHERE state='registered' AND code IS NOT NULL GROUP BY code HAVING n>1"
        )
        numbers = [row["n"] for row in place.register.base.rows("SELECT arrival_number AS n FROM documents ORDER BY n")]
        wrong = [f"{row['code']} registered {row['n']} times" for row in twice]
        wrong += [] if numbers == list(range(1, len(numbers) + 1)) else [f"numbers {numbers}"]
        for code, value in self.corrected.items():
            there = place.register.base.value("SELECT archive FROM documents WHERE code=? AND state='registered'", code)
            wrong += [] if there == value else [f"{code}: corrected to {value}, is {there}"]
        return wrong

    def close(self) -> None:
        """Take down what stands by itself."""
        if self.workers:
            self.workers.close()
            cluster.forget()
        if self.small_disk:
            subprocess.run(["umount", "--lazy", self.folder / "outputs"], check=True)


def mounted(what: object, where: Path, *how: str) -> bool:
    """Mount it; False where this account or machine may not."""
    return subprocess.run(["mount", *how, str(what), str(where)], capture_output=True, check=False).returncode == 0


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
