"""Tiếp nhận as a Prefect flow: each step of each file a task, named by the file where it is known not to be secret."""

from collections.abc import Callable
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from vanthu import said, settings
from vanthu.errors import Busy, VanthuError
from vanthu.inbox import Arrival
from vanthu.messages import reason, say
from vanthu.pipeline import run, steps
from vanthu.pipeline.job import Job, Outcome
from vanthu.pipeline.place import Place
from vanthu.register import File


def worth_trying_again(_task: Any, _run: Any, state: Any) -> bool:
    """Not where the file itself is at fault: it will be as bad in five seconds."""
    return not isinstance(state.result(raise_on_failure=False), VanthuError)


def named(step: str) -> Callable[..., str]:
    """Name of a task run: the file's id, and its name once the record says that it is not secret. Prefect never forgets a name."""

    def name(parameters: dict[str, Any]) -> str:
        job: Job = parameters["job"]
        return f"{step} {job.file.id}" + ("" if job.record is None or job.secret else f" {job.file.name}")

    return name


@task(task_run_name="claim", cache_policy=NO_CACHE)
def claim(place: Place, arrival: Arrival) -> File | None:
    """Inbox → store and register."""
    return steps.claim(place, arrival)


@task(task_run_name=named("read"), cache_policy=NO_CACHE, retries=1, retry_delay_seconds=5, retry_condition_fn=worth_trying_again)
def read(job: Job) -> None:
    """File → document."""
    steps.read(job)


@task(task_run_name=named("extract"), cache_policy=NO_CACHE)
def extract(job: Job) -> None:
    """Document → record."""
    steps.extract(job)


@task(
    task_run_name=named("register"),
    cache_policy=NO_CACHE,
    retries=2,
    retry_delay_seconds=5,
    retry_condition_fn=worth_trying_again,
)
def register(job: Job) -> None:
    """Record → entry; tried again where the register was busy."""
    steps.register(job)


@task(task_run_name=named("write"), cache_policy=NO_CACHE)
def write(job: Job) -> None:
    """Entry → files under the outputs."""
    steps.write(job)


@flow(name="intake", flow_run_name="intake", persist_result=False, validate_parameters=False)
def intake(wait: bool = False) -> run.Summary:
    """Read what is whole in the inbox, once. A bad file never fails the run; where another intake runs, `wait` for it or end at once."""
    try:
        summary = run.intake(settings.load(), run.Steps(claim, read, extract, register, write), wait=wait)
    except Busy:
        return run.Summary()
    counts = ", ".join(f"{name} {number}" for name, number in summary.counts().items())
    create_markdown_artifact(table(summary.outcomes), key="intake", description=counts)
    return summary


def table(outcomes: list[Outcome]) -> str:
    """The run's table in Markdown; of a secret document nothing but that there was one."""
    heads = "| {} | {} | {} | {} |\n|---|---|---|---|\n".format(*(say(f"table.{name}") for name in ("file", "outcome", "number", "code")))
    return heads + "\n".join(_line(outcome) for outcome in outcomes)


def _line(outcome: Outcome) -> str:
    result = say(f"outcome.{outcome.kind}") + (f": {reason(outcome.reason)}" if outcome.reason else "")
    name = say("table.secret") if outcome.secret else outcome.name + (f" ({said.pages(outcome.pages)})" if outcome.pages else "")
    cells = (name, result, "" if outcome.secret else outcome.number, outcome.code)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
