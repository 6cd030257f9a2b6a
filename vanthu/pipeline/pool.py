"""Nhiều máy bằng Prefect: files read by process workers on a work pool of a Prefect server; the register stays with this one writer.

`cluster = "http://10.0.0.1:4200/api"` names the server (its database may be PostgreSQL). It is spoken to by its REST interface, so that an
intake need not import Prefect; the bytes go through `reading/` of the outputs folder, which the workers see under the same path.
"""

import base64
import json
import logging
import math
import os
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vanthu.pipeline import errands

log = logging.getLogger("vanthu")

NAME = "vanthu-reading"
"""Work pool and deployment."""
_MOST_IN_ERRAND = 8
_ERRANDS_A_WORKER = 4
"""Errands for each worker that is there: few enough that Prefect's start of one (some seconds) counts little, enough to share with one
that joins."""
_LOOK, _TRIES = 2.0, 3
"""Seconds between two looks at an errand; how often it is given to somebody in all."""
_PATIENCE = {"RUNNING": 30.0, "PENDING": 180.0}
"""Seconds without a sign of life after which it is given to another; a flow run is a process that has to start first."""
_ENDED = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}


@dataclass
class Errand:
    """Files given away together: `run` is the flow run that reads them, `state` what it was seen in since `since`."""

    folder: Path
    run: str
    open: int
    tries: int = 1
    state: str = ""
    since: float = 0.0

    def silent(self, state: str) -> float:
        """Seconds without a sign of life since it was first seen in this state: one that has long waited for a worker is not dead."""
        if state != self.state:
            self.state, self.since = state, time.monotonic()
        return min(errands.silent(self.folder), time.monotonic() - self.since)


class Pool:
    """A Prefect server and what has been asked of its workers."""

    def __init__(self, address: str, folder: Path) -> None:
        self.address, self.folder = address.rstrip("/"), folder
        shutil.rmtree(folder, ignore_errors=True)  # of an intake that was killed
        self.deployment = self._deployed()
        self.asked: dict[str, Errand] = {}

    def ask(self, sha256: str, path: Path, waiting: Mapping[str, Path]) -> tuple[Any, ...] | None:
        """The answer for one file, None where there is nobody to give it; `waiting` is given away with it."""
        if sha256 not in self.asked:
            self._give({sha256: path} | {other: file for other, file in waiting.items() if other not in self.asked})
        errand, looked = self.asked.pop(sha256), time.monotonic()
        while (answer := errands.take(errand.folder, sha256)) is None:
            time.sleep(0.1)
            if time.monotonic() - looked > _LOOK:
                looked = time.monotonic()
                if not self._goes_on(errand, sha256):
                    for file in errand.folder.glob(f"{sha256}.*"):  # read here: nobody else need do it
                        file.unlink()
                    break
        errand.open -= 1
        if not errand.open:
            errands.drop(errand.folder)
        return answer

    def _give(self, files: Mapping[str, Path]) -> None:
        size = math.ceil(len(files) / (_ERRANDS_A_WORKER * max(1, self._workers())))
        for some in _parts(files, min(_MOST_IN_ERRAND, size)):
            folder = errands.give(self.folder, some)
            errand = Errand(folder, self._start(folder), len(some))
            self.asked |= dict.fromkeys(some, errand)

    def _goes_on(self, errand: Errand, sha256: str) -> bool:
        """True while somebody reads or will read it; a reader that died is replaced."""
        state = self._call("GET", f"/flow_runs/{errand.run}")["state"]["type"]
        if state == "SCHEDULED":
            return self._workers() > 0
        if state not in _ENDED and errand.silent(state) < _PATIENCE.get(state, _PATIENCE["RUNNING"]):
            return True
        if errands.take(errand.folder, sha256) is not None:
            return True
        if errand.tries == _TRIES or not self._workers():
            return False
        log.warning("%s: %s; given to another", errand.folder.name, state)
        if state not in _ENDED:
            self._call("POST", f"/flow_runs/{errand.run}/set_state", {"state": {"type": "CRASHED", "name": "Crashed"}, "force": True})
        errands.touch(errand.folder)
        errand.run, errand.tries = self._start(errand.folder), errand.tries + 1
        return True

    def _start(self, folder: Path) -> str:
        return str(self._call("POST", f"/deployments/{self.deployment}/create_flow_run", {"parameters": {"folder": str(folder)}})["id"])

    def _workers(self) -> int:
        found = self._call("POST", f"/work_pools/{NAME}/workers/filter", {})
        return sum(worker["status"] == "ONLINE" for worker in found)

    def _deployed(self) -> str:
        """The work pool and the deployment, made where they are not there."""
        try:
            self._call("GET", f"/work_pools/{NAME}")
        except urllib.error.HTTPError as error:
            if error.code != 404:
                raise
            self._call("POST", "/work_pools/", {"name": NAME, "type": "process"})
        flow = self._call("POST", "/flows/", {"name": "reading"})["id"]
        about = {"name": NAME, "flow_id": flow, "work_pool_name": NAME, "entrypoint": "flows.reading.reading"}
        steps = [{"prefect.deployments.steps.set_working_directory": {"directory": "/"}}]  # else Prefect copies a folder before each run
        return str(self._call("POST", "/deployments/", about | {"pull_steps": steps, "enforce_parameter_schema": False})["id"])

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        headers = {"Content-Type": "application/json"}
        if secret := os.environ.get("PREFECT_API_AUTH_STRING"):
            headers["Authorization"] = "Basic " + base64.b64encode(secret.encode()).decode()
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data, headers, method=method)  # noqa: S310 - the scheme is http or https
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=60) as answer:
            return json.loads(answer.read() or b"null")


def _parts(files: Mapping[str, Path], size: int) -> Iterator[dict[str, Path]]:
    names = [*files]
    for start in range(0, len(names), size):
        yield {name: files[name] for name in names[start : start + size]}
