import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import Said
from tests.drawn import scan
from tests.papers import letter
from tests.test_mailing import Box, Server
from vanthu import settings
from vanthu.cli import prefect_server
from vanthu.cli.children import Children
from vanthu.pipeline import night, run
from vanthu.settings import CHECKOUT, Settings


@pytest.mark.parametrize(
    ("moment", "planned"),
    [
        ("2026-11-24T00:59:00+07:00", "2026-11-23T01:00:00+07:00"),
        ("2026-11-24T01:00:00+07:00", "2026-11-24T01:00:00+07:00"),
        ("2026-11-23T18:30:00+00:00", "2026-11-24T01:00:00+07:00"),
        ("2026-03-01T00:10:00+07:00", "2026-02-28T01:00:00+07:00"),
    ],
)
def test_the_last_planned_night_is_one_in_the_morning_in_vietnam(moment: str, planned: str) -> None:
    assert night.last_planned(datetime.fromisoformat(moment)) == datetime.fromisoformat(planned)


def test_missed_nights_are_made_up_once(office: Settings) -> None:
    missed = [datetime.now(UTC) - timedelta(days=days) for days in range(7, 0, -1)]
    made = []
    for planned in missed:
        if not night.made_up(office, planned):
            made.append(planned)
            night.end(office)
    assert made == missed[:1]
    assert not night.made_up(office, datetime.now(UTC) + timedelta(minutes=1))


def test_a_damaged_note_of_the_last_night_makes_the_night_again(office: Settings) -> None:
    night.end(office)
    (office.outputs / "nightly.json").write_text("{", encoding="utf-8")
    assert not night.made_up(office, datetime.now(UTC) - timedelta(days=1))


def test_summary_tells_late_soon_new_and_rejected(office: Settings, vanthu: Callable[..., Said], monkeypatch: pytest.MonkeyPatch) -> None:
    letter(office.inbox / "a.docx")
    (office.inbox / "b.pdf").write_bytes(b"")
    taken = run.intake(office)
    monkeypatch.setenv("VANTHU_TODAY", "2024-11-05")
    later = settings.load()
    letter(office.inbox / "<b>.docx", code="300/UBND-NV")
    told = night.summarise(later, run.intake(later))
    text = (later.outputs / "digest" / "2024-11-05.txt").read_text(encoding="utf-8")
    late, week, new, rejected = (text.index(title) for title in ("\nQUÁ HẠN", "TRONG TUẦN NÀY", "VĂN BẢN MỚI", "TỪ CHỐI"))
    assert taken.counts()["rejected"] == 1
    assert told.counts["registered"] == 1
    assert "22/5/2024" in text[late:week]
    assert "08/11/2024" in text[week:new]
    assert "300/UBND-NV" in text[new:rejected]
    assert "221/UBND-NV" not in text[new:rejected]
    assert "b.pdf: tệp rỗng" in text[rejected:]
    assert b"BEGIN:VEVENT" in (later.outputs / "deadlines.ics").read_bytes()
    page = (later.outputs / "digest" / "2024-11-05.html").read_text(encoding="utf-8")
    assert "300/UBND-NV" in page
    assert "chủ trì, phối hợp" in page


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def served(office: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """The office with ports of its own."""
    monkeypatch.setenv("VANTHU_PREFECT_PORT", str(free_port()))
    monkeypatch.setenv("VANTHU_PORT", str(free_port()))
    before = dict(os.environ)
    yield settings.load()
    os.environ.clear()
    os.environ.update(before)


def entries(served: Settings) -> list[str]:
    """Codes in the register."""
    from contextlib import closing

    from vanthu.pipeline.place import Place

    with closing(Place(served)) as place:
        return sorted(line["code"] or "" for line in place.register.entries())


@pytest.mark.slow
def test_the_deployed_night_reads_three_scans(served: Settings) -> None:
    box = Box()
    mail = Server(box)
    mail.start()
    (served.inbox.parent / "vanthu.toml").write_text(
        f'[mail]\nhost = "127.0.0.1"\nport = {mail.port}\nsender = "vanthu@ubnd.vn"\nto = ["an@ubnd.vn"]\n', encoding="utf-8"
    )
    for number in (811, 812, 813):
        scan(served.inbox / f"scan{number}.png", number)
    stop = threading.Event()
    with Children(stop, served.outputs / "logs") as children:
        url = prefect_server.start(served, children)
        assert prefect_server.ready(served, stop)
        prefect_server.deploy(served, url)
        environment = prefect_server.environment_of(served, url)
        children.start("worker", prefect_server.worker(), environment, CHECKOUT, quiet=True)
        command = [
            sys.executable,
            "-m",
            "prefect",
            "--no-prompt",
            "deployment",
            "run",
            "nightly/nightly",
            "--watch",
            "--watch-timeout",
            "240",
        ]
        done = subprocess.run(command, env=environment, cwd=CHECKOUT, capture_output=True, text=True, timeout=300)
        listed = subprocess.run(
            [sys.executable, "-m", "prefect", "deployment", "ls"], env=environment, capture_output=True, text=True, timeout=60
        )
    mail.stop()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "intake/intake" in listed.stdout
    (sent,) = box.mails
    assert sent["To"] == "an@ubnd.vn" and "812/UBND-NV" in sent.get_body(("plain",)).get_content()
    codes = entries(served)
    assert len(codes) == 3
    # A number that is not read for sure is left blank, never wrong.
    assert set(codes) - {""} <= {"811/UBND-NV", "812/UBND-NV", "813/UBND-NV"}
    assert not list(served.inbox.iterdir())
    assert "812/UBND-NV" in (served.outputs / "digest" / "2024-03-08.txt").read_text(encoding="utf-8")


def wait_for(what: Callable[[], bool], seconds: float = 400) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.3)
    return False
