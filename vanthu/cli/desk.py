"""`vanthu desk`: the clerk's web page alone, without schedules and watcher."""

import click

from vanthu.cli.app import App
from vanthu.errors import WrongUse
from vanthu.messages import say


@click.command(help=say("help.desk"))
@click.pass_obj
def desk(app: App) -> None:
    """The page, until Ctrl-C."""
    from vanthu.desk import serve

    if app.secret:
        raise WrongUse("cli.no_mat_desk")
    # On standard output, which `vanthu up` does not pass on: it says itself where the desk is.
    click.echo(say("cli.desk_at", url=f"http://127.0.0.1:{app.settings.port}/"))
    serve(app.settings)
