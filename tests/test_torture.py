"""The short form of `make torture` and `make fuzz`."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.fuzz import fuzz
from benchmarks.torture import torture
from vanthu.readers import confined


@pytest.fixture
def untouched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What the harness changes for its own process is as it was afterwards."""
    before, real = dict(os.environ), confined.read
    monkeypatch.chdir(tmp_path)
    yield
    confined.read = real
    os.environ.clear()
    os.environ.update(before)


@pytest.mark.slow
@pytest.mark.usefixtures("untouched")
def test_kills_at_random_lose_and_double_nothing(tmp_path: Path) -> None:
    tally = torture(kills=12, seed=7, seconds=60, folder=tmp_path)
    assert tally.wrong == []
    assert sum(tally.kills.values()) >= 3


@pytest.mark.slow
def test_files_changed_at_random_kill_no_reader(tmp_path: Path) -> None:
    outcomes, crashes = fuzz(inputs=150, seed=7, seconds=40, keep=None, folder=tmp_path)
    assert crashes == []
    assert sum(outcomes.values()) >= 5
