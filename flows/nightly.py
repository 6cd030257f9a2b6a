"""Việc ban đêm as a Prefect flow: intake, then due and late items, then the night's digest under the outputs and by mail."""

from datetime import datetime
from pathlib import Path

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run

from flows.intake import intake
from vanthu import settings
from vanthu.errors import NotSent
from vanthu.exports import digest
from vanthu.pipeline import mailing, night
from vanthu.pipeline.run import Summary


@task(cache_policy=NO_CACHE, retries=2, retry_delay_seconds=30)
def summarise(taken: Summary) -> digest.Digest:
    """What came in, waits and is due, as text, HTML and calendar; tried again where the register was busy."""
    return night.summarise(settings.load(), taken)


@task(cache_policy=NO_CACHE, retries=2, retry_delay_seconds=60)
def mail(told: digest.Digest) -> None:
    """The digest through the office's mail server, where one is set; tried again where that fails."""
    mailed = mailing.send(settings.load(), told)
    if mailed.state == "failed":
        raise NotSent("mail.failed", day=told.day, error=mailed.error)


@task(cache_policy=NO_CACHE, retries=2, retry_delay_seconds=30)
def audit() -> None:
    """The day's events, copied."""
    night.audit(settings.load())


@task(cache_policy=NO_CACHE)
def back_up() -> list[str]:
    """A backup, and a trial of restoring it; what is wrong with it."""
    return night.back_up(settings.load())


@flow(name="nightly", flow_run_name="nightly", persist_result=False, validate_parameters=False)
def nightly(planned_for: datetime | None = None) -> Path | None:
    """One night. None where a night that ended after `planned_for` (else this run's planned time) has made it up already."""
    chosen = settings.load()
    if night.made_up(chosen, planned_for or flow_run.scheduled_start_time or night.now()):
        return None
    told = summarise(intake(wait=True))
    audit()
    mail(told, return_state=True)  # a server that does not answer is no reason to do the night again
    if chosen.keeping.nightly and (faults := back_up(return_state=True).result(raise_on_failure=False)):
        create_markdown_artifact(f"```\n{faults}\n```", key="backup", description=str(faults))
    night.end(chosen)
    create_markdown_artifact(f"```\n{digest.text(told)}\n```", key="nightly", description=told.subject)
    return chosen.outputs / "digest" / f"{told.day}.txt"
