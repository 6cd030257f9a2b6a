"""`vanthu mailbox`: messages with attachments from the office's mailbox to the inbox."""

import time

import click

from vanthu.cli.app import App, warn
from vanthu.errors import VanthuError, WrongUse
from vanthu.messages import say


@click.command(help=say("help.mailbox"))
@click.option("--follow", is_flag=True, help=say("help.mailbox_follow"))
@click.pass_obj
def mailbox(app: App, follow: bool) -> None:
    """Once, or every few minutes."""
    from vanthu.pipeline import mailbox as box

    while True:
        try:
            found = box.fetch(app.settings)
        except WrongUse:
            raise
        except VanthuError as error:
            if not follow:
                raise
            warn(str(error))
        else:
            if not follow or found.taken:
                warn(say("mailbox.fetched", taken=found.taken, known=found.known, empty=found.empty))
        if not follow:
            return
        time.sleep(app.settings.mailbox.minutes * 60)
