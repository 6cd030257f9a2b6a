"""Files read by process workers of a Prefect server on PostgreSQL come to the same register; one that is killed loses nothing."""

import os
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.cluster import codes, kill_one
from benchmarks.prefect_hosts import Hosts, postgres_programs
from tests.papers import letter
from vanthu.errors import Broken
from vanthu.pipeline import cluster, errands, pool, run
from vanthu.pipeline.checks import faults
from vanthu.pipeline.place import Place
from vanthu.readers import confined
from vanthu.settings import Settings


@pytest.fixture
def hosts(tmp_path: Path) -> Iterator[Hosts]:
    if postgres_programs() is None:
        pytest.skip("PostgreSQL is not installed")
    hosts = Hosts(tmp_path)
    yield hosts
    cluster.forget()
    hosts.close()


@pytest.mark.slow
def test_two_workers_on_postgresql_one_of_them_killed_read_what_one_machine_reads(
    office: Settings, hosts: Hosts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "_PATIENCE", {"RUNNING": 20.0, "PENDING": 60.0})
    monkeypatch.setattr(pool, "_ERRANDS_A_WORKER", 1)  # Prefect takes its time to start one
    for core in range(2):
        hosts.worker(core)
    for number in range(1, 9):
        letter(office.inbox / f"{number}.docx", f"{number}/UBND-NV")
    (office.inbox / "hỏng.pdf").write_bytes(b"%PDF-1.4 nothing")
    asked = pool.Pool(hosts.api, office.outputs / "reading")
    until = time.monotonic() + 200
    while asked._workers() < 2 and time.monotonic() < until:
        time.sleep(1)
    killer = threading.Thread(target=lambda: (time.sleep(4), kill_one(hosts)))
    killer.start()
    summary = run.intake(replace(office, cluster=hosts.api))
    killer.join()
    assert (summary.count("registered"), summary.count("rejected")) == (8, 1)
    assert codes(office) == [f"{number}/UBND-NV" for number in range(1, 9)]
    assert faults(Place(office)) == []


class Server:
    """What a Prefect server says to the pool: runs by number, each in the state that the test gives it."""

    def __init__(self, workers: int) -> None:
        self.workers, self.states, self.folders = workers, {}, []

    def __call__(self, method: str, path: str, body: Any = None) -> Any:
        if path.endswith("/workers/filter"):
            return [{"status": "ONLINE"}] * self.workers
        if path.endswith("/create_flow_run"):
            self.folders.append(Path(body["parameters"]["folder"]))
            self.states[str(len(self.folders))] = "SCHEDULED"
            return {"id": str(len(self.folders))}
        if path.endswith("/set_state"):
            self.states[path.split("/")[2]] = body["state"]["type"]
        if method == "GET" and path.startswith("/flow_runs/"):
            return {"state": {"type": self.states[path.split("/")[2]]}}
        return {"id": "x"}


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    server = Server(workers=1)
    monkeypatch.setattr(pool.Pool, "_call", lambda _, *words: server(*words))
    monkeypatch.setattr(pool, "_LOOK", 0.0)
    return server


def test_what_a_killed_worker_had_is_given_to_another(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_PATIENCE", {"RUNNING": 0.0})
    path = letter(tmp_path / "a.docx")
    asked = pool.Pool("http://x", tmp_path / "reading")
    asked._give({"abc": path})
    server.states["1"] = "RUNNING"  # and nobody beats
    other = threading.Thread(target=lambda: (_until(lambda: len(server.folders) == 2), errands.run(server.folders[1])))
    other.start()
    answer = asked.ask("abc", path, {})
    other.join()
    assert server.states["1"] == "CRASHED" and answer is not None
    assert confined.unpacked(answer)[0].pages == confined.read(path)[0].pages


def test_an_errand_that_waited_long_for_a_worker_is_not_taken_for_dead_when_it_begins(tmp_path: Path, server: Server) -> None:
    path = letter(tmp_path / "a.docx")
    asked = pool.Pool("http://x", tmp_path / "reading")
    asked._give({"abc": path})
    errand = asked.asked["abc"]
    os.utime(errand.folder / "beat", (1, 1))
    for state in ("SCHEDULED", "PENDING", "RUNNING"):
        server.states["1"] = state
        assert asked._goes_on(errand, "abc") and errand.tries == 1
    errand.since -= 1000
    assert asked._goes_on(errand, "abc") and errand.tries == 2


def test_who_begins_an_errand_shows_it_at_once(tmp_path: Path) -> None:
    errand, over = errands.give(tmp_path / "reading", {"a": letter(tmp_path / "a.docx")}), threading.Event()
    os.utime(errand / "beat", (1, 1))
    over.set()
    errands.beat(errand, over)
    assert errands.silent(errand) < 100


def test_a_file_that_ends_each_of_its_readers_is_read_here(tmp_path: Path, server: Server) -> None:
    path = letter(tmp_path / "a.docx")
    asked = pool.Pool("http://x", tmp_path / "reading")
    server.states = _Always("FAILED")  # type: ignore[assignment]
    assert asked.ask("abc", path, {}) is None
    assert len(server.folders) == 3


def test_where_no_worker_is_left_files_are_read_here(office: Settings, server: Server) -> None:
    server.workers = 0
    letter(office.inbox / "a.docx")
    assert run.intake(replace(office, cluster="http://x")).count("registered") == 1
    assert not list((office.outputs / "reading").iterdir())
    cluster.forget()


def test_files_that_wait_are_given_away_in_parts_that_several_can_share(tmp_path: Path, server: Server) -> None:
    server.workers = 2
    path = letter(tmp_path / "a.docx")
    pool.Pool("http://x", tmp_path / "reading")._give({f"{number:03}": path for number in range(20)})
    assert [len(list(folder.glob("*.docx"))) for folder in server.folders] == [3] * 6 + [2]


def test_an_errand_is_answered_once_and_by_plain_values(tmp_path: Path) -> None:
    good, bad = letter(tmp_path / "a.docx"), tmp_path / "b.pdf"
    bad.write_bytes(b"%PDF-1.4 nothing")
    errand = errands.give(tmp_path / "reading", {"a": good, "b": bad})
    assert errands.take(errand, "a") is None
    assert (errands.run(errand), errands.run(errand)) == (2, 0)
    assert confined.unpacked(errands.take(errand, "a") or ())[0].pages
    with pytest.raises(Broken):
        confined.unpacked(errands.take(errand, "b") or ())
    errands.drop(errand)
    assert errands.run(errand) == 0


def test_a_file_with_a_password_does_not_go_through_prefect(office: Settings, server: Server) -> None:
    path = letter(office.inbox / "a.docx")
    assert cluster._asked(replace(office, cluster="http://x"), None, {"a": path}, "secret") is None  # type: ignore[arg-type]
    assert server.folders == []


def _until(true: Any) -> None:
    while not true():
        time.sleep(0.01)


class _Always(dict[str, str]):
    def __init__(self, state: str) -> None:
        super().__init__()
        self.state = state

    def __getitem__(self, _: str) -> str:
        return self.state
