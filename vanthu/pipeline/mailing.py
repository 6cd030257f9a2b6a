"""Gửi thư tóm tắt: the morning's digest through the office's own mail server, once a day; a server that fails fails nothing else."""

import hashlib
import json
import smtplib
import ssl
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Any, Literal

from vanthu.exports import digest
from vanthu.exports.files import to_json, write_whole
from vanthu.messages import say
from vanthu.pipeline.lock import only_one
from vanthu.sections import Mail
from vanthu.settings import VIETNAM, Settings

State = Literal["off", "already", "sent", "failed"]

_PATIENCE = 30.0
"""Seconds that the server has for each answer."""

_KEPT = 60
"""Days that are remembered."""


@dataclass(frozen=True, slots=True)
class Mailed:
    """What became of a day's mail; `error`: why it failed, or whom the server refused."""

    state: State
    error: str = ""


def send(settings: Settings, told: digest.Digest, *, again: bool = False) -> Mailed:
    """Mail a digest, unless its day's was mailed before.

    What was begun and not ended, by a kill, is sent once more under the same Message-ID, by which mail systems know the second one.
    """
    if not settings.mail.is_set:
        return Mailed("off")
    with only_one(_folder(settings), wait=True, name=".mail.lock"):
        known = _read(settings).get(told.day.isoformat(), {})
        if known.get("state") == "sent" and not again:
            return Mailed("already")
        message = _message(settings.mail, told, again=again and bool(known))
        _note(settings, told.day, state="sending", message_id=message["Message-ID"])
        try:
            refused = _hand_over(settings.mail, message)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            said = str(error) or type(error).__name__
            _note(settings, told.day, state="failed", error=said)
            return Mailed("failed", said)
        _note(settings, told.day, state="sent", refused=refused)
        return Mailed("sent", say("mail.refused", names=", ".join(refused)) if refused else "")


def failure(settings: Settings) -> tuple[date, str] | None:
    """(the day, why) where the last mail failed."""
    if not settings.mail.is_set or not (known := _read(settings)):
        return None
    day, last = max(known.items())
    return (date.fromisoformat(day), last.get("error", "")) if last["state"] == "failed" else None


def _message(mail: Mail, told: digest.Digest, *, again: bool) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["Subject"] = told.subject
    message["From"] = mail.sender
    message["To"] = ", ".join(mail.to)
    moment = datetime.now(VIETNAM)
    message["Date"] = format_datetime(moment)
    mark = f"{mail.host} {mail.sender} {told.day}" + (f" {moment.isoformat()}" if again else "")
    message["Message-ID"] = f"<{told.day}.{hashlib.sha256(mark.encode()).hexdigest()[:20]}@{_domain(mail)}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(digest.text(told), cte="quoted-printable")
    message.add_alternative(digest.page(told), subtype="html", cte="quoted-printable")
    return message


def _domain(mail: Mail) -> str:
    return parseaddr(mail.sender)[1].rpartition("@")[2] or "vanthu.invalid"


def _hand_over(mail: Mail, message: EmailMessage) -> list[str]:
    """The addresses that the server refused; an error where it took none, or nothing at all."""
    with _connect(mail) as server:
        if mail.security == "starttls":
            server.starttls(context=_trust(mail))
        if mail.user:
            server.login(mail.user, _password(mail))
        return sorted(server.send_message(message))


def _connect(mail: Mail) -> smtplib.SMTP:
    ours = _domain(mail)  # else smtplib asks the name service who we are
    if mail.security == "tls":
        return smtplib.SMTP_SSL(mail.host, mail.port, ours, timeout=_PATIENCE, context=_trust(mail))
    return smtplib.SMTP(mail.host, mail.port, ours, timeout=_PATIENCE)


def _trust(mail: Mail) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=mail.ca_file or None)


def _password(mail: Mail) -> str:
    try:
        return Path(mail.password_file).expanduser().read_text(encoding="utf-8").strip()
    except OSError:
        raise ValueError(say("mail.password_file", path=mail.password_file)) from None


def _folder(settings: Settings) -> Path:
    return settings.outputs / "digest"


def _file(settings: Settings) -> Path:
    return _folder(settings) / "mailed.json"


def _read(settings: Settings) -> dict[str, dict[str, Any]]:
    try:
        known = json.loads(_file(settings).read_text(encoding="utf-8"))
        return known if isinstance(known, dict) else {}
    except (OSError, ValueError):
        return {}


def _note(settings: Settings, day: date, **what: Any) -> None:
    known = _read(settings) | {day.isoformat(): {"at": datetime.now(VIETNAM).isoformat(), **what}}
    write_whole(_file(settings), to_json(dict(sorted(known.items())[-_KEPT:])) + "\n")
