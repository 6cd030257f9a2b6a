import errno
import json
import multiprocessing
import os
import sqlite3
import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from papers import letter

from models.context import Office
from models.document import Box, Document, Mark, Page
from models.found import Found
from models.record import ReceivedStamp, Record
from vanthu import inbox
from vanthu.errors import Busy
from vanthu.pipeline import run, steps
from vanthu.pipeline.checks import faults
from vanthu.pipeline.job import Job
from vanthu.pipeline.lock import only_one
from vanthu.pipeline.place import Place
from vanthu.settings import Settings


class Killed(BaseException):
    """Stands for SIGKILL: nothing catches it."""


def entries(settings: Settings, secret: bool = False) -> list[dict[str, Any]]:
    return Place(settings, secret).register.entries(limit=100, state="registered")


def files_under(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_letter_goes_the_whole_way(office: Settings) -> None:
    path = letter(office.inbox / "Một cửa" / "cv.docx")
    data = path.read_bytes()
    summary = run.intake(office)
    assert summary.counts() == {"registered": 1, "duplicates": 0, "rejected": 0, "waiting": 0}
    assert not path.exists()
    assert path.parent.is_dir()
    (entry,) = entries(office)
    assert (entry["number"], entry["code"], entry["issued_on"]) == ("1/2024", "221/UBND-NV", "2024-03-06")
    shown = Place(office).register.show(entry["id"])
    assert Path(shown["files"][0]["kept"]).read_bytes() == data
    assert shown["files"][0]["note"] == "Một cửa"
    record = json.loads((office.outputs / "records" / "1.json").read_text(encoding="utf-8"))
    assert record["number"] == "1/2024"
    assert record["_found"]["code"]["rule"].startswith("code.")
    assert all(not key.startswith("_") for task in record["tasks"] for key in task)
    assert "Phòng Nội vụ chủ trì" in (office.outputs / "records" / "1.txt").read_text(encoding="utf-8")
    assert faults(Place(office)) == []


def test_the_same_bytes_again_are_a_duplicate(office: Settings) -> None:
    data = letter(office.inbox / "a.docx").read_bytes()
    run.intake(office)
    (office.inbox / "b.docx").write_bytes(data)
    assert run.intake(office).counts() == {"registered": 0, "duplicates": 1, "rejected": 0, "waiting": 0}
    assert len(entries(office)) == 1
    assert not (office.inbox / "b.docx").exists()


def test_a_bad_file_stops_nothing_and_is_kept(office: Settings) -> None:
    (office.inbox / "bad.pdf").write_bytes(b"%PDF-1.4 not really %%EOF")
    (office.inbox / "empty.pdf").write_bytes(b"")
    letter(office.inbox / "good.docx")
    summary = run.intake(office)
    assert summary.counts() == {"registered": 1, "duplicates": 0, "rejected": 2, "waiting": 0}
    rejected = Place(office).register.rejected()
    assert {row["file"]: row["reason"] for row in rejected} == {"bad.pdf": "broken", "empty.pdf": "empty"}
    assert all(Path(row["kept"]).is_file() for row in rejected)
    assert faults(Place(office)) == []


def test_a_rejected_file_dropped_again_is_tried_again(office: Settings) -> None:
    for _ in range(2):
        (office.inbox / "bad.pdf").write_bytes(b"%PDF-1.4 not really %%EOF")
        assert run.intake(office).counts()["rejected"] == 1
    assert len(Place(office).register.rejected()) == 1


def test_an_error_of_ours_rejects_the_file_and_keeps_it(office: Settings) -> None:
    letter(office.inbox / "a.docx")

    def broken(_: Job) -> None:
        raise ZeroDivisionError("x")

    assert run.intake(office, run.Steps(extract=broken)).counts()["rejected"] == 1
    (row,) = Place(office).register.rejected()
    assert (row["reason"], row["detail"]) == ("failed", "ZeroDivisionError: x")


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "full"), sqlite3.OperationalError("database is locked"), ImportError("half installed")]
)
def test_what_is_not_the_files_fault_stops_the_run_and_rejects_nothing(office: Settings, error: Exception) -> None:
    letter(office.inbox / "a.docx")

    def fails(_: Job) -> None:
        raise error

    with pytest.raises(type(error)):
        run.intake(office, run.Steps(register=fails))
    assert Place(office).register.rejected() == []
    assert run.intake(office).counts()["registered"] == 1


