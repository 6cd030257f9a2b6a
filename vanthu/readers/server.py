"""The process that reads files for another: it loads the libraries once and forks a child for each file, with bounds set on it."""

import contextlib
import json
import os
import pickle
import select
import signal
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from vanthu.errors import Rejected, WrongUse
from vanthu.readers import bounds

Tell = Callable[..., None]

SILENCE = 600.0
"""Seconds without a page done after which a reader is stopped."""

_END = {-signal.SIGXCPU: "too_slow"}


def serve() -> None:
    """Answer questions (a JSON line each) until the asker goes."""
    _load()
    answers = os.dup(1)
    os.dup2(2, 1)  # what libraries print is no answer
    waiting, files = b"", 0
    while True:
        line, _, rest = waiting.partition(b"\n")
        if rest or waiting.endswith(b"\n"):
            waiting, files = rest, files + 1
            if files == 2:
                _load_for_many()
            _one(json.loads(line), answers)
            continue
        more = os.read(0, 1 << 16)  # unbuffered: select must see what is there
        if not more:
            return
        waiting += more


def _load() -> None:
    import cv2
    import pikepdf

    from vanthu.readers import docx, images, notes, pdf, xlsx

    _ = cv2, pikepdf, docx, images, notes, pdf, xlsx


def _load_for_many() -> None:
    """What a reader of scans loads when it first needs it, for all files that follow; who asks for one file does not wait for it."""
    from vanthu.ocr import compounds, engine

    compounds.known()
    with contextlib.suppress(WrongUse):  # settings that do not hold are told of where they are asked for
        engine.keep(os.cpu_count() or 1)


def _one(asked: dict[str, Any], answers: int) -> None:
    """One file: fork, pass on what the child says, stop it where it says nothing for too long or where nobody listens any more."""
    with TemporaryDirectory(prefix="vanthu-") as folder:
        ours, its = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(ours)
            _child(asked, its, folder)
        os.close(its)
        said, why = _listen(ours, answers)
        os.close(ours)
        _kill(child)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if not said:
            reason = why or _END.get(status, "crashed")
            _send(answers, "rejected", reason, f"exit {status}")


def _listen(ours: int, answers: int) -> tuple[bool, str | None]:
    """(the answer came, why the child is to be stopped)."""
    held = b""
    last = time.monotonic()
    while True:
        ready, _, _ = select.select([ours, 0], [], [], max(0.0, last + SILENCE - time.monotonic()))
        if 0 in ready and not select.select([ours], [], [], 0)[0] and _hung_up():
            return True, None
        if not ready:
            return False, "too_slow"
        if ours not in ready:
            continue
        data = os.read(ours, 1 << 20)
        if not data:
            return False, None
        held, last = held + data, time.monotonic()
        while len(held) >= 9 and len(held) >= 9 + (size := int.from_bytes(held[1:9], "big")):
            final, frame, held = held[:1], held[1 : 9 + size], held[9 + size :]
            _write(answers, frame)
            if final == b"!":
                return True, None


def _hung_up() -> bool:
    poll = select.poll()
    poll.register(0, select.POLLHUP)
    return any(event & (select.POLLHUP | select.POLLERR) for _, event in poll.poll(0))


def _kill(child: int) -> None:
    """The child and what it has started."""
    for kill, number in ((os.killpg, child), (os.kill, child)):
        try:
            kill(number, signal.SIGKILL)
        except ProcessLookupError:
            continue


def _child(asked: dict[str, Any], its: int, folder: str) -> None:
    """Read one file and say what came of it; never returns."""

    def tell(*values: Any, final: bool = True) -> None:
        data = pickle.dumps(values, protocol=5)
        _write(its, (b"!" if final else b".") + len(data).to_bytes(8, "big") + data)

    try:
        os.setsid()
        os.chdir(asked.get("folder", "/"))  # settings are the asker's
        os.environ.update(asked.get("settings", {}), TMPDIR=folder)
        bounds.confine()
        _read(asked, tell)
    except MemoryError:
        tell("rejected", "too_large", "MemoryError")
    except Rejected as error:
        tell("rejected", error.reason, error.detail)
    except ImportError as error:
        tell("import", str(error))
    except OSError as error:
        if error.errno is None:
            tell("rejected", "failed", f"{type(error).__name__}: {error}")
        else:
            tell("os", error.errno, error.strerror, str(error.filename))
    except BaseException as error:
        tell("rejected", "failed", f"{type(error).__name__}: {error}"[:500])
    finally:
        os._exit(0)


def _read(asked: dict[str, Any], tell: Tell) -> None:
    from vanthu import readers
    from vanthu.readers import signatures

    path = Path(os.fsdecode(bytes.fromhex(asked["path"])))
    document = readers.read(
        path,
        password=asked["password"],
        progress=lambda done, every: tell("progress", done, every, final=False),
        only=asked["only"],
        turned=dict(asked["turned"]),
    )
    signed = [signature.as_json() for signature in signatures.check(path, asked["password"])]
    tell("read", document, signed)


def _send(answers: int, *values: Any) -> None:
    data = pickle.dumps(values, protocol=5)
    _write(answers, len(data).to_bytes(8, "big") + data)


def _write(to: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(to, view) :]
