"""Việc đọc giao cho máy khác: files that another machine is to read, in a folder that both see, and its answers beside them.

An errand is a folder: `HASH.pdf` is asked, `HASH.answer` its answer (written whole or not at all), `beat` is touched by whoever reads,
`now` by who waits. Both may be killed at any moment: what is answered stays answered, what is not is asked again.
"""

import os
import pickle
import shutil
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from vanthu.readers import confined

BEAT = 5.0
"""Seconds between two signs of life of a reader."""
_ANSWER, _PART, _BEAT, _NOW = ".answer", ".part", "beat", "now"


def give(folder: Path, files: Mapping[str, Path]) -> Path:
    """A new errand with copies of these files (by hash), made whole before it has its name."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{time.time_ns():x}-{os.getpid()}"
    making = folder / f".{name}"
    making.mkdir(mode=0o700)
    for sha256, path in files.items():
        shutil.copyfile(path, making / f"{sha256}{path.suffix}")
    touch(making)
    return making.rename(folder / name)


def take(errand: Path, sha256: str) -> tuple[Any, ...] | None:
    """The answer for a file, None where there is none yet; only plain values and pages come in."""
    try:
        data = (errand / f"{sha256}{_ANSWER}").read_bytes()
    except FileNotFoundError:
        return None
    answer: tuple[Any, ...] = confined.Careful(data).load()
    return answer


def drop(errand: Path) -> None:
    """Done with it; a reader that is still at work finds nothing more to do."""
    shutil.rmtree(errand, ignore_errors=True)


def run(errand: Path) -> int:
    """What a reader does: one file after the other; how many were answered."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    answered = 0
    for path in sorted(errand.iterdir()) if errand.is_dir() else ():
        answer, part = path.with_suffix(_ANSWER), path.with_suffix(_PART)
        if path.suffix in (_ANSWER, _PART) or path.name in (_BEAT, _NOW) or answer.exists() or not path.exists():
            continue
        said = pickle.dumps(confined.answer(path), protocol=5)
        with suppress(FileNotFoundError):  # dropped meanwhile: the register has given up on us
            part.write_bytes(said)
            part.replace(answer)
            answered += 1
    return answered


def beat(errand: Path, over: threading.Event) -> None:
    """Show, until it is `over`, that somebody is at work on it."""
    while True:
        with suppress(FileNotFoundError):
            touch(errand)
        if over.wait(BEAT):
            return


def touch(errand: Path) -> None:
    """A sign of life; FileNotFoundError where the errand has been dropped."""
    (errand / _BEAT).touch()


def silent(errand: Path) -> float:
    """Seconds since the last sign of life, by the clock of the disk."""
    now = errand / _NOW
    now.touch()
    return now.stat().st_mtime - (errand / _BEAT).stat().st_mtime
