"""Đọc as a Prefect flow of its own, for workers on other machines: the files of one errand, each answered in a file beside it."""

import threading
from pathlib import Path

from prefect import flow

from vanthu.pipeline import errands


@flow(name="reading", flow_run_name="reading", persist_result=False, validate_parameters=False)
def reading(folder: str) -> int:
    """Read what lies in `folder` (on a disk that this machine and the register's share); how many were answered."""
    path, over = Path(folder), threading.Event()
    pulse = threading.Thread(target=errands.beat, args=(path, over), daemon=True)
    pulse.start()
    try:
        return errands.run(path)
    finally:
        over.set()
        pulse.join()
