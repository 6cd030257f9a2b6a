"""The watched inbox: the folder is listed on a timer, since shares send no events, and whole files start an intake."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime

from vanthu import inbox
from vanthu.cli.app import warn
from vanthu.exports.files import to_json, write_whole
from vanthu.messages import say
from vanthu.settings import VIETNAM, Settings

EVERY = 2.0
"""Seconds between two looks at the inbox."""


def watch(settings: Settings, stop: threading.Event, between: Callable[[], None]) -> None:
    """Look at the inbox until `stop`; `between` is called after each look. Each intake runs in a process of its own."""
    look = inbox.Look((), (), 0.0, {})
    while not stop.is_set():
        try:
            look = inbox.look(settings.inbox, settings.quiet, look.seen)
            _note(settings, look)
            if look.whole:
                _intake(stop)
        except OSError as error:
            # A share that went away comes back; the next look sees it.
            warn(say("up.no_inbox", path=settings.inbox, error=error.strerror or error))
        between()
        stop.wait(EVERY)


def _note(settings: Settings, look: inbox.Look) -> None:
    """Where the desk reads when the inbox was last looked at."""
    looked = {"looked_at": datetime.now(VIETNAM).isoformat(timespec="seconds"), "whole": len(look.whole), "waiting": len(look.waiting)}
    write_whole(settings.outputs / "status.json", to_json(looked) + "\n")


def _intake(stop: threading.Event) -> None:
    """One intake; on Ctrl-C it is asked to stop, and what it had begun goes on at the next start."""
    process = subprocess.Popen([sys.executable, "-m", "vanthu", "intake"], start_new_session=True, stdin=subprocess.DEVNULL, env=os.environ)
    while process.poll() is None:
        if stop.wait(0.2):
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
