"""Kill the office at random moments, some hundreds of times, and count what is lost, doubled or wrong afterwards.

`python -m benchmarks.torture --kills 500 [--seed N] [--seconds 900]`: one office works through all of it; each round drops files, starts
something in a process and kills it with SIGKILL: an intake (at a random moment, or right before or after a random step: a file's move,
fsync, commit, unlink), two intakes at once, a person who corrects, the desk that takes orders, a reader, one of two workers of a cluster, a
backup, a copy of the log. Between them: a disk that is full, an inbox that is read-only or gone, a register that a reader holds, a clock
that jumps. Every round ends with an intake that is not killed and a check; `python -m benchmarks.kills` does the same with the whole
command. `--only` does nothing but the kinds that begin so. Prints kills, losses and the seed.
"""

import argparse
import os
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.torture_kinds import KINDS
from benchmarks.torture_office import Office


@dataclass
class Tally:
    """Rounds and kills by kind, and what was wrong after which round."""

    rounds: Counter[str] = field(default_factory=Counter)
    kills: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def torture(kills: int, seed: int, seconds: float, folder: Path, only: str = "") -> Tally:
    """So many kills, or as many as the time allows."""
    kinds = {kind: done for kind, done in KINDS.items() if kind.startswith(only)}
    chance, tally, began = random.Random(seed), Tally(), time.monotonic()
    office = Office(folder, chance)
    if not office.small_disk:
        print("no disk could be mounted (root is needed): a full disk is an fsync that fails, a read-only inbox is left out")
    while sum(tally.kills.values()) < kills and time.monotonic() - began < seconds:
        kind = chance.choices([*kinds], [weight for weight, _ in kinds.values()])[0]
        tally.rounds[kind] += 1
        tally.kills[kind] += KINDS[kind][1](office)
        tally.wrong += [f"{kind}, round {sum(tally.rounds.values())}: {fault}" for fault in office.settle()]
        if tally.wrong:
            break
    tally.wrong += office.whole_check()
    office.close()
    return tally


def main() -> int:
    """Print the table; exit code 1 where anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=900)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--only", default="")
    parser.add_argument("--folder", type=Path, help="where the office lies; a tmpfs is quick")
    given = parser.parse_args()
    with TemporaryDirectory(dir=given.folder) as folder:
        os.chdir(folder)
        tally = torture(given.kills, given.seed, given.seconds, Path(folder), given.only)
    for kind, number in sorted(tally.rounds.items()):
        print(f"{kind:<24} rounds {number:>4}  kills {tally.kills[kind]:>4}")
    for fault in tally.wrong:
        print(f"WRONG  {fault}")
    print(f"kills {sum(tally.kills.values())}, losses {len(tally.wrong)}, seed {given.seed}")
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
