import json
import os
import re
import time
from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from tests.papers import letter
from vanthu.desk import app
from vanthu.pipeline import health, night, run
from vanthu.pipeline.place import Place
from vanthu.settings import Settings


@pytest.fixture
def desk(office: Settings) -> TestClient:
    return TestClient(app(office), base_url="http://127.0.0.1")


def figures(desk: TestClient) -> dict[str, float]:
    answer = desk.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = answer.text.splitlines()
    assert all(re.fullmatch(r'# (HELP|TYPE) vanthu_\w+ .+|vanthu_\w+(\{state="\w+"\})? -?[\d.e+-]+', line) for line in lines)
    return {line.split(" ")[0]: float(line.split(" ")[1]) for line in lines if not line.startswith("#")}


def test_figures_tell_how_the_office_fares(office: Settings, desk: TestClient) -> None:
    letter(office.inbox / "a.docx")
    (office.inbox / "b.pdf").write_bytes(b"")
    assert figures(desk)["vanthu_inbox_files"] == 2
    run.intake(office)
    night.end(office)
    told = figures(desk)
    assert (told["vanthu_documents"], told['vanthu_files{state="rejected"}'], told["vanthu_inbox_files"]) == (1, 1, 0)
    assert told["vanthu_open_items"] >= 2 and told["vanthu_night_age_seconds"] < 600 and told["vanthu_inbox_usable"] == 1
    assert "221/UBND" not in desk.get("/metrics").text
    assert desk.get("/health").json() == {"well": True, "troubles": []}


def test_a_stuck_inbox_is_told(office: Settings, desk: TestClient) -> None:
    old = time.time() - 7300
    os.utime(letter(office.inbox / "a.docx"), (old, old))
    answer = desk.get("/health")
    assert (answer.status_code, answer.json()["troubles"]) == (503, ["Hộp thư đến bị tắc: 1 tệp, tệp cũ nhất đã 2.0 giờ"])


def test_what_was_claimed_and_is_not_done_is_told(office: Settings) -> None:
    letter(office.inbox / "a.docx")
    run.intake(office)
    place = Place(office)
    place.register.base.conn.execute("UPDATE files SET state='claimed', claimed_at='2024-03-08T00:00:00+07:00'")
    place.close()
    later = datetime(2024, 3, 8, 3, tzinfo=UTC)
    assert health.troubles(health.look(office, later)) == ["Có tệp đã nhận 10.0 giờ mà chưa xong"]


@pytest.mark.parametrize(
    ("file", "told", "said"),
    [
        ("nightly.json", {"ended": -30}, "Không"),
        ("backup.json", {"ended": -30, "good": True}, "sao lưu"),
        ("backup.json", {"ended": -1, "good": False}, "sao lưu"),
    ],
)
def test_a_night_or_a_backup_that_failed_is_told(office: Settings, file: str, told: dict[str, object], said: str) -> None:
    Place(office).register.close()
    now = datetime.now(UTC)
    told = told | {"ended": (now + timedelta(hours=int(str(told["ended"])))).isoformat()}
    (office.outputs / file).write_text(json.dumps(told), encoding="utf-8")
    (trouble,) = health.troubles(health.look(office, now))
    assert said in trouble or "ban đêm" in trouble


@pytest.mark.parametrize("damage", ["", "{", "[]", "null", '{"ended": 5}'])
def test_damaged_notes_are_no_notes(office: Settings, damage: str) -> None:
    Place(office).register.close()
    for file in ("nightly.json", "backup.json"):
        (office.outputs / file).write_text(damage, encoding="utf-8")
    assert health.troubles(health.look(office)) == []
