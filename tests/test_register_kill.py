"""A kill at any statement: the next run ends in the same state as a run that was never killed."""

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.registering import TEXT, dispatch, document, letter, open_register, record
from vanthu.register import Paper, Register, audit

STACK = (Paper(document("a"), letter("1/STC", "2024-03-01", "Sở Tài chính"), (1,)), Paper(document("b\fc"), record(), (2, 3)))
DONE = 0
KILLED = 9
TIMES = {"hash", "claimed_at", "registered_at", "read_at", "at", "started_at", "ended_at"}


def intake(register: Register, folder: Path) -> None:
    """What the pipeline does, in small: claim, unlink, register what is pending, a stack as two entries; correct, split."""
    for path in sorted(folder.glob("*.pdf")):
        sha256, _ = register.store.keep(path)
        register.claim(sha256, name=path.name, size=path.stat().st_size)
        path.unlink()
    for file in register.pending():
        read = dispatch() if file.name == "a.pdf" else letter("286/UBND-KGVX", "2024-02-01", "UBND tỉnh Kiên Giang")
        if file.name == "c.pdf":
            register.register_all(file.id, STACK, [date(2024, 3, 7)] * 2, "in")
        else:
            register.register(file.id, document(TEXT), read, received_on=date(2024, 3, 7))
    if not register.base.value("SELECT count(*) FROM corrections"):
        register.correct(register.resolve("1/2024"), "tasks.0.due_on", "1/6/2024", who="An")
    if len(register.of_file(3)) == 2:
        register.split(4, [Paper(document("b"), record(), (2,)), Paper(document("c"), record(), (3,))], who="An")
    if all(item["state"] != "done" for item in register.show(1)["follow_ups"]):
        register.set_state(1, "done", who="An", closed_by=2)


def drop(folder: Path) -> Path:
    inbox = folder / "inbox"
    inbox.mkdir()
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        (inbox / name).write_bytes(name.encode())
    return inbox


def state(register: Register) -> dict[str, list[dict[str, Any]]]:
    tables = (
        "files",
        "receipts",
        "documents",
        "document_files",
        "pages",
        "parties",
        "citations",
        "tasks",
        "deadlines",
        "follow_ups",
        "corrections",
        "events",
        "texts",
    )
    plain = ("id",)
    return {
        table: [
            {k: v for k, v in row.items() if k not in TIMES and not (k in plain and table in ("citations", "pages"))}
            for row in register.base.rows(f"SELECT * FROM {table}")
        ]
        for table in tables
    }


def killed_run(folder: Path, inbox: Path, after: int) -> int:
    """The intake in a child that dies at its `after`-th statement; its exit code."""
    child = os.fork()
    if child == 0:
        left = [after]

        def tick(_: str) -> None:
            left[0] -= 1
            if left[0] <= 0:
                os._exit(KILLED)

        try:
            register = open_register(folder)
            register.base.conn.set_trace_callback(tick)
            intake(register, inbox)
            os._exit(DONE)
        except BaseException:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_a_kill_at_any_statement_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()
    with open_register(whole) as register:
        intake(register, drop(whole))
        expected = state(register)
        assert register.check() == []
    after, code = 1, KILLED
    while code == KILLED:
        folder = tmp_path / str(after)
        folder.mkdir()
        inbox = drop(folder)
        code = killed_run(folder, inbox, after)
        assert code in (KILLED, DONE), f"failed before statement {after}"
        with open_register(folder) as register:
            intake(register, inbox)
            assert register.check() == [] == audit.faults(register.base, folder), f"killed at statement {after}"
            assert state(register) == expected, f"killed at statement {after}"
        after += 1 + after // 8
    assert after > 60


@pytest.mark.parametrize("step", ["rename", "fsync"])
def test_a_kill_while_bytes_are_kept_leaves_the_file_in_the_inbox(tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox = drop(tmp_path)
    child = os.fork()
    if child == 0:
        register = open_register(tmp_path)
        where: Any = Path if step == "rename" else os
        monkeypatch.setattr(where, step, lambda *_: os._exit(KILLED))
        intake(register, inbox)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == KILLED
    assert (inbox / "a.pdf").exists()
    with open_register(tmp_path) as register:
        intake(register, inbox)
        assert register.check() == [] and register.count() == 5


def test_a_removal_that_was_cut_off_is_ended_by_the_next_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox = drop(tmp_path)
    with open_register(tmp_path) as register:
        intake(register, inbox)
        with monkeypatch.context() as patch:
            patch.setattr("vanthu.register.classified._remove", lambda *_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                register.forget(1)
        assert register.pending() == []
        register.start_run()
        assert register.show(1)["record"] is None and register.base.value("SELECT count(*) FROM files") == 2
        assert register.check() == []
