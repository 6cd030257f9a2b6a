"""Past the bound, search finds the same entries, the newest and the best of late first, each once."""

import sqlite3
from contextlib import closing
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.text import fold
from tests.registering import arrive, letter, open_register
from vanthu.register import Register, holding, leading, ranking, search


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


@pytest.fixture(params=["all ranked", "bounded"])
def bound(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "bounded":
        monkeypatch.setattr(ranking, "POOL", 6)
    return str(request.param)


@pytest.fixture(params=["words lead", "field leads", "days bound the index"])
def led(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(leading, "_LOOK", {"words lead": 1e9, "field leads": 0, "days bound the index": 0}[request.param])
    if request.param == "days bound the index":
        monkeypatch.setattr(leading, "FEW", 0)
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


def test_other_tones_come_last(register: Register) -> None:
    assert found(register, "hành chính")[-1] == 5


def test_words_that_stand_side_by_side_come_first(register: Register) -> None:
    assert found(register, "hanh chinh")[:2] == [3, 12]


def test_two_of_three_words_side_by_side_are_not_enough(register: Register) -> None:
    assert found(register, "thu tuc hanh chinh") == [3]
    assert found(register, "tuc cach hanh") == [3]


@pytest.mark.parametrize(
    "query", ["hanh chinh", "hành chính", "hanh*", '"cai cach hanh"', '"hanh cai"', "7/SNV", "snv viec", "khongco viec"]
)
@pytest.mark.parametrize("asked", ["", " so:7", " so:7..9", " den:2024-03", " den:2023", ' coquan:"Sở Nội vụ" so:3..12', " trangthai:tre"])
def test_whoever_leads_the_same_is_found(
    register: Register, bound: str, led: str, query: str, asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = f"{query}{asked}"
    here = found(register, query), search.count(register.base, query), search.count(register.base, query, most=4)
    monkeypatch.undo()
    everything = found(register, query)
    assert (sorted(here[0]), *here[1:]) == (sorted(everything), len(everything), min(4, len(everything)))


def test_a_filter_holds_past_the_bound(register: Register, bound: str, led: str) -> None:
    assert found(register, "hanh chinh so:7") == [7]
    assert found(register, "hanh chinh so:7..9 den:2024-03") and set(found(register, "hanh chinh so:7..9")) == {7, 8, 9}
    assert found(register, "hanh chinh den:2023") == []
    assert search.count(register.base, "hanh chinh so:7..9") == 3


LETTERS = 'aăđộọ-_/.:,1²½٣ \n"x'


@given(st.text(LETTERS, max_size=12), st.text(LETTERS, max_size=5), st.booleans())
def test_a_text_is_looked_into_as_the_index_is(text: str, words: str, prefix: bool) -> None:
    """The full-text index itself says what is right."""
    asked = fold(words).replace("_", " ")
    if not any(map(str.isalnum, asked)):
        return
    with closing(sqlite3.connect(":memory:")) as conn:
        conn.execute("""CREATE VIRTUAL TABLE t USING fts5(body, tokenize="unicode61 remove_diacritics 0 tokenchars '_'")""")
        conn.execute("INSERT INTO t VALUES (?)", (fold(text),))
        quoted = asked.replace('"', " ")
        hit = conn.execute("SELECT 1 FROM t WHERE t MATCH ?", (f'"{quoted}"{" *" if prefix else ""}',)).fetchone()
    assert holding.stands(fold(text), asked, prefix=prefix) == (hit is not None)
