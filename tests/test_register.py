import sqlite3
from datetime import date
from pathlib import Path

import pytest

from tests.registering import TEXT, arrive, dispatch, document, found, letter, open_register
from vanthu.errors import NotFound, WrongUse
from vanthu.register import Register
from vanthu.register.store import Store, hash_of


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return open_register(tmp_path)


def test_bytes_are_kept_by_their_hash_and_once(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    (tmp_path / "Công văn «1».PDF").write_bytes(b"%PDF")
    sha256, kept = store.keep(tmp_path / "Công văn «1».PDF")
    assert kept == tmp_path / "store" / sha256[:2] / sha256 / "original.pdf"
    assert kept.read_bytes() == b"%PDF" and hash_of(kept) == sha256
    assert store.keep(tmp_path / "Công văn «1».PDF") == (sha256, kept)
    assert [*store.hashes()] == [sha256] and not [*store.folder.glob(".in-*")]
    kept.write_bytes(b"changed")
    assert store.verify() == [sha256]


def test_a_claimed_file_waits_until_it_is_registered_or_rejected(register: Register, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"a")
    sha256, kept = register.store.keep(tmp_path / "a.pdf")
    file = register.claim(sha256, name="a.pdf", note="fax", size=1, direction="in")
    assert (file.state, file.duplicate, file.note, file.path) == ("claimed", False, "fax", kept)
    assert register.claim(sha256, name="a.pdf") == file, "the same arrival after a kill"
    assert register.pending() == [file]
    register.reject(file.id, "encrypted", "password")
    assert register.pending() == []
    assert register.rejected() == [{"id": file.id, "file": "a.pdf", "reason": "encrypted", "detail": "password", "kept": str(kept)}]


def test_the_same_bytes_are_a_duplicate_of_the_first_unless_it_was_rejected(register: Register, tmp_path: Path) -> None:
    entry = arrive(register, tmp_path)
    again = register.claim(hash_of(tmp_path / "a.pdf"), name="b.pdf")
    assert again.duplicate and again.entry_id == entry.id and again.state == "registered"
    assert register.pending() == [] and register.count() == 1
    assert [(row["name"], row["duplicate"]) for row in register.base.rows("SELECT * FROM receipts")] == [("a.pdf", 0), ("b.pdf", 1)]
    (tmp_path / "c.pdf").write_bytes(b"c")
    sha256, _ = register.store.keep(tmp_path / "c.pdf")
    file = register.claim(sha256, name="c.pdf")
    register.reject(file.id, "broken")
    tried = register.claim(sha256, name="c2.pdf")
    assert not tried.duplicate and tried.state == "claimed" and register.pending() == [tried]


def test_registering_again_gives_the_same_entry(register: Register, tmp_path: Path) -> None:
    first = arrive(register, tmp_path)
    again = register.register(1, document(TEXT), dispatch(), received_on=date(2024, 4, 1))
    assert (again.id, again.number, again.received_on, again.new) == (first.id, "1/2024", date(2024, 3, 7), False)
    assert register.count() == 1 and register.check() == []


def test_an_entry_shows_what_was_read_and_what_became_of_it(register: Register, tmp_path: Path) -> None:
    entry = arrive(register, tmp_path, read=dispatch(place=found("Rạch Giá", 0.4), issued_on=found(None, 0.3)))
    shown = register.show(entry.id)
    assert (shown["number"], shown["book"], shown["received_on"], shown["state"]) == ("1/2024", "den", "2024-03-07", "registered")
    assert shown["record"]["code"] == "221/UBND-NV" and shown["record"]["issued_on"] is None
    assert shown["record"]["tasks"][2] == {
        "ordinal": None,
        "text": "Báo cáo kết quả trước ngày 22/5/2024; trước ngày 08/11/2024",
        "lead": ["các đơn vị"],
        "support": [],
        "due_on": "2024-05-22",
    }
    assert shown["looks"] == ["issued_on", "place"]
    assert shown["files"][0]["name"] == "a.pdf" and shown["files"][0]["role"] == "main"
    assert [event["what"] for event in shown["history"]] == ["registered"]
    assert shown["links"]["not_received"] == ["286/UBND-KGVX"]


def test_events_are_only_ever_added(register: Register, tmp_path: Path) -> None:
    arrive(register, tmp_path)
    for sql in ("UPDATE events SET who='x'", "DELETE FROM events"):
        with pytest.raises(sqlite3.IntegrityError, match="only ever added"):
            register.base.conn.execute(sql)


def test_the_same_document_scanned_again_is_flagged_for_a_person(register: Register, tmp_path: Path) -> None:
    first = arrive(register, tmp_path)
    other_year = arrive(register, tmp_path, "b.pdf", read=letter("221/UBND-NV", "2023-03-06", "UBND TP. Rạch Giá"))
    other_body = arrive(register, tmp_path, "c.pdf", read=letter("221/UBND-NV", "2024-03-06", "UBND thành phố Hà Tiên"))
    again = arrive(register, tmp_path, "d.pdf", read=letter("0221/ubnd-nv", "2024-03-16", "UBND TP. Rạch Giá"))
    assert (other_year.probable_duplicates, other_body.probable_duplicates) == ((), ())
    assert again.probable_duplicates == (first.id,)
    assert register.show(first.id)["probable_duplicates"] == [again.id], "both are shown it"


def test_unnumbered_drafts_are_no_duplicates(register: Register, tmp_path: Path) -> None:
    arrive(register, tmp_path, read=letter("/TB-UBND", "2024-03-06", "UBND tỉnh"))
    assert arrive(register, tmp_path, "b.pdf", read=letter("/TB-UBND", "2024-03-06", "UBND tỉnh")).probable_duplicates == ()


def test_a_number_is_voided_and_its_file_may_come_again(register: Register, tmp_path: Path) -> None:
    entry = arrive(register, tmp_path)
    register.void(entry.id, "đăng ký nhầm", who="An")
    assert register.search("dân chủ") == [] and register.due() == []
    shown = register.show(entry.id)
    assert (shown["state"], shown["void_reason"], shown["number"]) == ("void", "đăng ký nhầm", "1/2024")
    assert arrive(register, tmp_path).number == "2/2024"
    assert register.check() == []
    with pytest.raises(WrongUse):
        register.correct(entry.id, "code", "1/A", who="An")


def test_ids_and_arrival_numbers_name_entries(register: Register, tmp_path: Path) -> None:
    arrive(register, tmp_path)
    last_year = arrive(register, tmp_path, "b.pdf", on=date(2023, 12, 29), read=letter("1/A-B", "2023-12-28", "A"))
    ours = arrive(register, tmp_path, "c.pdf", direction="out", read=letter("2/A-B", "2024-03-28", "A"))
    assert register.resolve("2") == last_year.id == register.resolve("1/2023")
    assert register.resolve("1/2024") == 1 and register.resolve("di:1/2024") == ours.id
    for wrong in ("9", "9/2024", "a", "1/", "", "1/2024/3", "xx:1/2024"):
        with pytest.raises(NotFound):
            register.resolve(wrong)


def test_a_further_file_belongs_to_its_entry(register: Register, tmp_path: Path) -> None:
    entry = arrive(register, tmp_path)
    (tmp_path / "annex.pdf").write_bytes(b"annex")
    sha256, _ = register.store.keep(tmp_path / "annex.pdf")
    for _ in range(2):
        register.attach(entry.id, sha256, "annex.pdf")
    assert [(file["name"], file["role"]) for file in register.show(entry.id)["files"]] == [("a.pdf", "main"), ("annex.pdf", "attached")]
    assert register.check() == []


def test_a_document_that_proves_secret_leaves_no_trace(register: Register, tmp_path: Path) -> None:
    arrive(register, tmp_path, "other.pdf", read=letter("9/B-C", "2024-03-01", "Sở Y tế"), text="khác")
    read = dispatch(subject="chuyện Bồ Câu Trắng", secrecy="mật", references=[], replies_to=[])
    arrive(register, tmp_path, "bo-cau-trang.pdf", read=read, text="Kế hoạch Bồ Câu Trắng bí ẩn\n" * 50)
    answer = letter("10/B-C", "2024-04-01", "Sở Y tế", references=[])
    arrive(register, tmp_path, "later.pdf", read=answer, text="sau")
    (tmp_path / "annex.pdf").write_bytes("phụ lục Bồ Câu Trắng".encode())
    register.attach(2, register.store.keep(tmp_path / "annex.pdf")[0], "annex-trang.pdf")
    register.forget(2)
    assert register.show(2)["record"] is None and register.show(2)["state"] == "void"
    assert register.check() == []
    register.close()
    for file in (tmp_path / "outputs").rglob("*"):
        content = file.read_bytes().lower() if file.is_file() else b""
        assert all(word.encode() not in content for word in ("câu", "trắng", "trang", "bo-cau", "bí ẩn", "221/ubnd")), file


def test_the_secret_register_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "mat"
    with Register.open(folder, private=True):
        assert folder.stat().st_mode & 0o077 == 0
        assert all(name.stat().st_mode & 0o077 == 0 for name in folder.iterdir())


def test_a_register_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    with open_register(tmp_path) as register:
        register.base.conn.execute("PRAGMA user_version=999")
    with pytest.raises(WrongUse, match="mới hơn"):
        open_register(tmp_path)


def test_lines_of_the_register_are_listed_and_counted(register: Register, tmp_path: Path) -> None:
    for number in range(5):
        arrive(register, tmp_path, f"{number}.pdf", read=letter(f"{number + 1}/A-B", "2024-03-01", "A"))
    assert [row["number"] for row in register.entries(offset=1, limit=2)] == ["4/2024", "3/2024"]
    assert register.count(book="den", year=2024) == 5 and register.count(book="di") == 0
    assert register.count(needs_look=True) == 5, "no subject was read"
    with pytest.raises(TypeError):
        register.count(colour="red")


def test_runs_are_told(register: Register) -> None:
    run = register.start_run()
    register.end_run(run, registered=2, rejected=1)
    killed = register.start_run()
    assert [(row["id"], row["registered"], row["ended_at"] is None) for row in register.runs()] == [(killed, None, True), (run, 2, False)]
