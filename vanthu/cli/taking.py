"""Commands of the way in: intake, rejected, retry, reread, attach."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vanthu import said
from vanthu.cli.app import AS_JSON, FILE, ID, PASSWORD, App, print_json, progress, warn
from vanthu.errors import ExitCode, Rejected, WrongUse
from vanthu.messages import field, reason, say
from vanthu.settings import VIETNAM

if TYPE_CHECKING:
    from vanthu.pipeline.job import Job, Outcome
    from vanthu.pipeline.run import Summary


@click.command(help=say("help.intake"))
@click.pass_obj
def intake(app: App) -> ExitCode:
    """What is whole in the inbox, once."""
    from vanthu.cli import prefect_server

    if app.secret:
        raise WrongUse("cli.no_mat_intake")
    url = prefect_server.running(app.settings.prefect_port)
    if url:
        warn(say("cli.through_prefect", at=f"{datetime.now(VIETNAM):%H:%M %d/%m}", url=url))
        summary = prefect_server.run_flow(app.settings, url)
    else:
        from vanthu.pipeline import run

        summary = run.intake(app.settings, run.Steps(read=_read))
    tell(summary.outcomes)
    click.echo(last_line(summary))
    return ExitCode.REJECTED if summary.count("rejected") else ExitCode.DONE


def _read(job: "Job") -> None:
    """The reading step with a bar by page."""
    from vanthu.pipeline import steps

    with progress(job.file.name) as move:
        steps.read(job, move)


def last_line(summary: "Summary") -> str:
    """The line that scripts read."""
    return ", ".join(f"{name} {number}" for name, number in summary.counts().items())


def tell(outcomes: Sequence["Outcome"]) -> None:
    """What became of each file: what was rejected on standard error, the rest on standard output."""
    for outcome in outcomes:
        if outcome.kind == "rejected":
            warn(say("cli.was_rejected", name=outcome.name, reason=reason(outcome.reason)))
        elif outcome.kind == "attached":
            click.echo(say("cli.was_attached", name=outcome.name or "–", id=outcome.entry_id))
        elif outcome.kind == "duplicate":
            click.echo(say("cli.duplicate", name=outcome.name or "–", id=outcome.entry_id or "–"))
        elif outcome.secret:
            click.echo(say("cli.secret", number=outcome.number))
        else:
            _tell_registered(outcome)


def _tell_registered(outcome: "Outcome") -> None:
    key = "cli.registered_pages" if outcome.pages else "cli.registered"
    click.echo(say(key, name=outcome.name, pages=said.pages(outcome.pages), number=outcome.number, code=outcome.code or "–"))
    if outcome.proposed:
        click.echo(say("cli.proposed", id=outcome.entry_id, pages=said.pages(outcome.proposed), page=outcome.proposed[0]))
    if outcome.looks:
        click.echo(say("cli.looks", fields=", ".join(dict.fromkeys(field(look.partition(".")[0]) for look in outcome.looks))))
    for known in outcome.probable_duplicates:
        click.echo(say("cli.probable_duplicate", id=known))


@click.command(help=say("help.rejected"))
@AS_JSON
@click.pass_obj
def rejected(app: App, as_json: bool) -> None:
    """Files that could not be read."""
    files = app.register.rejected()
    if as_json:
        print_json([file | {"kind": file["reason"], "reason": reason(file["reason"])} for file in files])
        return
    if not files:
        warn(say("cli.none_rejected"))
    for file in files:
        click.echo(f"{file['id']:>5}  {file['file']}: {reason(file['reason'])}\n       {file['kept']}")


@click.command(help=say("help.retry"))
@click.argument("file_id", metavar="ID", type=int)
@PASSWORD
@click.pass_obj
def retry(app: App, file_id: int, password: str | None) -> ExitCode:
    """A rejected file tried again."""
    from vanthu.pipeline import again

    outcome = again.retry(app.place, file_id, password)
    tell(outcome.each)
    return ExitCode.REJECTED if outcome.kind == "rejected" else ExitCode.DONE


@click.command(help=say("help.reread"))
@click.argument("entry_ids", nargs=-1, metavar="[ID...]")
@PASSWORD
@click.pass_obj
def reread(app: App, entry_ids: tuple[str, ...], password: str | None) -> ExitCode:
    """Entries read again by today's rules."""
    from vanthu.pipeline import again

    register = app.register
    known = [register.resolve(entry_id) for entry_id in entry_ids]
    if not entry_ids:
        known = sorted(
            line["id"] for line in register.entries(limit=register.count(state="registered") or 1, state="registered", has_file=True)
        )
    unread = 0
    for entry_id in known:
        try:
            with progress(f"id {entry_id}") as move:
                lost = again.reread(app.place, entry_id, move, password)
        except Rejected as error:  # read once with a password that is not kept: the entry stays as it is
            warn(say("cli.not_reread", id=entry_id, reason=error))
            unread += 1
            continue
        for correction in lost:
            warn(say("cli.lost_correction", id=entry_id, correction=correction))
    warn(say("cli.reread_done", count=len(known) - unread))
    return ExitCode.REJECTED if unread else ExitCode.DONE


@click.command(help=say("help.attach"))
@ID
@FILE
@PASSWORD
@click.pass_obj
def attach(app: App, entry_id: str, file: Path, password: str | None) -> None:
    """A further file of the same entry."""
    from vanthu.pipeline import again

    known = app.register.resolve(entry_id)
    outcome = again.attach(app.place, known, file, password)
    warn(say("cli.attached", id=known, name=file.name))
    if outcome.reason:
        warn(say("cli.attached_unread", name=file.name, reason=reason(outcome.reason)))
