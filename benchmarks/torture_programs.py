"""The office's other programs, killed in a round: the desk while it takes orders, a reader, a worker of a cluster."""

import os
import signal
import socket
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

from benchmarks.hosts import DaskHosts, free_port
from benchmarks.hosts import end as end_all
from benchmarks.torture_office import Office, read_apart
from benchmarks.torture_rounds import USUAL, by_the_clock, end, start
from vanthu.desk.edits import seen
from vanthu.pipeline import again, cluster, run
from vanthu.pipeline.place import Place
from vanthu.readers import confined

_COMES_UP = 60.0


def the_desk(office: Office) -> int:
    """The desk is killed while a browser sends corrections; what it has answered is there, what it has not may be."""
    with closing(Place(office.settings)) as place:
        lines = [line for line in place.register.entries(limit=200, state="registered") if line["code"]]
    if not lines:
        return by_the_clock(office)
    settings = replace(office.settings, port=free_port())

    def serve() -> None:
        from vanthu.desk import app
        from vanthu.desk.serving import serve

        serve(settings, app(settings))

    child = start(serve)
    _listens(settings.port)
    sent: dict[str, int] = {}
    sender = threading.Thread(target=_send, args=(office, settings.port, lines, sent))
    sender.start()
    killed = end(child, 0.2 + office.chance.random() * 2)
    sender.join()
    with closing(Place(office.settings)) as place:
        for code, entry_id in sent.items():  # cut off: either value is right, and is what must be there from now on
            office.corrected[code] = place.register.show(entry_id)["record"]["archive"]
    return killed


def _listens(port: int) -> None:
    until = time.monotonic() + _COMES_UP
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise TimeoutError("the desk does not come up")


def _send(office: Office, port: int, lines: list[dict[str, object]], unanswered: dict[str, int]) -> None:
    """Corrections until nobody answers; the last one is left in `unanswered`."""
    while True:
        line = office.chance.choice(lines)
        code, value = str(line["code"]), f"VT, {office.chance.randrange(10**6)}"
        with closing(Place(office.settings)) as place:
            before = place.register.show(int(str(line["id"])))["record"]["archive"] or ""
        form = urllib.parse.urlencode({"v.archive": value, "d.archive": seen(before)}).encode()
        order = urllib.request.Request(f"http://127.0.0.1:{port}/van-ban/{line['id']}/duyet", form, {"Origin": f"http://127.0.0.1:{port}"})
        unanswered[code] = int(str(line["id"]))
        try:
            with urllib.request.urlopen(order, timeout=60):
                pass
        except urllib.error.HTTPError:
            raise
        except OSError:
            return
        office.corrected[code] = value
        del unanswered[code]


def a_reader(office: Office) -> int:
    """The process that reads is killed: its file is rejected with that reason, and read when it is tried again."""
    office.drop(2)

    def work() -> None:
        confined.read = read_apart
        run.intake(office.settings)

    child, began, killed = start(work), time.monotonic(), 0
    moment = office.chance.random() * 6
    while time.monotonic() - began < _COMES_UP and not os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT):
        readers = _children(child)
        if readers and time.monotonic() - began > moment:
            with suppress(ProcessLookupError):
                os.kill(readers[0], signal.SIGKILL)
                killed = 1
            break
        time.sleep(0.02)
    end(child)
    with closing(Place(office.settings)) as place:
        for row in place.register.rejected():
            if row["reason"] == "crashed":
                again.retry(place, row["id"], None)
    return killed


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    return []


def a_worker(office: Office) -> int:
    """One of two workers that read for the office is killed, now and then the intake too."""
    office.drop(3)
    if office.workers is None:
        office.workers = DaskHosts(office.folder / "workers")
        for core in range(2):
            office.workers.worker(core)
    hosts = office.workers
    settings = replace(office.settings, cluster=hosts.api)

    def work() -> None:
        cluster.forget()
        run.intake(settings)

    child = start(work)
    time.sleep(office.chance.random() * 5 * USUAL)
    end_all([hosts.processes.pop()])
    hosts.worker(1)
    return 1 + end(child, office.chance.random() * 5 * USUAL if office.chance.random() < 0.3 else None)
