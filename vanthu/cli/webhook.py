"""`vanthu webhook`: another program is told of new documents."""

import time

import click

from vanthu.cli.app import App, warn
from vanthu.messages import say

_EVERY = 5.0


@click.command(help=say("help.webhook"))
@click.option("--follow", is_flag=True, help=say("help.mailbox_follow"))
@click.pass_obj
def webhook(app: App, follow: bool) -> None:
    """Once, or again and again."""
    from vanthu.pipeline import webhook as hook

    while True:
        told, failed = hook.tell(app.settings)
        if not follow or failed:
            warn(say("webhook.told", told=told, failed=failed))
        if not follow:
            return
        time.sleep(_EVERY)
