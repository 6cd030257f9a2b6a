"""Another program is told of new documents: signed, tried again, never of a secret one, never in the way of the intake."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.registering import arrive, dispatch, letter
from vanthu.errors import WrongUse
from vanthu.pipeline import again, webhook
from vanthu.pipeline.place import Place
from vanthu.register import deliveries
from vanthu.sections import Webhook
from vanthu.settings import Settings

KEY = "khoa chung cua hai ben"


@dataclass
class Other:
    """The other program: what it was told, and how it answers."""

    url: str = ""
    answer: int = 200
    told: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    def codes(self) -> list[str]:
        return [json.loads(body)["data"]["code"] for _, body in self.told]


@pytest.fixture
def other() -> Iterator[Other]:
    known = Other()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            known.told.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(known.answer)
            if known.answer == 302:
                self.send_header("Location", known.url + "elsewhere")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    known.url = f"http://127.0.0.1:{server.server_port}/"
    yield known
    server.shutdown()
    server.server_close()


@pytest.fixture
def told(office: Settings, other: Other, tmp_path: Path) -> Settings:
    """An office that had a document before it set the webhook."""
    (tmp_path / "key").write_text(KEY + "\n", encoding="utf-8")
    with Place(office).register as register:
        arrive(register, tmp_path, "old.pdf", read=letter("1/CU", "2024-01-01", "Sở Nội vụ"), text="cũ")
    made = replace(office, webhook=Webhook(other.url, str(tmp_path / "key")))
    assert webhook.tell(made) == (0, 0) and other.told == []
    return made


def test_a_new_document_is_told_once_and_signed(told: Settings, other: Other, tmp_path: Path) -> None:
    entry = arrive(Place(told).register, tmp_path)
    assert webhook.tell(told) == (1, 0) and webhook.tell(told) == (0, 0)
    ((headers, body),) = other.told
    said = json.loads(body)
    assert said["type"] == "document.registered" and said["data"]["id"] == entry.id and said["data"]["code"] == "221/UBND-NV"
    assert said["data"]["url"] == f"http://127.0.0.1:{told.port}/van-ban/{entry.id}"
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    right = base64.b64encode(hmac.new(KEY.encode(), signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{right}"


def test_what_was_not_taken_is_tried_again_later_and_later_and_given_up(told: Settings, other: Other, tmp_path: Path) -> None:
    arrive(Place(told).register, tmp_path)
    other.answer, now, tries = 500, 1000.0, 0
    waits: list[float] = []
    while tries < deliveries.MOST_ATTEMPTS:
        assert webhook.tell(told, lambda now=now: now) == (0, 1)
        tries += 1
        assert webhook.tell(told, lambda now=now: now) == (0, 0)
        row = Place(told).register.base.row("SELECT * FROM deliveries ORDER BY event_id DESC")
        assert row and row["error"] == "HTTP 500"
        waits.append(row["next_try"] - now)
        now = row["next_try"]
    assert waits[:3] == [30, 60, 120] and max(waits) == 6 * 3600 and row["done_at"]
    assert webhook.tell(told, lambda now=now: now + 1e9) == (0, 0) and len(other.told) == tries
    assert len({headers["webhook-id"] for headers, _ in other.told}) == 1


@pytest.mark.parametrize("answer", [302, 404, 500])
def test_it_is_told_when_the_other_program_is_well_again(told: Settings, other: Other, tmp_path: Path, answer: int) -> None:
    arrive(Place(told).register, tmp_path)
    other.answer = answer
    assert webhook.tell(told, lambda: 0.0) == (0, 1) and len(other.told) == 1  # no redirect is followed
    other.answer = 204
    assert webhook.tell(told, lambda: 31.0) == (1, 0)


def test_nobody_there_is_a_failure_and_no_more(told: Settings, tmp_path: Path) -> None:
    arrive(Place(told).register, tmp_path)
    assert webhook.tell(replace(told, webhook=replace(told.webhook, url="http://127.0.0.1:1/"))) == (0, 1)


def test_secret_documents_are_never_told(told: Settings, other: Other, tmp_path: Path) -> None:
    place = Place(told, secret=True)
    with place.private(), place.register as register:
        arrive(register, tmp_path, "kho.pdf", read=dispatch(secrecy="MẬT", code="9977/ZQXMAT"), text="x")
    entry = arrive(Place(told).register, tmp_path, "b.pdf", read=letter("5/SNV", "2024-03-01", "Sở"), text="y")
    voided = Place(told)
    again.void(voided, entry.id, "nhầm", "test")  # void before it was told: nothing to tell
    arrive(Place(told).register, tmp_path, "c.pdf", read=letter("6/SNV", "2024-03-01", "Sở"), text="z")
    assert webhook.tell(told) == (1, 0) and other.codes() == ["6/SNV"]


def test_a_kill_after_telling_tells_it_again_under_the_same_id(
    told: Settings, other: Other, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrive(Place(told).register, tmp_path)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(deliveries, "done", killed)
        with pytest.raises(KeyboardInterrupt):
            webhook.tell(told)
    assert webhook.tell(told) == (1, 0)
    assert len(other.told) == 2 and len({headers["webhook-id"] for headers, _ in other.told}) == 1


def test_it_is_off_unless_set(office: Settings, told: Settings, tmp_path: Path) -> None:
    with pytest.raises(WrongUse):
        webhook.tell(office)
    (tmp_path / "short").write_text("ngắn", encoding="utf-8")
    for path in (tmp_path / "short", tmp_path / "none"):
        with pytest.raises(WrongUse):
            webhook.tell(replace(told, webhook=replace(told.webhook, secret_file=str(path))))
