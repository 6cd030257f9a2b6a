"""`vanthu desk`: the clerk's web page alone, without schedules and watcher; `vanthu --mat desk`: that of secret documents."""

import click

from vanthu.cli.app import App
from vanthu.messages import say


@click.command(help=say("help.desk"))
@click.pass_obj
def desk(app: App) -> None:
    """The page, until Ctrl-C."""
    from vanthu.desk import serving

    if first := serving.first_address(app.settings):
        # on standard error: `vanthu up` passes that on
        click.echo(say("people.setup", url=first), err=True)
    # On standard output, which `vanthu up` does not pass on: it says itself where the desk is.
    click.echo(say("cli.desk_at", url=app.settings.desk_url(secret=app.secret)))
    serving.serve(app.settings, secret=app.secret)
