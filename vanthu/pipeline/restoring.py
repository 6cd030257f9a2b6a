"""Khôi phục: a backup into an empty folder, compared with its hashes on the way; and the trial that shows that it could be."""

import random
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from vanthu.errors import WrongUse
from vanthu.messages import say
from vanthu.pipeline import audit, checks, steps
from vanthu.pipeline.backups import ABOUT, SUMS, Progress
from vanthu.pipeline.place import Place
from vanthu.register import check
from vanthu.register.store import hash_of
from vanthu.settings import Settings

TRIED = 500
"""Originals that a trial restores at most, drawn by chance; all else of the backup is restored."""


def restore(settings: Settings, backup: Path, target: Path, progress: Progress | None = None) -> list[str]:
    """Restore a backup into `target`; faults, one sentence each. WrongUse where `target` is not empty or `backup` is none."""
    if not (backup / ABOUT).is_file():
        raise WrongUse("backup.none", path=backup)
    if target.exists() and any(target.iterdir()):
        raise WrongUse("backup.not_empty", path=target)
    move = progress or (lambda _done, _all: None)
    wanted = [*_sums(backup)]
    found = _copy(backup, target, wanted, move)
    if found:
        return found
    with closing(Place(replace(settings, outputs=target))) as place:
        for home in (place, place.apart) if place.has_apart else (place,):
            for line in home.register.entries(limit=home.register.count() or 1):
                steps.write_outputs(home, line["id"])
        return [*checks.faults(place), *audit.faults(place)]


def trial(settings: Settings, backup: Path, folder: Path) -> list[str]:
    """Restore the databases and some originals into a passing folder under `folder`; what is wrong with them."""
    wanted = [*_sums(backup)]
    originals = [line for line in wanted if "store" in Path(line[1]).parts]
    some = random.sample(originals, min(TRIED, len(originals)))
    others = [line for line in wanted if "store" not in Path(line[1]).parts]
    with TemporaryDirectory(dir=folder, prefix=".trial-") as passing:
        target = Path(passing) / "outputs"
        found = _copy(backup, target, [*others, *some], lambda _done, _all: None)
        missing = [say("backup.lacks", path=path) for _, path in originals if not (backup / path).is_file()]
        with closing(Place(replace(settings, outputs=target))) as place:
            for home in (place, place.apart) if place.has_apart else (place,):
                found += [*check.database(home.register.base), *audit.faults(home)]
        return found + missing


def _sums(backup: Path) -> Iterator[tuple[str, str]]:
    with (backup / SUMS).open(encoding="utf-8") as file:
        for line in file:
            sha256, _, path = line.rstrip("\n").partition("  ")
            yield sha256, path


def _copy(backup: Path, target: Path, wanted: Sequence[tuple[str, str]], move: Progress) -> list[str]:
    """Copy what is wanted, secret things for the owner alone; files that are not what they were."""
    found = []
    for done, (sha256, inner) in enumerate(wanted, 1):
        place = target / inner
        secret = Path(inner).parts[0] == "mat"
        _folders(target, place.parent, secret=secret)
        try:
            shutil.copyfile(backup / inner, place)
        except FileNotFoundError:
            found.append(say("backup.lacks", path=inner))
            continue
        place.chmod(0o600 if secret else 0o644)
        if hash_of(place) != sha256:
            found.append(say("backup.differs", path=inner))
        move(done, len(wanted))
    return found


def _folders(target: Path, folder: Path, *, secret: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if secret:
        (target / "mat").chmod(0o700)
