"""`vanthu digest`: today's digest, shown, and mailed where that is asked."""

import click

from vanthu.cli.app import App, warn
from vanthu.errors import NotSent, WrongUse
from vanthu.messages import say
from vanthu.said import day


@click.command(help=say("help.digest"))
@click.option("--mail", is_flag=True, help=say("help.mail"))
@click.option("--again", is_flag=True, help=say("help.again"))
@click.pass_obj
def digest(app: App, mail: bool, again: bool) -> None:
    """What the morning is told."""
    from vanthu.exports import digest as digests
    from vanthu.pipeline import mailing, night

    if app.secret:
        raise WrongUse("cli.no_mat_digest")
    told = night.summarise(app.settings)
    click.echo(digests.text(told), nl=False)
    warn(say("cli.written", path=app.settings.outputs / "digest" / f"{told.day}.html"))
    if not (mail or again):
        return
    mailed = mailing.send(app.settings, told, again=again)
    if mailed.state == "failed":
        raise NotSent("mail.failed", day=day(told.day), error=mailed.error)
    if mailed.state == "off":
        raise WrongUse("mail.off")
    warn(say(f"mail.{mailed.state}", day=day(told.day), to=", ".join(app.settings.mail.to)))
    if mailed.error:
        warn(mailed.error)
