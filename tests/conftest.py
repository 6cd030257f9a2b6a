"""An office of its own for each test: inbox, outputs, a fixed day; and the command line called in this process."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

from vanthu import messages, settings
from vanthu.cli import main

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from vanthu.pipeline.place import Place

hypothesis.settings.register_profile("no clock", deadline=None)
hypothesis.settings.load_profile("no clock")


@dataclass
class Said:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def last_line(self) -> str:
        return self.out.rstrip("\n").rsplit("\n", 1)[-1]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> settings.Settings:
    """The settings of an empty office whose inbox takes files at once."""
    (tmp_path / "inbox").mkdir()
    for name in [name for name in os.environ if name.startswith("VANTHU_")]:
        monkeypatch.delenv(name)
    values = {"INBOX": tmp_path / "inbox", "OUTPUTS": tmp_path / "outputs", "QUIET": 0, "TODAY": "2024-03-08", "PREFECT_PORT": 1}
    for name, value in values.items():
        monkeypatch.setenv(f"VANTHU_{name}", str(value))
    monkeypatch.chdir(tmp_path)
    messages.speak("vi")
    return settings.load()


@pytest.fixture
def place(office: settings.Settings) -> "Place":
    """The office's register and store."""
    from vanthu.pipeline.place import Place

    return Place(office)


@pytest.fixture
def desk(office: settings.Settings) -> "TestClient":
    """The office's desk."""
    from starlette.testclient import TestClient

    from vanthu.desk import app

    return TestClient(app(office), base_url="http://127.0.0.1")


@pytest.fixture
def vanthu(office: settings.Settings, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """The command line: `vanthu("search", "dân chủ")`."""

    def call(*words: object) -> Said:
        capsys.readouterr()
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return call
