"""Past the bound, search finds the same entries, the newest and the best of late first, each once."""

from datetime import date

import pytest

from tests.registering import arrive, letter, open_register
from vanthu.register import Register, ranking, search


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    """Twenty letters with `hành chính` in their text, the third in its subject too; the fifth with another tone."""
    folder = tmp_path_factory.mktemp("ranking")
    register = open_register(folder)
    for number in range(1, 21):
        text = "Cải cách hành chính" if number != 5 else "Cải cách hãnh chỉnh và hạnh chinh"
        more = " hành chính hành chính" if number == 12 else ""
        read = letter(f"{number}/SNV", "2024-03-01", "Sở Nội vụ", subject="thủ tục hành chính" if number == 3 else "việc khác")
        arrive(register, folder, f"{number}.pdf", read=read, text=f"{text} {'việc khác ' * number}{more}", on=date(2024, 3, 4))
    return register


@pytest.fixture(params=["bm25", "bounded"])
def bound(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "bounded":
        monkeypatch.setattr(ranking, "RARE", 2)
        monkeypatch.setattr(ranking, "POOL", 6)
    return str(request.param)


def found(register: Register, query: str, limit: int = 50, offset: int = 0) -> list[int]:
    return [row["id"] for row in search.search(register.base, query, limit, offset)]


@pytest.mark.parametrize("query", ["hanh chinh", "hành chính", "cai", "việc", "hanh*", '"cai cach hanh"', "SNV", "hanh chinh den:2024"])
def test_the_same_entries_are_found_each_once_by_page(register: Register, bound: str, query: str) -> None:
    everything = found(register, query)
    assert sorted(everything) == list(range(1, 21))
    pages = [id_ for offset in range(0, 21, 3) for id_ in found(register, query, 3, offset)]
    assert pages == everything
    assert search.count(register.base, query) == 20


def test_what_stands_in_the_subject_comes_first_also_past_the_bound(register: Register, bound: str) -> None:
    assert found(register, "hanh chinh", 1) == [3]
    assert found(register, "hành chính", 1) == [3]


def test_other_tones_come_last_where_they_are_ranked(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(register, "hành chính")[-1] == 5
    monkeypatch.setattr(ranking, "RARE", 2)
    assert found(register, "hành chính")[-1] == 5  # all twenty fit into the pool


def test_words_that_stand_side_by_side_come_first(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking, "RARE", 2)
    assert found(register, "hanh chinh")[:2] == [3, 12]


def test_a_filter_holds_past_the_bound(register: Register, bound: str) -> None:
    assert found(register, "hanh chinh so:7") == [7]
    assert found(register, "hanh chinh so:7..9 den:2024-03") and set(found(register, "hanh chinh so:7..9")) == {7, 8, 9}
    assert found(register, "hanh chinh den:2023") == []
    assert search.count(register.base, "hanh chinh so:7..9") == 3
