"""A real IMAP server on a port of this machine, with its own configuration, for the time of a test."""

import imaplib
import os
import pwd
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

SERVER = "/usr/sbin/dovecot"
USER, PASSWORD = "vanthu", "bi mat cua thu"

CONFIG = """protocols = imap
base_dir = {home}/run
log_path = {home}/log
instance_name = {home}
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
default_internal_user = {owner}
default_internal_group = {group}
default_login_user = {owner}
first_valid_uid = 1
first_valid_gid = 1
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {home}/users
}}
userdb {{
  driver = static
  args = uid={owner} gid={group} home={home}/mail
}}
mail_location = maildir:{home}/mail/Maildir
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
"""


@dataclass
class Server:
    """One that answers; `home` holds its mail."""

    home: Path
    port: int

    def send(self, *messages: EmailMessage | bytes, folder: str = "INBOX") -> None:
        """Put messages into the mailbox."""
        with imaplib.IMAP4("127.0.0.1", self.port) as box:
            box.login(USER, PASSWORD)
            for message in messages:
                raw = message if isinstance(message, bytes) else message.as_bytes()
                assert box.append(folder, "", "", raw)[0] == "OK"

    def unseen(self) -> int:
        """How many messages nobody has read."""
        with imaplib.IMAP4("127.0.0.1", self.port) as box:
            box.login(USER, PASSWORD)
            box.select("INBOX", readonly=True)
            return len(box.search(None, "UNSEEN")[1][0].split())


@contextmanager
def running(home: Path) -> Iterator[Server]:
    """Start it, and stop it at the end; short paths, since a socket's name may have 108 letters."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    account = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    group = "nogroup" if os.getuid() == 0 else str(account.pw_gid)
    (home / "mail").mkdir(parents=True)
    if os.getuid() == 0:
        home.chmod(0o755)
        os.chown(home / "mail", account.pw_uid, account.pw_gid)
    (home / "users").write_text(f"{USER}:{PASSWORD}\n", encoding="utf-8")
    (home / "dovecot.conf").write_text(CONFIG.format(home=home, port=port, owner=account.pw_name, group=group), encoding="utf-8")
    process = subprocess.Popen([SERVER, "-F", "-c", str(home / "dovecot.conf")])
    try:
        _wait(port, home, process)
        yield Server(home, port)
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int, home: Path, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(200):
        try:
            with imaplib.IMAP4("127.0.0.1", port, timeout=5) as box:
                box.login(USER, PASSWORD)
            return
        except (OSError, imaplib.IMAP4.error):
            assert process.poll() is None, (home / "log").read_text(encoding="utf-8") if (home / "log").is_file() else ""
            time.sleep(0.1)
    raise AssertionError((home / "log").read_text(encoding="utf-8"))
