"""Commands on what people corrected: cases."""

from pathlib import Path

import click

from vanthu.cli.app import App, progress, warn
from vanthu.errors import ExitCode
from vanthu.messages import say


@click.group(help=say("help.cases"))
def cases() -> None:
    """Corrections as cases of the rules."""


@cases.command(help=say("help.cases_export"))
@click.option("--out", metavar="DIR", type=click.Path(file_okay=False, path_type=Path), help=say("help.cases_out"))
@click.pass_obj
def export(app: App, out: Path | None) -> ExitCode:
    """Write the cases; nothing is sent."""
    from vanthu.pipeline.cases import export as write

    with progress(say("help.cases")) as move:
        written, unread = write(app.place, out or app.place.folder / "cases", move)
    for path, count in written.items():
        click.echo(say("cases.written", path=path, count=count))
    for entry_id in unread:
        warn(say("cases.unread", id=entry_id))
    warn(say("cases.look" if written else "cases.none"))
    return ExitCode.REJECTED if unread else ExitCode.DONE
