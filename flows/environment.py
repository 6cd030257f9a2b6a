"""What Prefect must know before it is imported: its home under our outputs, no word to anybody outside, quiet."""

import os
from collections.abc import Mapping
from pathlib import Path

from vanthu.settings import Settings


def variables(settings: Settings, url: str | None) -> dict[str, str]:
    """Prefect's settings. `url`: the server that runs; None: Prefect starts one for the run."""
    chosen = {
        "PREFECT_HOME": str(settings.prefect_home),
        # workers run in the checkout; vanthu.toml lies where the office was started
        "VANTHU_HOME": os.environ.get("VANTHU_HOME") or str(Path.cwd()),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_LOGGING_LEVEL": "ERROR",
        # a rejected file is no error of the run: it is said once, by us, with its reason
        "PREFECT_LOGGING_LOGGERS_PREFECT_TASK_RUNS_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_SERVER_LEVEL": "ERROR",
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
        # a machine under full load keeps Prefect's database waiting longer than its own ten seconds
        "PREFECT_SERVER_DATABASE_TIMEOUT": "60",
        "PREFECT_SERVER_DATABASE_CONNECTION_TIMEOUT": "60",
        # what ran is kept for a month, what happened in it for a week: its database stays small
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs,orphans",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(30 * 86_400),
        "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": "P7D",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    }
    return chosen | ({"PREFECT_API_URL": url} if url else {})


def cleared(environment: Mapping[str, str]) -> dict[str, str]:
    """`environment` without what would lead to a server of somebody else's."""
    return {name: value for name, value in environment.items() if name not in ("PREFECT_API_URL", "PREFECT_API_KEY", "PREFECT_PROFILE")}


def prepare(settings: Settings, url: str | None) -> None:
    """Set Prefect's environment for this process; call it before the first import of Prefect."""
    settings.prefect_home.mkdir(parents=True, exist_ok=True)
    chosen = cleared(os.environ) | variables(settings, url)
    os.environ.clear()
    os.environ.update(chosen)
