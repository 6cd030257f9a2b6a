"""A browser and an office that the browser's stories share: one office filled once for all processes."""

import fcntl
import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from tests import desk_office
from vanthu.desk import app
from vanthu.pipeline.place import Place
from vanthu.settings import Settings

CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 120_000
"""Milliseconds: a machine may be busy with other things."""
CONFLICT = "status of 409"
"""What the browser says where another person was first: the page says it better."""
IMAGES = Path(__file__).parent.parent / "docs" / "images"
SHOOTS = bool(os.environ.get("VANTHU_SCREENSHOTS"))
"""Asked before a test has an environment of its own."""
OFFICE_SCREEN = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 800}


@dataclass
class Desk:
    """Where a desk answers, its office, and the entry of the sample dispatch."""

    address: str
    place: Place
    sample: int


def free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def served(settings: Settings, port: int, *, secret: bool = False) -> Iterator[str]:
    """A desk that answers; its address."""
    server = uvicorn.Server(uvicorn.Config(app(settings, secret=secret), host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not server.started and time.monotonic() < until:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


def _filled(shared: Path) -> tuple[Path, int]:
    """An office in a folder that all processes share, filled by whoever comes first: its sample is read by the real reader."""
    with (shared / "desk-office.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        home, done = shared / "desk-office", shared / "desk-office.done"
        if not done.is_file():
            home.mkdir()
            done.write_text(str(desk_office.fill(desk_office.settings(home), home)))
        return home, int(done.read_text())


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An office with an old book, the sample dispatch read by the real reader, and a few letters; one for each file of tests."""
    base = tmp_path_factory.getbasetemp()
    filled, sample = _filled(base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base)
    home = tmp_path_factory.mktemp("desk") / "office"
    shutil.copytree(filled, home)
    settings = desk_office.settings(home)
    with served(settings, free_port()) as address:
        yield Desk(address, Place(settings), sample)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; ended with the file of tests, since its event loop would be in the way of others."""
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield made
        made.close()


@contextmanager
def window(browser: Browser, address: str, **how: object) -> Iterator[Page]:
    """A page; a complaint of the browser or an address elsewhere fails the test."""
    context = browser.new_context(**({"viewport": OFFICE_SCREEN, "locale": "vi-VN"} | how))  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE)
    made, wrong = context.new_page(), []
    made.on(
        "console",
        lambda message: wrong.append(message.text) if message.type in ("error", "warning") and CONFLICT not in message.text else None,
    )
    made.on("pageerror", lambda error: wrong.append(str(error)))
    made.on("request", lambda request: None if request.url.startswith(address) else wrong.append(request.url))
    yield made
    context.close()
    assert wrong == []


@pytest.fixture
def page(browser: Browser, desk: Desk) -> Iterator[Page]:
    """An office's screen."""
    with window(browser, desk.address) as made:
        yield made


def shoot(page: Page, name: str) -> None:
    """A picture for the documentation, where it is asked for."""
    if SHOOTS:
        IMAGES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=IMAGES / f"{name}.png")
