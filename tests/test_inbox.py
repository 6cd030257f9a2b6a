import os
import time
import unicodedata
from pathlib import Path

import pytest

from vanthu import inbox, whole
from vanthu.samples import SAMPLE

PDF = SAMPLE.read_bytes()


def put(path: Path, data: bytes = PDF, age: float = 3600) -> Path:
    """A file that was last changed `age` seconds ago, as far as a test can make it so: the kernel sets the time of change."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    then = time.time() - age
    os.utime(path, (then, then))
    return path


def names(look: inbox.Look) -> list[str]:
    return [arrival.name for arrival in look.whole]


@pytest.mark.parametrize(
    "name",
    [
        "scan.pdf.part",
        "scan.tmp",
        "scan.pdf.crdownload",
        "~$thu.docx",
        ".hidden.pdf",
        ".~lock.thu.docx#",
        "Thumbs.db",
        "THUMBS.DB",
        "desktop.ini",
        ".DS_Store",
        "@eaDir/scan.pdf",
        "#recycle/scan.pdf",
        "System Volume Information/x.pdf",
        "scan.pdf~",
    ],
)
def test_what_is_no_arrival_is_left_alone(tmp_path: Path, name: str) -> None:
    path = put(tmp_path / name)
    look = inbox.look(tmp_path, 0)
    assert not look.whole
    assert not look.waiting
    assert path.is_file()


@pytest.mark.parametrize(
    "name",
    [
        "công văn.pdf",
        unicodedata.normalize("NFD", "Báo cáo số 5 – Ủy ban.pdf"),
        "a'b\"c $(rm) `x`; & %41.pdf",
        "  hai  dấu cách .pdf",
        "-rf.pdf",
        "x\ny.pdf",
        "không đuôi",
        "đ" * 125,
        "tmp.pdf",
    ],
)
def test_odd_names_are_taken(tmp_path: Path, name: str) -> None:
    put(tmp_path / name)
    (arrival,) = inbox.look(tmp_path, 0).whole
    assert arrival.name == unicodedata.normalize("NFC", name).replace("\n", " ")
    assert arrival.path.is_file()


def test_bytes_that_are_no_utf8(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/c\xf4ng v\xe3n.pdf"))
    put(path)
    (arrival,) = inbox.look(tmp_path, 0).whole
    assert arrival.name == "c�ng v�n.pdf"
    arrival.name.encode()


def test_folders_say_where_a_file_came_from(tmp_path: Path) -> None:
    for name in ("a.pdf", "Một cửa/b.pdf", "di/c.pdf", "di/2024/d.pdf", "Di/e.pdf"):
        put(tmp_path / name)
    found = {arrival.name: (arrival.note, arrival.outgoing) for arrival in inbox.look(tmp_path, 0).whole}
    assert found == {
        "a.pdf": ("", False),
        "b.pdf": ("Một cửa", False),
        "c.pdf": ("", True),
        "d.pdf": ("2024", True),
        "e.pdf": ("Di", False),
    }


def test_links_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    put(outside / "secret.pdf")
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "link.pdf").symlink_to(outside / "secret.pdf")
    (tmp_path / "inbox" / "folder").symlink_to(outside)
    os.mkfifo(tmp_path / "inbox" / "pipe.pdf")
    look = inbox.look(tmp_path / "inbox", 0)
    assert (look.whole, look.waiting) == ((), ())


def test_a_young_file_waits_until_it_is_quiet(tmp_path: Path) -> None:
    put(tmp_path / "a.pdf", age=0)
    first = inbox.look(tmp_path, 0.4)
    assert not first.whole
    assert 0 < first.ready_in <= 0.4
    time.sleep(first.ready_in)
    assert names(inbox.look(tmp_path, 0.4, first.seen)) == ["a.pdf"]


def test_a_clock_ahead_of_ours_delays_a_file_and_does_not_hold_it_for_ever(tmp_path: Path) -> None:
    put(tmp_path / "a.pdf", age=-3600)
    first = inbox.look(tmp_path, 0.3)
    assert not first.whole
    time.sleep(0.35)
    assert names(inbox.look(tmp_path, 0.3, first.seen)) == ["a.pdf"]


def test_a_file_that_goes_on_changing_goes_on_waiting(tmp_path: Path) -> None:
    path, seen = put(tmp_path / "a.pdf", b"%PDF-1.4 ", age=0), {}
    for _ in range(4):
        look = inbox.look(tmp_path, 0.2, seen)
        assert not look.whole
        seen = dict(look.seen)
        time.sleep(0.15)
        with path.open("ab") as file:
            file.write(b"more")


def test_a_cut_off_file_waits_longer_than_a_whole_one(tmp_path: Path) -> None:
    put(tmp_path / "cut.pdf", PDF[:5000], age=0)
    first = inbox.look(tmp_path, 0.2)
    time.sleep(0.25)
    assert not inbox.look(tmp_path, 0.2, first.seen).whole
    time.sleep(0.45)
    late = inbox.look(tmp_path, 0.2, first.seen)
    assert names(late) == (["cut.pdf"] if whole.written_by_somebody(tmp_path / "cut.pdf") is False else [])


def test_a_file_that_somebody_writes_waits_however_old(tmp_path: Path) -> None:
    path = put(tmp_path / "a.pdf")
    if whole.written_by_somebody(path) is None:
        pytest.skip("this file system has no leases")
    with path.open("ab"):
        look = inbox.look(tmp_path, 0)
        assert (len(look.whole), len(look.waiting), look.ready_in) == (0, 1, 0)
    assert names(inbox.look(tmp_path, 0)) == ["a.pdf"]


def test_the_empty_twin_of_a_download_waits(tmp_path: Path) -> None:
    put(tmp_path / "a.pdf", b"")
    part = put(tmp_path / "a.pdf.part")
    assert not inbox.look(tmp_path, 0).whole
    part.rename(tmp_path / "a.pdf")
    assert names(inbox.look(tmp_path, 0)) == ["a.pdf"]


def test_order_of_arrival(tmp_path: Path) -> None:
    for name, age in (("c.pdf", 300), ("a.pdf", 200), ("b.pdf", 100)):
        put(tmp_path / name, age=age)
    assert names(inbox.look(tmp_path, 0)) == ["c.pdf", "a.pdf", "b.pdf"]


def test_a_replaced_file_is_not_the_one_that_was_looked_at(tmp_path: Path) -> None:
    path = put(tmp_path / "scan.pdf")
    (arrival,) = inbox.look(tmp_path, 0).whole
    assert arrival.unchanged()
    put(tmp_path / "other.pdf").rename(path)
    assert not arrival.unchanged()
    path.unlink()
    assert not arrival.unchanged()
