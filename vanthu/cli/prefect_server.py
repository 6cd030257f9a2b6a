"""The Prefect server of this office: is it running, what runs on it, and the intake flow through it or through one of its own."""

import os
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

from vanthu.errors import VanthuError, WrongUse
from vanthu.settings import CHECKOUT, Settings

if TYPE_CHECKING:
    from vanthu.cli.children import Children
    from vanthu.pipeline.run import Summary


def running(port: int) -> str | None:
    """The address of the server's API where one answers on this machine, else None."""
    url = f"http://127.0.0.1:{port}/api"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{url}/health", timeout=2) as answer:
            return url if answer.read(16).strip() == b"true" else None
    except (urllib.error.URLError, OSError, ValueError):
        return None


def run_flow(settings: Settings, url: str | None) -> "Summary":
    """The intake as a Prefect flow; without `url` Prefect starts a server for the time of the run."""
    from flows import environment

    environment.prepare(settings, url)
    from flows.intake import intake

    return intake(wait=True)


POOL = "vanthu"
_PREFECT = (sys.executable, "-m", "prefect", "--no-prompt")
_START = 300
"""Seconds that the server has to answer; a first start makes its database."""


def environment_of(settings: Settings, url: str) -> dict[str, str]:
    """The environment of Prefect's programs."""
    from flows import environment

    settings.prefect_home.mkdir(parents=True, exist_ok=True)
    return environment.cleared(os.environ) | environment.variables(settings, url)


def start(settings: Settings, children: "Children") -> str:
    """Start the server; the address of its API. WrongUse where another answers there."""
    url = f"http://127.0.0.1:{settings.prefect_port}/api"
    if running(settings.prefect_port):
        raise WrongUse("up.port_taken", port=settings.prefect_port)
    command = [*_PREFECT, "server", "start", "--host", "127.0.0.1", "--port", str(settings.prefect_port), "--analytics-off"]
    children.start("prefect", command, environment_of(settings, url) | {"PREFECT_SERVER_LOGGING_LEVEL": "ERROR"}, quiet=True)
    return url


def ready(settings: Settings, stop: threading.Event) -> bool:
    """Wait for the server; False where `stop` came first, VanthuError where it never answers."""
    for _ in range(_START * 2):
        if running(settings.prefect_port):
            return True
        if stop.wait(0.5):
            return False
    raise VanthuError("up.no_server", port=settings.prefect_port)


def deploy(settings: Settings, url: str) -> None:
    """The work pool and the deployments of prefect.yaml."""
    _run(settings, url, "work-pool", "create", POOL, "--type", "process", "--overwrite")
    _run(settings, url, "deploy", "--all")


def worker() -> list[str]:
    """The command of a process worker on the pool."""
    return [*_PREFECT, "worker", "start", "--pool", POOL, "--type", "process", "--install-policy", "never", "--limit", "2"]


def make_up_the_night(settings: Settings, url: str) -> None:
    """Ask for one night where none has ended since the last was planned: the machine was off."""
    from vanthu.pipeline import night

    planned = night.last_planned(night.now())
    if not night.made_up(settings, planned):
        _run(settings, url, "deployment", "run", "nightly/nightly", "--param", f"planned_for={planned.isoformat()}")


def _run(settings: Settings, url: str, *words: str) -> None:
    done = subprocess.run([*_PREFECT, *words], env=environment_of(settings, url), cwd=CHECKOUT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise VanthuError("up.prefect_failed", words=" ".join(words), error=(done.stderr or done.stdout)[-2000:])
