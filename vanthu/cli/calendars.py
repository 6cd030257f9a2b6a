"""`vanthu calendar`: due dates for Outlook, Google Calendar, Thunderbird."""

from pathlib import Path

import click

from vanthu.cli.app import App, warn
from vanthu.errors import WrongUse
from vanthu.messages import say


@click.command(help=say("help.calendar"))
@click.argument("out", metavar="OUT.ics", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--unit", metavar="NAME", help=say("help.unit"))
@click.option("--ours", is_flag=True, help=say("help.ours"))
@click.pass_obj
def calendar(app: App, out: Path, unit: str | None, ours: bool) -> None:
    """All due dates as one file."""
    from vanthu.exports import calendar_feed
    from vanthu.exports.files import write_whole_bytes

    if out.suffix.lower() != ".ics":
        raise WrongUse("export.suffix", path=out, known=".ics")
    with app.place.private():
        write_whole_bytes(out, calendar_feed.feed(app.register.base, unit, ours=ours))
    warn(say("cli.written", path=out))
