"""`vanthu desk`: the clerk's web page alone, without schedules and watcher; `vanthu --mat desk`: that of secret documents."""

import click

from vanthu.cli.app import App
from vanthu.messages import say
from vanthu.people import setup


@click.command(help=say("help.desk"))
@click.pass_obj
def desk(app: App) -> None:
    """The page, until Ctrl-C."""
    from vanthu.desk import app as made
    from vanthu.desk import serving

    page = made(app.settings, secret=app.secret)
    first = None if app.secret else setup.first_address(app.settings)
    if first:
        click.echo(say("people.setup", url=first), err=True)
    # On standard output, which `vanthu up` does not pass on: it says itself where the desk is.
    click.echo(say("cli.desk_at", url=app.settings.desk_url(secret=app.secret)))
    serving.serve(app.settings, page, secret=app.secret)
