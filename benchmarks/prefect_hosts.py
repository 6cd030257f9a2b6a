"""A Prefect server on PostgreSQL and process workers on its work pool, each a program of its own as on machines of their own."""

import os
import pwd
import shutil
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp

from benchmarks.hosts import Processes, end, free_port, started
from flows.environment import cleared
from vanthu.pipeline.pool import NAME

_START = 400
"""Seconds that the server has to answer on a machine that is busy."""


def postgres_programs() -> Path | None:
    """Debian's folder of PostgreSQL, None where it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


class Hosts:
    """PostgreSQL, the server on it, and the workers that were started; `close` ends all."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.programs = folder, free_port(), postgres_programs()
        self.data = Path(mkdtemp(prefix="vanthu-pg-"))
        self.database = self._postgres()
        self.processes: Processes = [self._server()]
        self._ready()

    @property
    def api(self) -> str:
        """What `cluster` is set to."""
        return f"http://127.0.0.1:{self.port}/api"

    def worker(self, core: int) -> "subprocess.Popen[bytes]":
        """A machine: one core, one errand at a time."""
        held = ["taskset", "-c", str(core % (os.cpu_count() or 1))]
        command = [sys.executable, "-m", "prefect", "--no-prompt", "worker", "start", "--pool", NAME, "--type", "process", "--limit", "1"]
        process = started([*held, *command, "--install-policy", "never"], self._environment(f"worker{len(self.processes)}"))
        self.processes.append(process)
        return process

    def close(self) -> None:
        end(self.processes)
        with suppress(subprocess.CalledProcessError):
            self._as_postgres("pg_ctl", "-D", self.data, "-m", "immediate", "stop")
        shutil.rmtree(self.data, ignore_errors=True)

    def _environment(self, name: str) -> dict[str, str]:
        more = {
            "PREFECT_HOME": str(self.folder / name),
            "PREFECT_API_URL": self.api,
            "PREFECT_SERVER_DATABASE_CONNECTION_URL": self.database,
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "DO_NOT_TRACK": "1",
            "PREFECT_LOGGING_LEVEL": "ERROR",
            "PREFECT_WORKER_QUERY_SECONDS": "2",
        }
        return cleared(os.environ) | more

    def _postgres(self) -> str:
        """Its address; PostgreSQL does not run as root."""
        port = free_port()
        if os.getuid() == 0:
            shutil.chown(self.data, "postgres", "postgres")
        self._as_postgres("initdb", "-D", self.data, "-U", "prefect", "--auth=trust", "-E", "UTF8", "--no-locale")
        how = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.data}"
        self._as_postgres("pg_ctl", "-D", self.data, "-w", "-l", self.data / "log", "-o", how, "start")
        return f"postgresql+asyncpg://prefect@127.0.0.1:{port}/postgres"

    def _as_postgres(self, program: str, *words: object) -> None:
        command = [str(self.programs / program) if self.programs else program, *map(str, words)]
        user = pwd.getpwnam("postgres") if os.getuid() == 0 else None
        who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", **who)  # type: ignore[call-overload]

    def _server(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "prefect", "--no-prompt", "server", "start", "--host", "127.0.0.1", "--port", str(self.port)]
        return started([*command, "--analytics-off"], self._environment("server"))

    def _ready(self) -> None:
        until = time.monotonic() + _START
        while time.monotonic() < until:
            with suppress(OSError), urllib.request.urlopen(f"{self.api}/health", timeout=2) as answer:
                if answer.read(16).strip() == b"true":
                    return
            time.sleep(0.5)
        self.close()
        raise TimeoutError("the server does not answer")
