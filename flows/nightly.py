"""Việc ban đêm as a Prefect flow: intake, then due and late items, then the night's summary under the outputs."""

from datetime import datetime
from pathlib import Path

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run

from flows.intake import intake
from vanthu import settings
from vanthu.pipeline import night
from vanthu.pipeline.run import Summary


@task(cache_policy=NO_CACHE, retries=2, retry_delay_seconds=30)
def summarise(taken: Summary) -> Path:
    """Due and late items, what came in and what waits for a person, as text and HTML; tried again where the register was busy."""
    return night.summarise(settings.load(), taken)


@task(cache_policy=NO_CACHE, retries=2, retry_delay_seconds=30)
def audit() -> None:
    """The day's events, copied."""
    night.audit(settings.load())


@flow(name="nightly", flow_run_name="nightly", persist_result=False, validate_parameters=False)
def nightly(planned_for: datetime | None = None) -> Path | None:
    """One night. None where a night that ended after `planned_for` (else this run's planned time) has made it up already."""
    chosen = settings.load()
    if night.made_up(chosen, planned_for or flow_run.scheduled_start_time or night.now()):
        return None
    summary = summarise(intake(wait=True))
    audit()
    night.end(chosen)
    create_markdown_artifact(f"```\n{summary.read_text(encoding='utf-8')}\n```", key="nightly", description=str(summary))
    return summary