def kill_before(step: str) -> run.Steps:
    def dies(*_: Any) -> None:
        raise Killed

    return run.Steps(**{step: dies})


def kill_after(step: str) -> run.Steps:
    real: Callable[..., Any] = getattr(run.Steps(), step)

    def dies(*given: Any) -> None:
        real(*given)
        raise Killed

    return run.Steps(**{step: dies})


KILLS = [kill(step) for step in ("claim", "read", "extract", "register", "write") for kill in (kill_before, kill_after)]


@pytest.mark.parametrize("secrecy", ["", "MẬT"])
@pytest.mark.parametrize("kill", range(len(KILLS)))
def test_a_kill_between_any_two_steps_loses_and_doubles_nothing(office: Settings, kill: int, secrecy: str) -> None:
    letter(office.inbox / "a.docx", secrecy=secrecy)
    with pytest.raises(Killed):
        run.intake(office, KILLS[kill])
    run.intake(office)
    assert (len(entries(office)), len(entries(office, secret=True))) == ((0, 1) if secrecy else (1, 0))
    folder = Place(office, bool(secrecy)).folder
    assert (folder / "records" / "1.json").is_file()
    assert not list(office.inbox.iterdir())
    assert faults(Place(office)) == []


@pytest.mark.parametrize("at", ["keep", "claim", "forget"])
def test_a_kill_while_a_secret_document_moves(office: Settings, monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    letter(office.inbox / "a.docx", secrecy="TUYỆT MẬT")
    place = Place(office)
    owner = {"keep": place.apart.register.store, "claim": place.apart.register, "forget": place.register}[at]
    real = getattr(type(owner), at)

    def dies(self: Any, *given: Any, **named: Any) -> Any:
        if at != "forget" and str(self.folder if at == "keep" else self.base.folder).count("/mat") == 0:
            return real(self, *given, **named)
        real(self, *given, **named)
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(type(owner), at, dies)
        run.intake(office)
    run.intake(office)
    assert (len(entries(office)), len(entries(office, secret=True))) == (0, 1)
    assert faults(Place(office)) == []


def test_a_secret_document_leaves_no_trace_in_the_ordinary_place(office: Settings) -> None:
    letter(office.inbox / "kín đáo.docx", code="77/UBND-NC", secrecy="MẬT", body="Nội dung bí ẩn về đơn vị Xyzzy.")
    letter(office.inbox / "thường.docx")
    summary = run.intake(office)
    assert summary.count("registered") == 2
    assert [(outcome.name, outcome.code) for outcome in summary.outcomes if outcome.secret] == [("", "")]
    assert [entry["code"] for entry in entries(office, secret=True)] == ["77/UBND-NC"]
    ordinary = [path for path in files_under(office.outputs) if office.secret_outputs not in path.parents]
    for path in ordinary:
        data = path.read_bytes()
        for word in ("Xyzzy", "xyzzy", "77/UBND-NC", "kín đáo"):
            assert word.encode() not in data, (path, word)
    assert stat.S_IMODE(office.secret_outputs.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in files_under(office.secret_outputs)} == {0}


def test_a_secret_document_dropped_again_is_a_duplicate_there(office: Settings) -> None:
    data = letter(office.inbox / "a.docx", secrecy="MẬT").read_bytes()
    run.intake(office)
    (office.inbox / "b.docx").write_bytes(data)
    assert run.intake(office).counts()["duplicates"] == 1
    assert len(entries(office, secret=True)) == 1
    assert not any(office.outputs.glob("store/??/*"))


def test_our_own_documents_go_to_their_own_book(office: Settings) -> None:
    letter(office.inbox / "di" / "a.docx")
    run.intake(office)
    (entry,) = entries(office)
    assert (entry["direction"], entry["book"]) == ("out", "di")


def hold(folder: Path, held: Any, end: Any) -> None:
    with only_one(folder, wait=False):
        held.set()
        end.wait(20)


def test_a_second_intake_waits_or_ends_at_once(office: Settings) -> None:
    letter(office.inbox / "a.docx")
    context = multiprocessing.get_context("spawn")
    held, end = context.Event(), context.Event()
    other = context.Process(target=hold, args=(office.outputs, held, end))
    other.start()
    assert held.wait(20)
    try:
        with pytest.raises(Busy):
            run.intake(office, wait=False)
        assert (office.inbox / "a.docx").is_file()
    finally:
        end.set()
        other.join()
    assert run.intake(office, wait=True).counts()["registered"] == 1


def test_a_file_that_changes_while_it_is_claimed_stays(office: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    path = letter(office.inbox / "a.docx")
    place = Place(office)
    keep = type(place.register.store).keep

    def slow(self: Any, source: Path) -> Any:
        kept = keep(self, source)
        source.write_bytes(source.read_bytes() + b"more")
        return kept

    (arrival,) = inbox.look(office.inbox, 0).whole
    with monkeypatch.context() as patch:
        patch.setattr(type(place.register.store), "keep", slow)
        assert steps.claim(place, arrival) is None
    assert path.is_file()
    assert faults(place) == []


def test_a_file_replaced_after_it_was_claimed_is_not_removed(office: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    path, place = letter(office.inbox / "a.docx"), Place(office)
    (arrival,) = inbox.look(office.inbox, 0).whole
    claim = type(place.register).claim

    def replaced(self: Any, *given: Any, **named: Any) -> Any:
        file = claim(self, *given, **named)
        letter(office.inbox / "new.docx", code="222/UBND-NV").rename(path)
        return file

    with monkeypatch.context() as patch:
        patch.setattr(type(place.register), "claim", replaced)
        steps.claim(place, arrival)
    assert path.is_file()
    assert run.intake(office).counts()["registered"] == 2


OURS = Office(names=("Ủy ban nhân dân phường Rạch Giá", "UBND phường Rạch Giá"))


@pytest.mark.parametrize(
    ("stamp", "printed", "confidence", "expected"),
    [
        (date(2024, 3, 7), "UBND PHUONG RẠCH GIÁ CÔNG VĂN ĐẾN", 0.9, date(2024, 3, 7)),
        (date(2024, 3, 7), "UBND TỈNH CÔNG VĂN ĐẾN", 0.9, date(2024, 3, 8)),
        (date(2024, 3, 7), "UBND PHƯỜNG RẠCH GIÁ", 0.5, date(2024, 3, 8)),
        (date(2024, 3, 9), "UBND PHƯỜNG RẠCH GIÁ", 0.9, date(2024, 3, 8)),
        (date(2024, 3, 5), "UBND PHƯỜNG RẠCH GIÁ", 0.9, date(2024, 3, 8)),
        (None, "UBND PHƯỜNG RẠCH GIÁ", 0.9, date(2024, 3, 8)),
    ],
)
def test_received_on_is_our_stamps_date_where_it_is_sure(
    office: Settings, stamp: date, printed: str, confidence: float, expected: date
) -> None:
    page = Page(1, 100, 100, 300, "ocr", marks=(Mark("received_stamp", Box(0, 0, 9, 9), printed, 0.9),))
    record = Record(
        received_stamp=Found(ReceivedStamp("7", stamp), "received_stamp.box", confidence),
        issued_on=Found(date(2024, 3, 6), "issued_on.line", 0.9),
    )
    assert steps.received_on(replace(office, office=OURS), Document.assemble([page]), record) == expected


def test_an_inbox_that_cannot_be_written_is_left_and_said(office: Settings) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    letter(office.inbox / "a.docx")
    office.inbox.chmod(0o500)
    try:
        assert run.intake(office).counts()["waiting"] == 1
        assert any("inbox" in fault for fault in faults(Place(office)))
    finally:
        office.inbox.chmod(0o700)
