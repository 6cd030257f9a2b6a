"""`vanthu up`: Prefect's server with its schedules and worker, the watched inbox and the desk, in one command."""

import signal
import sys
import threading
from types import FrameType

import click

from vanthu.cli.app import App, warn
from vanthu.cli.children import Children
from vanthu.cli.watching import watch
from vanthu.errors import Busy, WrongUse
from vanthu.messages import say
from vanthu.people import accounts, has_people, open_people, setup
from vanthu.pipeline.lock import only_one
from vanthu.settings import CHECKOUT, Settings


@click.command(help=say("help.up"))
@click.pass_obj
def up(app: App) -> None:
    """All that an office needs, until Ctrl-C."""
    from vanthu.cli import prefect_server
    from vanthu.pipeline import webhook

    if app.secret:
        raise WrongUse("cli.no_mat_intake")
    settings = app.settings
    settings.inbox.mkdir(parents=True, exist_ok=True)
    stop = _stop_on_signals()
    warn(say("up.starting"))
    try:
        with only_one(settings.outputs, wait=False, name="up.lock"), Children(stop, settings.outputs / "logs") as children:
            url = prefect_server.start(settings, children)
            children.start("desk", [sys.executable, "-m", "vanthu", "desk"], quiet=True)
            _serve_secrets(settings, children)
            if settings.mailbox.host:
                children.start("mailbox", [sys.executable, "-m", "vanthu", "mailbox", "--follow"], quiet=True)
            if settings.webhook.url:
                webhook.begin(settings)
                children.start("webhook", [sys.executable, "-m", "vanthu", "webhook", "--follow"], quiet=True)
            if prefect_server.ready(settings, stop) and not stop.is_set():
                prefect_server.deploy(settings, url)
                children.start("worker", prefect_server.worker(), prefect_server.environment_of(settings, url), CHECKOUT, quiet=True)
                prefect_server.make_up_the_night(settings, url)
                _say_where(settings, url)
                watch(settings, stop, lambda: _tend(settings, children))
    except Busy:
        raise Busy("up.busy", outputs=settings.outputs) from None
    warn(say("up.stopped"))


def _tend(settings: Settings, children: Children) -> None:
    """What is done between two looks at the inbox."""
    children.mend()
    _serve_secrets(settings, children)


def _serve_secrets(settings: Settings, children: Children) -> None:
    """The desk of secret documents runs from the moment on in which somebody is cleared for them."""
    if "desk --mat" not in children.names and _somebody_is_cleared(settings):
        children.start("desk --mat", [sys.executable, "-m", "vanthu", "--mat", "desk"], quiet=True)


def _somebody_is_cleared(settings: Settings) -> bool:
    if not settings.desk.mat_port or not has_people(settings.outputs):
        return False
    people = open_people(settings.outputs)
    try:
        return accounts.any_cleared(people)
    finally:
        people.close()


def _say_where(settings: Settings, url: str) -> None:
    desk = settings.desk_url()
    if first := setup.first_address(settings):  # the desk's own code has gone to its log; the newest is the one that counts
        warn(say("people.setup", url=first))
    warn(say("up.ready", desk=desk, prefect=url.removesuffix("/api"), inbox=settings.inbox, outputs=settings.outputs))


def _stop_on_signals() -> threading.Event:
    """An event that Ctrl-C and `kill` set; what runs then ends in order."""
    stop = threading.Event()

    def asked(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, asked)
    return stop
