"""Files read by workers in other processes come to the same register; a worker that dies or is not there loses nothing."""

import os
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.cluster import codes
from benchmarks.hosts import DaskHosts
from tests.papers import letter
from vanthu.errors import Broken
from vanthu.pipeline import cluster, run
from vanthu.pipeline.checks import faults
from vanthu.pipeline.place import Place
from vanthu.readers import confined
from vanthu.settings import Settings


@pytest.fixture
def hosts(tmp_path: Path) -> Iterator[DaskHosts]:
    hosts = DaskHosts(tmp_path)
    yield hosts
    cluster.forget()
    hosts.close()


def there(address: str, count: int) -> None:
    from distributed import Client

    with Client(address, timeout="60s", set_as_default=False) as client:
        client.wait_for_workers(count, timeout=120)


@pytest.mark.slow
def test_two_workers_one_of_them_killed_read_what_one_machine_reads(office: Settings, hosts: DaskHosts) -> None:
    workers = [hosts.worker(core) for core in range(2)]
    there(hosts.api, 2)
    for number in range(1, 9):
        letter(office.inbox / f"{number}.docx", f"{number}/UBND-NV")
    (office.inbox / "hỏng.pdf").write_bytes(b"%PDF-1.4 nothing")
    if os.fork() == 0:
        time.sleep(1.5)
        os.killpg(workers[0].pid, signal.SIGKILL)
        os._exit(0)
    summary = run.intake(replace(office, cluster=hosts.api))
    os.wait()
    assert (summary.count("registered"), summary.count("rejected")) == (8, 1)
    assert codes(office) == [f"{number}/UBND-NV" for number in range(1, 9)]
    assert faults(Place(office)) == []


@pytest.mark.slow
def test_without_any_worker_files_are_read_here(office: Settings, hosts: DaskHosts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE", 1)
    letter(office.inbox / "a.docx")
    assert run.intake(replace(office, cluster=hosts.api)).count("registered") == 1


def test_without_a_scheduler_files_are_read_here(office: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(_: str) -> cluster.Spread:
        raise OSError("nobody there")

    nobody.cache_clear = lambda: None  # type: ignore[attr-defined]
    monkeypatch.setattr(cluster, "_spread", nobody)
    letter(office.inbox / "a.docx")
    assert run.intake(replace(office, cluster="tcp://127.0.0.1:1")).count("registered") == 1


def test_what_a_worker_answers_is_what_is_read_here(tmp_path: Path) -> None:
    path = letter(tmp_path / "a.docx")
    document, signed = confined.unpacked(cluster.answer(".docx", path.read_bytes(), None))
    assert [page.lines for page in document.pages] == [page.lines for page in confined.read(path)[0].pages] and signed == []
    with pytest.raises(Broken):
        confined.unpacked(cluster.answer(".pdf", b"%PDF-1.4 nothing", None))
