"""A file that makes its reader die, hang or swell stops only itself."""

import json
import os
import pickle
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hostile import HOSTILE

from tests.drawn import scan
from tests.papers import letter
from vanthu import readers, whole
from vanthu.errors import Broken, Crashed, Empty, Encrypted
from vanthu.pipeline import run
from vanthu.pipeline.checks import faults
from vanthu.pipeline.place import Place
from vanthu.readers import bounds, confined
from vanthu.settings import Settings


@pytest.mark.slow
def test_hostile_files_are_rejected_or_read_and_stop_nobody(office: Settings) -> None:
    for name, (_, make) in HOSTILE.items():
        (office.inbox / name).write_bytes(make())
    letter(office.inbox / "z.docx")
    run.intake(office)
    place = Place(office)
    became = {row["file"]: row["reason"] for row in place.register.rejected()}
    became |= {file["name"]: "registered" for line in place.register.entries() for file in place.register.show(line["id"])["files"]}
    wrong = {name: became.get(name) for name, (outcomes, _) in HOSTILE.items() if became.get(name) not in outcomes}
    assert wrong == {}
    assert became["z.docx"] == "registered"
    assert faults(place) == []
    assert not list(office.inbox.iterdir())
    assert "root:" not in "".join(place.register.text(line["id"]) for line in place.register.entries())
    assert not [path for path in ("/tmp/owned", "/tmp/vanthu-owned.txt", "/etc/vanthu-owned.txt") if Path(path).exists()]


CRASHES = sorted((Path(__file__).parent / "crashes").iterdir())
"""What fuzzing has found: files at which something was raised that nobody expected."""


@pytest.mark.parametrize("path", CRASHES, ids=lambda path: path.name)
def test_what_fuzzing_found_is_broken_and_stops_no_look_at_the_inbox(path: Path) -> None:
    assert whole.opens(path) in (True, False)
    with pytest.raises((Broken, Encrypted)):
        confined.read(path)


def test_what_comes_back_is_what_the_reader_reads(tmp_path: Path) -> None:
    path = letter(tmp_path / "thư.docx")
    told: list[tuple[int, int]] = []
    document, signatures = confined.read(path, progress=lambda done, every: told.append((done, every)))
    assert (document, signatures, told) == (readers.read(path), [], [(1, 1)])


@pytest.mark.parametrize(("content", "kind"), [(b"", Empty), (b"%PDF-1.4 nothing", Broken)])
def test_reasons_come_back(tmp_path: Path, content: bytes, kind: type[Exception]) -> None:
    (tmp_path / "a.pdf").write_bytes(content)
    with pytest.raises(kind):
        confined.read(tmp_path / "a.pdf")


def test_a_password_is_passed_on(tmp_path: Path) -> None:
    from odd_files import ODD, PASSWORD

    (tmp_path / "a.pdf").write_bytes(ODD["mật khẩu R6.pdf"][1](1))
    with pytest.raises(Encrypted):
        confined.read(tmp_path / "a.pdf")
    assert confined.read(tmp_path / "a.pdf", password=PASSWORD)[0].pages


def test_a_file_that_cannot_be_opened_is_a_failure_of_the_machine(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        confined.read(tmp_path / "none.pdf")


def children(of: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text().rpartition(")")[2].split()[1]) == of:
                found.append(int(stat.parent.name))
        except (OSError, ValueError):
            continue
    return found


@pytest.mark.parametrize("victim", ["child", "server"])
def test_a_reader_that_dies_takes_nobody_along(tmp_path: Path, victim: str) -> None:
    slow = scan(tmp_path / "slow.png", 811)
    server = confined._server().process.pid

    def kill() -> None:
        while not (there := children(server)):
            time.sleep(0.01)
        os.kill(there[0] if victim == "child" else server, signal.SIGSEGV if victim == "child" else signal.SIGKILL)

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    with pytest.raises(Crashed):
        confined.read(slow)
    killer.join()
    assert confined.read(letter(tmp_path / "thư.docx"))[0].pages


def test_a_reader_that_says_nothing_is_stopped(tmp_path: Path) -> None:
    slow = scan(tmp_path / "slow.png", 811)
    script = "import vanthu.readers.server as server; server.SILENCE = 0.01; server.serve()"
    process = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    asked = json.dumps({"path": os.fsencode(slow).hex(), "password": None, "only": None, "turned": []})
    assert process.stdin and process.stdout
    process.stdin.write(asked.encode() + b"\n")
    process.stdin.flush()
    size = int.from_bytes(process.stdout.read(8), "big")
    assert pickle.loads(process.stdout.read(size))[:2] == ("rejected", "too_slow")
    process.stdin.close()
    assert process.wait(60) == 0


def test_nobody_reads_on_for_an_asker_that_was_killed(tmp_path: Path) -> None:
    slow = scan(tmp_path / "slow.png", 811)
    script = f"from pathlib import Path; from vanthu.readers import confined; confined.read(Path({str(slow)!r}))"
    asker = subprocess.Popen([sys.executable, "-c", script])
    while not (servers := children(asker.pid)) or not children(servers[0]):
        time.sleep(0.05)
    (reader,) = children(servers[0])
    asker.kill()
    asker.wait()
    end = time.monotonic() + 120
    while time.monotonic() < end and any(Path(f"/proc/{one}").exists() for one in (servers[0], reader)):
        time.sleep(0.05)
    assert not [one for one in (servers[0], reader) if Path(f"/proc/{one}").exists()]


def confined_child(script: str) -> str:
    """What a process under the bounds prints."""
    whole = f"from vanthu.readers import bounds; bounds.confine()\n{script}"
    return subprocess.run([sys.executable, "-c", whole], capture_output=True, text=True, check=False).stdout.strip()


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("try: bytearray(1 << 42)\nexcept MemoryError: print('no')", "no"),
        ("import socket\ntry: socket.create_connection(('127.0.0.1', {port}))\nexcept OSError: print('no')", "no"),
        ("import resource; print(resource.getrlimit(resource.RLIMIT_CORE))", "(0, 0)"),
        ("import resource; print(resource.getrlimit(resource.RLIMIT_FSIZE)[0] <= 1 << 31)", "True"),
        ("import resource; print(0 < resource.getrlimit(resource.RLIMIT_CPU)[0] <= 21600)", "True"),
    ],
)
def test_the_bounds_hold(script: str, said: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        assert confined_child(script.replace("{port}", str(listening.getsockname()[1]))) == said


def test_programs_that_a_reader_starts_have_no_network_where_the_kernel_lets_us() -> None:
    probe = "import ctypes; print(ctypes.CDLL(None).unshare(0x40000000) and ctypes.CDLL(None).unshare(0x50000000))"
    if subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout.strip() != "0":
        pytest.skip("this kernel gives no network of its own")
    devices = confined_child("import subprocess; print(subprocess.run(['cat', '/proc/net/dev'], capture_output=True, text=True).stdout)")
    assert [line.split(":")[0].strip() for line in devices.splitlines() if ":" in line] == ["lo"]


@pytest.mark.parametrize("evil", [os.system, subprocess.Popen, eval, pickle.loads])
def test_an_answer_that_would_run_something_is_refused(evil: object) -> None:
    with pytest.raises(pickle.UnpicklingError):
        confined.Careful(pickle.dumps(("read", evil))).load()


def test_bounds_never_rise(monkeypatch: pytest.MonkeyPatch) -> None:
    set_to: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: (10, 10))
    monkeypatch.setattr(resource, "setrlimit", lambda _, both: set_to.append(both))
    bounds._bound(resource.RLIMIT_CPU, 99)
    assert set_to == [(10, 10)]
