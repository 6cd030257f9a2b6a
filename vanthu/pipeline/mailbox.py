"""Hộp thư điện tử: messages with attachments are put into the inbox as they are, each once; the server's marks are left alone."""

import hashlib
import imaplib
import os
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vanthu.errors import Rejected, VanthuError, WrongUse
from vanthu.pipeline.place import Place
from vanthu.readers import message
from vanthu.register import messages
from vanthu.sections import Mailbox
from vanthu.settings import Settings

if TYPE_CHECKING:
    from imap_tools import BaseMailBox

FOLDER = "thu dien tu"
"""Sub-folder of the inbox: the note on where a document came from."""

_PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one look brought: messages put into the inbox, known ones, those without an attachment."""

    taken: int = 0
    known: int = 0
    empty: int = 0


def fetch(settings: Settings) -> Fetched:
    """Look into the mailbox once. VanthuError where the server cannot be reached or refuses; what was done until then stays done.

    A kill between putting a message into the inbox and noting it makes the next look put the same bytes there again: a duplicate of a
    known file, never a second entry.
    """
    if not settings.mailbox.host:
        raise WrongUse("mailbox.not_set")
    counts = {"taken": 0, "known": 0, "empty": 0}
    try:
        with closing(Place(settings)) as place, _opened(settings.mailbox) as box:
            name = _name_of(settings.mailbox, box)
            done = messages.numbers(place.register.base, name)
            for number in box.uids("ALL"):
                if number not in done:
                    counts[_take(place, box, name, number)] += 1
    except (OSError, imaplib.IMAP4.error) as error:
        raise VanthuError("mailbox.failed", host=settings.mailbox.host, error=error) from error
    return Fetched(**counts)


@contextmanager
def _opened(set_up: Mailbox) -> Iterator["BaseMailBox"]:
    from imap_tools import MailBox, MailBoxStartTls, MailBoxUnencrypted
    from imap_tools.errors import ImapToolsError

    try:
        trust = ssl.create_default_context(cafile=set_up.ca_file or None)
        if set_up.security == "none":
            box: BaseMailBox = MailBoxUnencrypted(set_up.host, set_up.port, timeout=_PATIENCE)
        elif set_up.security == "starttls":
            box = MailBoxStartTls(set_up.host, set_up.port, timeout=_PATIENCE, ssl_context=trust)
        else:
            box = MailBox(set_up.host, set_up.port, timeout=_PATIENCE, ssl_context=trust)
        password = Path(set_up.password_file).expanduser().read_text(encoding="utf-8").strip() if set_up.password_file else ""
        with box.login(set_up.user, password, initial_folder=None):
            box.folder.set(set_up.folder, readonly=True)
            yield box
    except ImapToolsError as error:
        raise VanthuError("mailbox.failed", host=set_up.host, error=error) from error


def _name_of(set_up: Mailbox, box: "BaseMailBox") -> str:
    """Account, folder, and the server's word that its numbers are still those of before (UIDVALIDITY)."""
    valid = box.folder.status(set_up.folder, ["UIDVALIDITY"])["UIDVALIDITY"]
    return f"{set_up.user}@{set_up.host}/{set_up.folder}/{valid}"


def _take(place: Place, box: "BaseMailBox", name: str, number: str) -> str:
    """One message: into the inbox, then noted. Its bytes are asked for without marking it as read."""
    _, answer = box.client.uid("fetch", number, "(BODY.PEEK[])")
    raw = next((part[1] for part in answer if isinstance(part, tuple)), None)
    if raw is None:  # moved away in the meantime
        return "empty"
    base, key, outcome = place.register.base, "", "empty"
    file: str | None = None
    try:
        parts = message.attachments(raw)
    except Rejected:
        parts = [("", raw)]  # the intake says what is wrong with it
    if parts:
        key, outcome = _key(raw, [content for _, content in parts]), "known"
        if not messages.knows(base, key):
            _put(place.settings.inbox / FOLDER, f"thu-{hashlib.sha256(name.encode()).hexdigest()[:8]}-{number}.eml", raw)
            file, outcome = hashlib.sha256(raw).hexdigest(), "taken"
    messages.note(base, name, number, key, file)
    return outcome


def _key(raw: bytes, contents: list[bytes]) -> str:
    """Message-ID and attachments: the same message comes over several ways with other headers, and a forged ID hides no other message."""
    try:
        said = str(message.parsed(raw).get("Message-ID", "")).strip()
    except Rejected:
        said = ""
    parts = "".join(hashlib.sha256(content).hexdigest() for content in contents)
    return hashlib.sha256(f"{said}\n{parts}".encode()).hexdigest()


def _put(folder: Path, name: str, raw: bytes) -> None:
    """Whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    passing = folder / f".{name}.part"
    with passing.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    passing.replace(folder / name)
