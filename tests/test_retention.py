"""Only what has expired is destroyed, only by a decision, and the line and the log tell of it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.papers import letter
from vanthu import settings as loading
from vanthu.errors import WrongUse
from vanthu.pipeline import audit, retention, run
from vanthu.pipeline.checks import faults
from vanthu.pipeline.place import Place
from vanthu.settings import Settings

NO_WORK = "Ủy ban nhân dân thành phố thông báo để các phòng, ban, ngành biết./."


@pytest.fixture
def old(office: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An office twelve years later; letters are kept for ten years; the second one still has open items."""
    letter(office.inbox / "a.docx", "1/UBND-NV", body=NO_WORK)
    letter(office.inbox / "b.docx", "2/UBND-NV")
    run.intake(office)
    (Path.cwd() / "vanthu.toml").write_text('[retention]\n"công văn" = 10\n', encoding="utf-8")
    monkeypatch.setenv("VANTHU_TODAY", "2036-02-01")
    return loading.load()


def test_what_may_go_is_listed_and_goes_without_a_trace_of_its_text(old: Settings, vanthu: Callable[..., Any]) -> None:
    assert vanthu("destroy", "--json").json[0]["code"] == "1/UBND-NV"
    assert [line["id"] for line in retention.expired(Place(old))] == [1]
    assert vanthu("destroy", 1).code == 2
    done = vanthu("destroy", 1, "--reason", "Quyết định số 9/QĐ-UBND")
    assert done.code == 0, done.err
    place = Place(old)
    shown = place.register.show(1)
    assert (shown["state"], shown["void_reason"], shown["record"], shown["files"]) == (
        "void",
        "đã tiêu hủy: Quyết định số 9/QĐ-UBND",
        None,
        [],
    )
    assert place.register.entries()[1]["code"] == "1/UBND-NV"
    assert [one["what"] for one in shown["history"]] == ["registered", "destroyed"]
    assert place.register.search("thông báo để các phòng") == []
    assert len(list(old.outputs.glob("store/??/*"))) == 1
    assert not (old.outputs / "records" / "1.json").exists()
    assert faults(place) == audit.faults(place) == []
    place.close()
    database = b"".join(path.read_bytes() for path in old.outputs.glob("register.db*"))
    assert "thông báo để các phòng".encode() not in database


@pytest.mark.parametrize("day", ["2034-12-31", "2024-03-08"])
def test_before_its_year_nothing_goes(old: Settings, day: str) -> None:
    early = Place(replace(old, fixed_today=loading.date.fromisoformat(day)))
    assert retention.expired(early) == []
    with pytest.raises(WrongUse):
        retention.destroy(early, [1], "Quyết định", "An")


@pytest.mark.parametrize("ids", [[2], [1, 2], [1, 1, 2]])
def test_one_that_may_not_go_keeps_all(old: Settings, ids: list[int]) -> None:
    with pytest.raises(WrongUse):
        retention.destroy(Place(old), ids, "Quyết định", "An")
    assert Place(old).register.show(1)["state"] == "registered"


def test_a_removal_that_was_cut_off_is_ended_by_the_next_run(old: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("vanthu.register.classified._remove", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            retention.destroy(Place(old), [1], "Quyết định", "An")
    run.intake(old)
    assert len(list(old.outputs.glob("store/??/*"))) == 1
    assert faults(Place(old)) == []


def test_a_type_without_a_term_is_kept_for_good(office: Settings) -> None:
    letter(office.inbox / "a.docx", body=NO_WORK)
    run.intake(office)
    later = replace(office, fixed_today=loading.date(2124, 1, 1))
    assert retention.expired(Place(later)) == []


@pytest.mark.parametrize("text", ['"công văn" = 0', '"công văn" = true', '"công văn" = "x"', '"công văn" = 1.5'])
def test_a_term_that_makes_no_sense_is_said(office: Settings, text: str) -> None:
    (Path.cwd() / "vanthu.toml").write_text(f"[retention]\n{text}\n", encoding="utf-8")
    with pytest.raises(WrongUse):
        loading.load()
