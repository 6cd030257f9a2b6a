"""Đọc trong tiến trình riêng: a file is read in a child process with bounds, so that a hostile one stops only itself.

`read` keeps one server process (`vanthu.readers.server`) and asks it; the server forks a child for each file. What comes back is taken
apart with a list of what may be in it: a child that a file has taken over can lie about the file and do no more here.
"""

import atexit
import io
import json
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import IO, Any

from models import document as models
from models.document import Document
from vanthu.errors import Broken, Crashed, Rejected

Progress = Callable[[int, int], None]

_ALLOWED = {("models.document", name) for name in ("Box", "Document", "Line", "Mark", "Page", "Word")}
_HEAD = 8
_MOST_ANSWER = 4_000_000_000


def read(
    path: Path,
    *,
    password: str | None = None,
    progress: Progress | None = None,
    only: Collection[int] | None = None,
    turned: Mapping[int, int] | None = None,
) -> tuple[Document, list[dict[str, Any]]]:
    """The document and what its signatures say, as `readers.read` and `signatures.check` find them; raises what they raise."""
    asked = {
        "path": os.fsencode(path.absolute()).hex(),
        "password": password,
        "only": sorted(only) if only is not None else None,
        "turned": [*(turned or {}).items()],
        "settings": {name: value for name, value in os.environ.items() if name.startswith("VANTHU_")},
        "folder": str(Path.cwd()),
    }
    return _server().ask(asked, progress)


def answer(path: Path, password: str | None = None) -> tuple[Any, ...]:
    """The same as plain values for somebody else to take apart with `unpacked`."""
    try:
        return ("read", *read(path, password=password))
    except Rejected as error:
        return ("rejected", error.reason, error.detail)


class Server:
    """The process that forks readers; one question at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        # -c and not -m: what runs must not be imported twice
        command = [sys.executable, "-c", "from vanthu.readers.server import serve; serve()"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
        self.owner = os.getpid()

    def ask(self, asked: dict[str, Any], progress: Progress | None) -> tuple[Document, list[dict[str, Any]]]:
        """One file; frames of progress, then the answer."""
        with self._lock:
            try:
                _pipe(self.process.stdin).write(json.dumps(asked).encode() + b"\n")
                _pipe(self.process.stdin).flush()
                while True:
                    kind, *values = _answer(_pipe(self.process.stdout))
                    if kind != "progress":
                        break
                    if progress:
                        progress(*values)
            except BaseException as error:  # whatever happened, what comes next from this server is not ours
                self.end()
                if isinstance(error, BrokenPipeError | EOFError):
                    raise Crashed("server") from error
                raise
        return unpacked((kind, *values))

    def end(self) -> None:
        """Stop it; a reader that works for it dies with it."""
        if self.owner == os.getpid():
            self.process.kill()
            self.process.wait()

    @property
    def lives(self) -> bool:
        """False where it has died, or is another process's."""
        return self.owner == os.getpid() and self.process.poll() is None


_running: list[Server] = []
_starting = threading.Lock()


def _server() -> Server:
    with _starting:
        if not (_running and _running[-1].lives):
            _running[:] = [Server()]
            atexit.register(_running[0].end)
        return _running[0]


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise BrokenPipeError
    return stream


def _answer(stream: IO[bytes]) -> Any:
    size = int.from_bytes(_exactly(stream, _HEAD), "big")
    if size > _MOST_ANSWER:
        raise EOFError
    return Careful(_exactly(stream, size)).load()


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise EOFError
    return data


class Careful(pickle.Unpickler):
    """Takes pages and plain values in, and nothing that runs."""

    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data))

    def find_class(self, module: str, name: str) -> Any:
        """A class of the document's model; UnpicklingError for anything else."""
        if (module, name) in _ALLOWED:
            return getattr(models, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def unpacked(answer: tuple[Any, ...]) -> tuple[Document, list[dict[str, Any]]]:
    """What a reader answered: the document and its signatures; raises what it says went wrong."""
    kind, *values = answer
    if kind == "read":
        return values[0], values[1]
    raise _failure(kind, *values)


def _failure(kind: str, *values: Any) -> Exception:
    """What the child raised: a reason of rejection, a failure of the machine, or that it died."""
    kinds: list[type[Rejected]] = [*Rejected.__subclasses__(), Rejected]
    reasons = {one.reason: one for one in kinds}
    if kind == "rejected" and values[0] in reasons:
        return reasons[values[0]](str(values[1]))
    if kind == "os":
        return OSError(*values)
    if kind == "import":
        return ImportError(str(values[0]))
    return Broken(str(values))
