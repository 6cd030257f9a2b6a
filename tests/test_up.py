"""`vanthu up` as an office runs it: a file dropped, a message in the mailbox, another program told, the desk of secret documents opened
once somebody is cleared; all of it stopped in order."""

import json
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from tests.desk_people import PASSWORD as ONES_OWN
from tests.dovecot import PASSWORD, USER, Server, running
from tests.papers import letter
from tests.test_mailbox import mail
from tests.test_night import entries, free_port, served, wait_for
from tests.test_webhook import KEY, Other, other
from vanthu.cli import prefect_server
from vanthu.people import accounts, open_people
from vanthu.settings import VIETNAM, Settings

__all__ = ["other", "served"]

FIRST, BY_MAIL = "221/UBND-NV", "222/UBND-NV"
OFFICE = """[mailbox]
host = "127.0.0.1"
port = {imap}
security = "none"
user = "{user}"
password_file = "{home}/mailbox.key"

[webhook]
url = "{url}"
secret_file = "{home}/webhook.key"

[desk]
mat_port = {mat}
"""


@pytest.fixture
def dovecot() -> Iterator[Server]:
    home = Path(tempfile.mkdtemp(prefix="dv", dir="/tmp"))
    with running(home) as server:
        yield server
    shutil.rmtree(home, ignore_errors=True)


@contextmanager
def up(home: Path) -> Iterator[Path]:
    """It runs with the settings of a folder; its log."""
    log = home / "up.log"
    with log.open("wb") as out:
        process = subprocess.Popen([sys.executable, "-m", "vanthu", "up"], stdout=out, stderr=out, cwd=home)
    try:
        assert wait_for(lambda: "Sẵn sàng" in log.read_text(encoding="utf-8")), log.read_text(encoding="utf-8")
        yield log
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(90) == 0, log.read_text(encoding="utf-8")


def answers(port: int) -> bool:
    """Somebody listens there, whatever they say."""
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/static/icon.svg", timeout=5)
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def drop_slowly(inbox: Path, whole: bytes) -> None:
    slowly = inbox / "quét chậm.docx"
    with slowly.open("wb") as file:
        file.write(whole[:2000])
        file.flush()
        time.sleep(3)
        assert slowly.exists()
        file.write(whole[2000:])


def clear_somebody(outputs: Path) -> None:
    people = open_people(outputs)
    one = accounts.add(people, "lan", "Nguyễn Thị Lan", "administrator", password=ONES_OWN, by="test")
    accounts.clear(people, one, True, by="test")
    people.close()


@pytest.mark.slow
def test_up_does_all_that_an_office_needs_and_stops_in_order(served: Settings, tmp_path: Path, dovecot: Server, other: Other) -> None:
    mat = free_port()
    (tmp_path / "vanthu.toml").write_text(OFFICE.format(imap=dovecot.port, user=USER, home=tmp_path, url=other.url, mat=mat))
    (tmp_path / "mailbox.key").write_text(PASSWORD + "\n", encoding="utf-8")
    (tmp_path / "webhook.key").write_text(KEY + "\n", encoding="utf-8")
    dovecot.send(mail(letter(tmp_path / "by mail.docx", BY_MAIL)))
    with up(tmp_path) as log:
        drop_slowly(served.inbox, letter(tmp_path / "whole.docx").read_bytes())
        assert wait_for(lambda: entries(served) == [FIRST, BY_MAIL]), log.read_text(encoding="utf-8")
        assert dovecot.unseen() == 1, "nothing is marked as read"
        assert wait_for(lambda: {FIRST, BY_MAIL} <= set(other.codes()), 60), other.told
        again = subprocess.run([sys.executable, "-m", "vanthu", "up"], capture_output=True, text=True, timeout=60, cwd=tmp_path)
        assert again.returncode == 5
        status = json.loads((served.outputs / "status.json").read_text(encoding="utf-8"))
        assert status["waiting"] == 0 and datetime.fromisoformat(status["looked_at"]).utcoffset() == VIETNAM.utcoffset(None)
        assert not answers(mat)
        clear_somebody(served.outputs)
        assert wait_for(lambda: answers(mat), 60), log.read_text(encoding="utf-8")
    assert prefect_server.running(served.prefect_port) is None and not answers(mat)
    assert entries(served) == [FIRST, BY_MAIL]
