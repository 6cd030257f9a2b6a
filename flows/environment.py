"""What Prefect must know before it is imported: its home under our outputs, no word to anybody outside, quiet."""

import os

from vanthu.settings import Settings


def prepare(settings: Settings, url: str | None) -> None:
    """Set Prefect's environment for this process; call it before the first import of Prefect.

    `url`: the server that runs; None: Prefect starts one for the run. A server of somebody else's is never used.
    """
    settings.prefect_home.mkdir(parents=True, exist_ok=True)
    os.environ |= {
        "PREFECT_HOME": str(settings.prefect_home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_LOGGING_LEVEL": "ERROR",
        "PREFECT_LOGGING_SERVER_LEVEL": "ERROR",
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    }
    os.environ.pop("PREFECT_API_URL", None)
    os.environ.pop("PREFECT_API_KEY", None)
    os.environ.pop("PREFECT_PROFILE", None)
    if url:
        os.environ["PREFECT_API_URL"] = url
