"""`vanthu demo`, the main job of `make run`: the sample dispatch through the whole path, and what came of it."""

import shutil
from typing import TYPE_CHECKING

import click

from vanthu.cli.app import App, warn
from vanthu.cli.shown import entry_lines
from vanthu.errors import ExitCode
from vanthu.messages import say
from vanthu.samples import SAMPLE

if TYPE_CHECKING:
    from vanthu.register import Register


@click.command(help=say("help.demo"))
@click.pass_obj
def demo(app: App) -> ExitCode:
    """The sample, registered once, and shown."""
    from vanthu.cli import prefect_server, taking
    from vanthu.exports.record_json import paths

    code = ExitCode.DONE
    entry_id = _sample_entry(app.register)
    if entry_id is None:
        _drop(app)
        warn(say("demo.running", inbox=app.settings.inbox))
        summary = prefect_server.run_flow(app.settings, prefect_server.running(app.settings.prefect_port))
        taking.tell(summary.outcomes)
        click.echo(taking.last_line(summary) + "\n")
        code = ExitCode.REJECTED if summary.count("rejected") else code
        entry_id = _sample_entry(app.register)
    else:
        warn(say("demo.known"))
    if entry_id is None:
        return ExitCode.REJECTED
    shown = app.register.show(entry_id)
    click.echo("\n".join(entry_lines(shown)) + "\n")
    record, text = paths(app.settings.outputs, entry_id)
    click.echo(say("demo.where", register=app.settings.outputs / "register.db", kept=shown["files"][0]["kept"], record=record, text=text))
    click.echo(say("demo.next", number=shown["number"], inbox=app.settings.inbox))
    return code


def _sample_entry(register: "Register") -> int | None:
    """The entry of the sample, None where it is not registered."""
    from vanthu.register.store import hash_of

    return register.entry_of(hash_of(SAMPLE))


def _drop(app: App) -> None:
    """Put the sample into the inbox as a scanner does: under a passing name first."""
    app.settings.inbox.mkdir(parents=True, exist_ok=True)
    passing = app.settings.inbox / f".{SAMPLE.name}.part"
    shutil.copyfile(SAMPLE, passing)
    passing.rename(app.settings.inbox / SAMPLE.name)
