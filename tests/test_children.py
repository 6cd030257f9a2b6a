import sys
import threading
from pathlib import Path

import pytest

from vanthu.cli import children
from vanthu.cli.children import Children

DIES = [sys.executable, "-c", "import sys; print('hello'); print('no ink', file=sys.stderr); sys.exit(3)"]


def run(logs: Path) -> Children:
    with Children(threading.Event(), logs) as started:
        started.start("printer", DIES, quiet=True)
        started._children[0].process.wait(30)
        started.mend()
    return started


def test_complaints_of_a_quiet_program_are_in_its_log_and_the_log_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(tmp_path / "logs")
    assert (tmp_path / "logs" / "printer.log").read_text() == "no ink\n"
    said = capsys.readouterr()
    assert str(tmp_path / "logs" / "printer.log") in said.err and "no ink" not in said.out + said.err


def test_a_large_log_begins_anew_and_the_one_before_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "_LARGE", 10)
    for _ in range(3):
        run(tmp_path)
    assert (tmp_path / "printer.log").read_text() == "no ink\n"
    assert (tmp_path / "printer.old.log").read_text() == "no ink\n" * 2
