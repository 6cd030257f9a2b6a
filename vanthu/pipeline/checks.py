"""Kiểm tra: the registers, their stores and what lies under the outputs."""

import os

from vanthu.exports import record_json
from vanthu.messages import say
from vanthu.pipeline import mailing
from vanthu.pipeline.place import Place
from vanthu.said import day


def faults(place: Place) -> list[str]:
    """One sentence for each thing that is not as it should be, of the secret register too where there is one."""
    found = [*place.register.check(), *_outputs(place)]
    if not place.secret and not os.access(place.settings.inbox, os.R_OK | os.W_OK | os.X_OK):
        found.append(say("check.inbox", path=place.settings.inbox))
    if place.has_apart:
        found += [f"mat: {fault}" for fault in (*place.apart.register.check(), *_outputs(place.apart))]
    return found + _open_to_others(place) + _unsent(place)


def _outputs(place: Place) -> list[str]:
    lines = place.register.entries(limit=place.register.count(state="registered") or 1, state="registered", has_file=True)
    missing = [line["id"] for line in lines if not all(path.is_file() for path in record_json.paths(place.folder, line["id"]))]
    return [say("check.outputs", id=entry_id) for entry_id in missing]


def _open_to_others(place: Place) -> list[str]:
    """The folder of secret documents must be the owner's alone."""
    folder = place.settings.secret_outputs
    return [say("check.mat_open", path=folder)] if folder.is_dir() and folder.stat().st_mode & 0o077 else []


def _unsent(place: Place) -> list[str]:
    """The last digest did not get out."""
    failed = mailing.failure(place.settings) if not place.secret else None
    return [say("mail.failed", day=day(failed[0]), error=failed[1])] if failed else []
