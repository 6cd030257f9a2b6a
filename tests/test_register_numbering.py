import multiprocessing
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.registering import arrive, document, letter, open_register
from vanthu.register import Register, events


def test_numbers_start_again_each_year_and_in_each_book(tmp_path: Path) -> None:
    with open_register(tmp_path, separate_party_book=True) as register:
        ways = [("in", 2023, "1/A-B"), ("in", 2024, "2/A-B"), ("out", 2024, "3/A-B"), ("in", 2024, "4-CV/ĐU"), ("in", 2024, "5/A-B")]
        entries = [
            arrive(register, tmp_path, f"{code[0]}.pdf", read=letter(code, None, "A"), on=date(year, 6, 1), direction=way)
            for way, year, code in ways
        ]
    assert [(e.book, e.number) for e in entries] == [
        ("den", "1/2023"),
        ("den", "1/2024"),
        ("di", "1/2024"),
        ("dang", "1/2024"),
        ("den", "2/2024"),
    ]


def test_party_papers_share_the_book_unless_kept_apart(tmp_path: Path) -> None:
    with open_register(tmp_path) as register:
        assert arrive(register, tmp_path, read=letter("4-CV/ĐU", "2024-01-01", "Đảng ủy phường")).book == "den"


def test_a_party_body_is_known_by_its_name_where_the_code_is_unread(tmp_path: Path) -> None:
    with open_register(tmp_path, separate_party_book=True) as register:
        assert arrive(register, tmp_path, read=letter(None, None, "Thành ủy Rạch Giá")).book == "dang"


def test_a_book_begun_on_paper_goes_on_from_its_number(tmp_path: Path) -> None:
    with open_register(tmp_path, first_numbers={("den", 2024): 346}) as register:
        numbers = [arrive(register, tmp_path, f"{n}.pdf", read=letter(f"{n}/A-B", None, "A")).arrival_number for n in (1, 2)]
        assert numbers == [346, 347] and register.check() == []
        assert arrive(register, tmp_path, "x.pdf", read=letter("9/A-B", None, "A"), on=date(2025, 1, 2)).arrival_number == 1


def test_a_first_number_set_later_opens_a_new_stretch_and_is_no_gap(tmp_path: Path) -> None:
    with open_register(tmp_path) as register:
        arrive(register, tmp_path)
    with open_register(tmp_path, first_numbers={("den", 2024): 100}) as register:
        assert arrive(register, tmp_path, "b.pdf", read=letter("1/A-B", None, "A")).arrival_number == 100
        assert register.check() == []
    with open_register(tmp_path, first_numbers={("den", 2024): 50}) as register:
        assert arrive(register, tmp_path, "c.pdf", read=letter("2/A-B", None, "A")).arrival_number == 101


def test_a_gap_is_found(tmp_path: Path) -> None:
    with open_register(tmp_path) as register:
        for n in (1, 2, 3):
            arrive(register, tmp_path, f"{n}.pdf", read=letter(f"{n}/A-B", None, "A"))
        register.base.conn.execute("UPDATE documents SET arrival_number=7 WHERE id=3")
        assert register.check() == ["sổ den: thiếu số đến 6/2024, trước số 7"]


def test_a_failed_registration_uses_up_no_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_register(tmp_path) as register:

        def fail(base: object, what: str, **more: object) -> None:
            if what == "registered":
                raise sqlite3.OperationalError("disk full")

        with monkeypatch.context() as patch:
            patch.setattr(events, "add", fail)
            with pytest.raises(sqlite3.OperationalError):
                arrive(register, tmp_path)
        assert arrive(register, tmp_path, "b.pdf").number == "1/2024"
        assert [file.name for file in register.pending()] == ["a.pdf"], "it is gone on with"
        assert "chạy: vanthu intake" in register.check()[0]


STEPS = st.lists(
    st.tuples(st.sampled_from(["den", "di"]), st.sampled_from([2023, 2024]), st.sampled_from(["keep", "fail", "void"])), max_size=12
)


@settings(max_examples=15, deadline=None)
@given(steps=STEPS)
def test_whatever_happens_numbers_have_neither_gaps_nor_doubles(
    steps: list[tuple[str, int, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("numbers")
    with open_register(folder) as register:
        drawn: dict[tuple[str, int], list[int]] = {}
        for place, (book, year, fate) in enumerate(steps):
            way = "out" if book == "di" else "in"
            (folder / "f").write_bytes(str(place).encode())
            sha256, _ = register.store.keep(folder / "f")
            file = register.claim(sha256, name="f", direction=way)
            read = letter(f"{place + 1}/A-B", None, "A")
            if fate == "fail":
                with pytest.raises(ZeroDivisionError), register.base.transaction():
                    register.register(file.id, document("a"), read, received_on=date(year, 1, 1), direction=way)
                    raise ZeroDivisionError
                register.reject(file.id, "failed")
                continue
            entry = register.register(file.id, document("a"), read, received_on=date(year, 1, 1), direction=way)
            drawn.setdefault((entry.book, entry.year), []).append(entry.arrival_number)
            if fate == "void":
                register.void(entry.id, "x", who="An")
        assert all(numbers == [*range(1, len(numbers) + 1)] for numbers in drawn.values())
        assert register.check() == []


def _work(folder: Path, worker: int, count: int) -> None:
    with open_register(folder) as register:
        for n in range(count):
            arrive(register, folder, f"{worker}-{n}.pdf", read=letter(f"{worker}{n}/A-B", None, "A"), text="a")


def test_writers_at_once_never_draw_the_same_number(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_work, args=(tmp_path, worker, 6)) for worker in (1, 2, 3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    with Register.open(tmp_path / "outputs") as register:
        assert sorted(row["arrival_number"] for row in register.entries()) == [*range(1, 19)]
        assert register.check() == []
