"""Commands on what is kept and for how long: destroy, backup, restore."""

from pathlib import Path

import click

from vanthu import said
from vanthu.cli.app import AS_JSON, App, print_json, progress, warn
from vanthu.cli.changing import who
from vanthu.errors import ExitCode, WrongUse
from vanthu.messages import say


@click.command(help=say("help.destroy"))
@click.argument("entry_ids", nargs=-1, metavar="[ID...]")
@click.option("--reason", help=say("help.decision"))
@AS_JSON
@click.pass_obj
def destroy(app: App, entry_ids: tuple[str, ...], reason: str | None, as_json: bool) -> None:
    """Entries whose term has run out: listed, or destroyed by a decision."""
    from vanthu.pipeline import retention

    if entry_ids:
        if not (reason or "").strip():
            raise WrongUse("cli.no_decision")
        known = [app.register.resolve(entry_id) for entry_id in entry_ids]
        retention.destroy(app.place, known, str(reason).strip(), who())
        warn(say("cli.destroyed", count=len(known)))
        return
    expired = retention.expired(app.place)
    if as_json:
        print_json(expired)
        return
    if not expired:
        warn(say("cli.none_expired" if app.settings.retention else "cli.no_terms"))
    for line in expired:
        click.echo(f"{line['number']} (id {line['id']})  {said.day(line['received_on'])}  {line['code'] or '–'}  {line['subject'] or ''}")


@click.command(help=say("help.backup"))
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def backup(app: App, folder: Path | None) -> None:
    """A copy of everything, while the office works on."""
    from vanthu.pipeline import backups

    with progress(say("help.backup")) as move:
        made = backups.make(app.settings, folder, move)
    click.echo(str(made.folder))
    warn(say("cli.backed_up", folder=made.folder, files=made.files, copied=made.copied, megabytes=round(made.bytes / 1e6)))


@click.command(help=say("help.restore"))
@click.argument("source", metavar="BACKUP", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("target", metavar="FOLDER", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def restore(app: App, source: Path, target: Path) -> ExitCode:
    """A backup into an empty folder, which can then be set as the outputs."""
    from vanthu.pipeline import restoring

    with progress(say("help.restore")) as move:
        faults = restoring.restore(app.settings, source, target, move)
    for fault in faults:
        click.echo(fault)
    warn(say("cli.restored", folder=target) if not faults else say("cli.restored_badly", folder=target))
    return ExitCode.FAULTS if faults else ExitCode.DONE
