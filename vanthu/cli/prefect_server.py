"""The Prefect server of this office: is it running, and the intake flow through it or through one of its own."""

import urllib.error
import urllib.request
from typing import TYPE_CHECKING

from vanthu.settings import Settings

if TYPE_CHECKING:
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
