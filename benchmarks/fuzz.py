"""Fuzzing by mutation: files changed at random are opened and read up to recognising; what kills or hangs the reader is kept.

`python -m benchmarks.fuzz --inputs 20000 [--first 0] [--seed N] [--seconds 900] [--keep DIR]`: PDFs (text, scan, locked), PNG, JPEG,
TIFF, WebP, DOCX, XLSX, ZIP, edXML, mails. Input N of a seed is the same each time. A process under the bounds of
`vanthu.readers.bounds` reads one after the other; when it dies or hangs the input is kept and a new process goes on with the next.
Tesseract and Poppler are left out but for one input in 200: they are programs of their own. Prints inputs by kind, what became of
them, crashes, where it ended and the seed.
"""

import argparse
import os
import random
import select
import signal
import struct
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.fuzz_inputs import mutated, seeds
from vanthu.readers import edxml, message, unzip

SLOW = 60.0
"""Seconds for one input after which the reader hangs."""
_WITH_PROGRAMS = 200
_SAYS = struct.Struct("<q40s")


def fuzz(inputs: int, seed: int, seconds: float, keep: Path | None, folder: Path, first: int = 0) -> tuple[Counter[str], list[str]]:
    """(what became of the inputs from `first` to before `inputs`, by kind and outcome; crashes)."""
    originals, outcomes, crashes = seeds(folder), Counter[str](), []
    began, next_ = time.monotonic(), first
    while next_ < inputs and time.monotonic() - began < seconds:
        ours, child = _start(originals, next_, inputs, seed, folder)
        last = next_ - 1
        for number, became in _heard(ours, began + seconds):
            last = number
            outcomes[became] += 1
        os.close(ours)
        status = _stop(child)
        next_ = last + 1
        if next_ < inputs and time.monotonic() - began < seconds:
            name, data = mutated(originals, next_, seed)
            crashes.append(f"input {next_} ({name}): exit {status}")
            outcomes[f"{name} CRASH"] += 1
            if keep:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{seed}-{next_}-{name}").write_bytes(data)
            next_ += 1
    return outcomes, crashes


def _start(originals: dict[str, bytes], first: int, inputs: int, seed: int, folder: Path) -> tuple[int, int]:
    ours, its = os.pipe()
    child = os.fork()
    if child:
        os.close(its)
        return ours, child
    os.close(ours)
    code = 1
    try:
        _work(originals, range(first, inputs), seed, folder, its)
        code = 0
    finally:
        os._exit(code)


def _work(originals: dict[str, bytes], numbers: range, seed: int, folder: Path, its: int) -> None:
    from vanthu.readers import bounds, images, pdf

    bounds.confine()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    real = images.scan.read, pdf.page_picture
    for number in numbers:
        name, data = mutated(originals, number, seed)
        path = folder / f"input{Path(name).suffix}"
        path.write_bytes(data)
        images.scan.read, pdf.page_picture = real if number % _WITH_PROGRAMS == 0 else (_blank, _no_picture)
        os.write(its, _SAYS.pack(number, f"{name} {_became(path)}".encode()[:40]))


def _became(path: Path) -> str:
    """`read`, a reason of rejection, or another exception's name (which the reader's process turns into a rejection too)."""
    from vanthu import readers, whole
    from vanthu.errors import Rejected
    from vanthu.readers import signatures
    from vanthu.readers.kinds import kind_of

    whole.opens(path)  # in the process that takes files in: what it raises is a crash
    try:
        if path.stat().st_size and (unpack := _UNPACK.get(kind_of(path))):
            for _name, member in unpack(path):
                member.stat()
            return "unpacked"
        readers.read(path)
        signatures.check(path)
    except Rejected as error:
        return error.reason
    except Exception as error:
        return type(error).__name__
    return "read"


def _package(path: Path) -> Iterator[tuple[str, Path]]:
    edxml.envelope(path)
    return edxml.members(path)


_UNPACK = {"zip": unzip.members, "edxml": _package, "message": message.members}


def _blank(
    picture: Any,
    dpi: int,
    number: int,
    notes: tuple[str, ...] = (),
    marks: tuple[Any, ...] = (),
    turned: int | None = None,  # noqa: ARG001 - as the real one is called
) -> Any:
    from models.document import Page
    from vanthu.readers.numbering import Read

    return Read(Page(number, 1, max(1, picture.shape[0]), dpi, "blank", marks=marks, notes=notes))


def _no_picture(*_: Any) -> Any:
    import numpy as np

    return np.full((100, 100, 3), 255, np.uint8)


def _heard(ours: int, until: float) -> Iterator[tuple[int, str]]:
    held = b""
    while time.monotonic() < until and select.select([ours], [], [], SLOW)[0]:
        data = os.read(ours, 1 << 16)
        if not data:
            return
        held += data
        while len(held) >= _SAYS.size:
            number, became = _SAYS.unpack(held[: _SAYS.size])
            held = held[_SAYS.size :]
            yield number, became.rstrip(b"\0").decode("utf-8", "replace")


def _stop(child: int) -> int:
    done, status = os.waitpid(child, os.WNOHANG)
    if not done:
        time.sleep(0.2)
        done, status = os.waitpid(child, os.WNOHANG)
    if not done:
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def main() -> int:
    """Print the table; exit code 1 where an input killed its reader."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=0, help="go on with this input")
    parser.add_argument("--seconds", type=float, default=900)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        outcomes, crashes = fuzz(given.inputs, given.seed, given.seconds, given.keep, Path(folder), given.first)
    for became, count in sorted(outcomes.items()):
        print(f"{became:<42} {count:>6}")
    for crash in crashes:
        print(f"CRASH  {crash}")
    count = sum(outcomes.values())
    print(f"inputs {count}, {given.first} to before {given.first + count}, crashes {len(crashes)}, seed {given.seed}")
    return 1 if crashes else 0


if __name__ == "__main__":
    sys.exit(main())
