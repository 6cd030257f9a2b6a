"""A stack on its whole way: one file, several entries, each with its own pages; split and joined by a person."""

import json
import multiprocessing
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from drawn import scan
from papers import printed
from PIL import Image
from signing import sign
from starlette.testclient import TestClient

from tests.test_batches import stack
from tests.test_pipeline import KILLS, Killed
from vanthu import readers
from vanthu.desk import app
from vanthu.errors import WrongUse
from vanthu.exports import searchable_pdf
from vanthu.pipeline import again, run
from vanthu.pipeline.checks import faults
from vanthu.pipeline.place import Place
from vanthu.settings import Settings

NAMES = ["cover", "letter-a", "back-a", "annex", "letter-b", "separator", "company"]
WHERE = [[2, 3, 4, 1], [5], [7]]
CODES = ["221/UBND-NV", "45/QĐ-SNV", "386/CN-KT"]


def shown(place: Place) -> list[dict[str, Any]]:
    lines = place.register.entries(limit=100, state="registered")
    return [place.register.show(line["id"]) for line in sorted(lines, key=lambda line: line["id"])]


def where(place: Place) -> list[list[int] | None]:
    return [entry["files"][0]["pages"] for entry in shown(place)]


@pytest.fixture
def place(office: Settings) -> Place:
    printed(office.inbox / "scan.pdf", stack(NAMES))
    assert run.intake(office).counts() == {"registered": 3, "duplicates": 0, "rejected": 0, "waiting": 0}
    return Place(office)


def test_each_document_is_an_entry_of_its_own(place: Place) -> None:
    entries = shown(place)
    assert [entry["record"]["code"] for entry in entries] == CODES and where(place) == WHERE
    assert [entry["number"] for entry in entries] == ["1/2024", "2/2024", "3/2024"]
    assert len({entry["files"][0]["kept"] for entry in entries}) == 1, "the original stays one"
    assert [other["pages"] for other in entries[1]["batch"]] == [WHERE[0], WHERE[2]]
    assert entries[0]["record"]["issued_on"] == "2024-03-06", "not the cover's"
    assert "Trần Văn An" in place.register.text(2) and "Trần Văn An" not in place.register.text(1)
    assert [hit["id"] for hit in place.register.search("điều động")] == [2]
    assert [hit["id"] for hit in place.register.search("phiếu giải quyết")] == [1]
    written = json.loads((place.folder / "records" / "2.json").read_text(encoding="utf-8"))
    assert written["_found"]["code"]["page"] == 5
    assert faults(place) == []


def test_the_same_stack_again_is_one_duplicate(office: Settings, place: Place) -> None:
    printed(office.inbox / "again.pdf", stack(NAMES))
    summary = run.intake(office)
    assert summary.counts() == {"registered": 0, "duplicates": 1, "rejected": 0, "waiting": 0}
    assert summary.outcomes[0].entry_id == 1 and len(shown(place)) == 3


def test_a_stack_is_left_whole_where_the_office_says_so(office: Settings) -> None:
    printed(office.inbox / "scan.pdf", stack(NAMES))
    assert run.intake(replace(office, split_batches=False)).count("registered") == 1
    assert where(Place(office)) == [None] and shown(Place(office))[0]["proposals"] == []


@pytest.mark.parametrize("kill", range(5, len(KILLS)))
def test_a_kill_leaves_no_stack_half_split(office: Settings, kill: int) -> None:
    printed(office.inbox / "scan.pdf", stack(NAMES))
    with pytest.raises(Killed):
        run.intake(office, KILLS[kill])
    assert len(shown(Place(office))) in (0, 3)
    run.intake(office)
    assert where(Place(office)) == WHERE and all((office.outputs / "records" / f"{n}.json").is_file() for n in (1, 2, 3))
    assert not list(office.inbox.iterdir()) and faults(Place(office)) == []


def test_reading_again_keeps_splits_and_corrections(place: Place) -> None:
    place.register.correct(2, "subject", "điều động ông An", who="An")
    before = where(place)
    for entry in shown(place):
        again.reread(place, entry["id"])
    assert where(place) == before
    assert [entry["record"]["code"] for entry in shown(place)] == CODES and shown(place)[1]["record"]["subject"] == "điều động ông An"


def test_a_signed_file_is_one_dispatch(office: Settings) -> None:
    path = printed(office.inbox / "signed.pdf", stack(["letter-a", "letter-b"]))
    path.write_bytes(sign(path.read_bytes()))
    run.intake(office)
    assert where(Place(office)) == [None] and [one["page"] for one in shown(Place(office))[0]["proposals"]] == [2]


def test_a_person_splits_and_joins(place: Place) -> None:
    place.register.correct(1, "subject", "dân chủ", who="An")
    made = again.split(place, 1, [4], "An")
    assert [entry.number for entry in made] == ["1/2024", "4/2024"] and where(place) == [[2, 3, 1], [5], [7], [4]]
    assert shown(place)[0]["record"]["subject"] == "dân chủ"
    again.join(place, 1, 4, "An")
    assert where(place) == WHERE and shown(place)[0]["record"]["subject"] == "dân chủ"
    gone = place.register.show(4)
    assert (gone["state"], gone["void_reason"]) == ("void", "gộp vào số 1/2024")
    again.reread(place, 1)
    assert [event["what"] for event in shown(place)[0]["history"]] == ["registered", "corrected", "split", "joined", "reread"]
    assert shown(place)[0]["proposals"] == [] and faults(place) == []


def test_a_wrong_split_is_taken_back_and_not_proposed_again(place: Place) -> None:
    again.join(place, 1, 2, "An")
    assert where(place) == [[2, 3, 4, 5, 1], [7]] and shown(place)[0]["proposals"] == []
    again.reread(place, 1)
    assert shown(place)[0]["proposals"] == []


@pytest.mark.parametrize("at", [[5], [1], [9], [2, 9]])
def test_a_split_that_cannot_be(place: Place, at: list[int]) -> None:
    with pytest.raises(WrongUse):
        again.split(place, 1, at, "An")
    assert where(place) == WHERE


def test_entries_of_two_files_are_not_joined(office: Settings, place: Place) -> None:
    printed(office.inbox / "other.pdf", stack(["party"]))
    run.intake(office)
    for one, other in ((1, 4), (4, 1), (1, 1)):
        with pytest.raises(WrongUse):
            again.join(place, one, other, "An")


def test_a_voided_part_leaves_the_others(place: Place) -> None:
    again.void(place, 2, "nhầm", "An")
    assert [entry["record"]["code"] for entry in shown(place)] == [CODES[0], CODES[2]] and faults(place) == []
    assert place.register.file(1).state == "registered"
    again.void(place, 1, "nhầm", "An")
    again.void(place, 3, "nhầm", "An")
    assert place.register.file(1).state == "voided"


def test_a_stack_with_a_secret_document_goes_apart_whole(office: Settings) -> None:
    secret = stack(["letter-a", "secret-b"])
    printed(office.inbox / "scan.pdf", secret)
    assert run.intake(office).count("registered") == 2
    place = Place(office)
    assert shown(place) == [] and [entry["record"]["secrecy"] for entry in shown(place.apart)] == [None, "mật"]
    assert not any((office.outputs / "store").glob("??/*")) and faults(place) == []


def test_a_document_that_proves_secret_takes_its_stack_along(place: Place) -> None:
    place.register.correct(1, "subject", "dân chủ", who="An")
    settled = again.correct(place, 2, "secrecy", "mật", "An")
    apart = shown(place.apart)
    assert settled == 2 and [entry["record"]["code"] for entry in apart] == CODES and where(place.apart) == WHERE
    assert apart[0]["record"]["subject"] == "dân chủ" and apart[1]["record"]["secrecy"] == "mật"
    assert shown(place) == [] and faults(place) == []


def test_a_joined_document_that_proves_secret_leaves_no_trace(place: Place) -> None:
    again.join(place, 1, 2, "An")
    again.correct(place, 1, "secrecy", "mật", "An")
    place.close()
    ordinary = [path for path in place.folder.rglob("*") if path.is_file() and "mat" not in path.relative_to(place.folder).parts]
    assert not any("điều động".encode() in path.read_bytes() or b"dieu dong" in path.read_bytes() for path in ordinary)
    assert where(place.apart) == [[2, 3, 4, 5, 1], [7]] and faults(place) == []


def test_what_may_be_two_is_said_and_settled(office: Settings, vanthu: Callable[..., Any]) -> None:
    printed(office.inbox / "scan.pdf", stack(["forwards-b", "letter-b", "company"]))
    said = vanthu("intake")
    assert "scan.pdf, trang 1–2: số đến 1/2024, 230/UBND-NV" in said.out and "vanthu split 1 2" in said.out
    assert said.last_line == "registered 2, duplicates 0, rejected 0, waiting 0"
    page = vanthu("show", "1").out
    assert "trang 1–2" in page and "văn bản trước có nhắc số này" in page and "386/CN-KT, trang 3" in page
    assert vanthu("split", "1").code == vanthu("split", "1", "2", "--none").code == 2
    assert vanthu("split", "1", "--none").code == 0 and vanthu("show", "1", "--json").json["proposals"] == []
    assert vanthu("reread", "1").code == 0 and vanthu("show", "1", "--json").json["proposals"] == []
    assert "3/2024 (id 3) 45/QĐ-SNV" in vanthu("split", "1", "2").err
    assert vanthu("join", "1", "3").code == 0 and vanthu("join", "1", "1").code == 2
    assert vanthu("check").code == 0


def test_the_desk_shows_splits_and_settles_them(office: Settings) -> None:
    printed(office.inbox / "scan.pdf", stack(["forwards-b", "letter-b", "company"]))
    run.intake(office)
    desk = TestClient(app(office), base_url="http://127.0.0.1")
    own = {"origin": "http://127.0.0.1"}
    assert desk.get("/").text.count("có thể là hai văn bản") == desk.get("/?canxem=1").text.count("có thể là hai văn bản") == 1
    page = desk.get("/van-ban/1").text
    assert "Tách từ trang 2" in page and "trang 1–2" in page and "(trang 2 của tệp)" in page and 'href="/van-ban/2"' in page
    assert desk.get("/van-ban/2/trang/3.jpg").status_code == 200 and desk.get("/van-ban/2/trang/1.jpg").status_code == 404
    assert desk.post("/van-ban/1/tach", data={"trang": "2"}).status_code == 403, "another page's order"
    assert desk.post("/van-ban/1/tach", data={"trang": "2"}, headers=own, follow_redirects=False).status_code == 303
    assert where(Place(office)) == [[1], [3], [2]] and "Tách từ trang" not in desk.get("/van-ban/1").text
    assert desk.post("/van-ban/1/gop", data={"voi": "3"}, headers=own, follow_redirects=False).status_code == 303
    assert where(Place(office)) == [[1, 2], [3]] and "gộp vào số 1/2024" in desk.get("/van-ban/3").text
    assert desk.post("/van-ban/1/tach", data={"trang": "khong"}, headers=own, follow_redirects=False).status_code == 303
    assert desk.post("/van-ban/1/tach", data={"trang": "99"}, headers=own).status_code == 422
    for nonsense in ({"trang": "x"}, {}, {"trang": "9" * 40}):
        assert desk.post("/van-ban/1/tach", data=nonsense, headers=own).status_code == 404


def test_two_entries_with_one_page_are_a_fault(place: Place) -> None:
    place.register.base.conn.execute("UPDATE document_files SET pages='[5, 7]' WHERE document_id=3")
    (fault,) = faults(place)
    assert "vanthu join 2 3" in fault
    again.join(place, 2, 3, "An")
    assert faults(place) == []


def test_extract_says_that_a_file_is_a_stack(office: Settings, vanthu: Callable[..., Any]) -> None:
    path = printed(office.outputs.parent / "scan.pdf", stack(NAMES))
    said = vanthu("extract", path, "--json")
    assert "các trang 2, 5, 7" in said.err and said.json["code"] == CODES[0] and said.json["_found"]["code"]["page"] == 2
    assert vanthu("extract", printed(office.outputs.parent / "one.pdf", stack(["letter-a", "back-a"])), "--json").err == ""


@pytest.mark.slow
def test_a_real_scan_of_a_stack(office: Settings, tmp_path: Path) -> None:
    first, second = (Image.open(scan(tmp_path / f"{number}.png", number)) for number in (221, 345))
    back = Image.new("L", first.size, 250)
    first.save(office.inbox / "scan.tiff", save_all=True, append_images=[back, second.rotate(180), back], dpi=(200, 200))
    run.intake(office)
    entries = shown(Place(office))
    assert [entry["record"]["code"] for entry in entries] == ["221/UBND-NV", "345/UBND-NV"]
    assert where(Place(office)) == [[1, 2], [3, 4]]
    desk = TestClient(app(office), base_url="http://127.0.0.1")
    assert desk.get("/van-ban/2/trang/3.jpg").status_code == 200
    assert [page["rotation"] for page in Place(office).register.pages(2)] == [180, 0]


def test_pages_are_read_on_their_own(office: Settings) -> None:
    path = printed(office.inbox / "scan.pdf", stack(NAMES))
    assert readers.read(path, only=[5, 2]).numbers == (2, 5)


def test_the_searchable_pdf_of_a_document_has_its_pages_alone(office: Settings, place: Place, vanthu: Callable[..., Any]) -> None:
    out = office.outputs / "b.pdf"
    assert vanthu("pdf", "2", out).code == 0
    with pikepdf.open(out) as made:
        assert len(made.pages) == 1
    assert "Trần Văn An" in readers.read(out).text
    original = Path(shown(place)[0]["files"][0]["kept"])
    searchable_pdf.write(original, readers.read(original), out)
    with pikepdf.open(out) as made:
        assert len(made.pages) == len(NAMES)


def split_and_die(settings: Settings, at: int) -> None:
    place = Place(settings)
    done = 0

    def trace(_: str) -> None:
        nonlocal done
        done += 1
        if done == at:
            os.kill(os.getpid(), signal.SIGKILL)

    place.register.base.conn.set_trace_callback(trace)
    again.split(place, 1, [4], "An")


@pytest.mark.parametrize("at", [3, 20, 40, 60])
def test_a_kill_while_a_person_splits_splits_all_or_nothing(place: Place, at: int) -> None:
    place.close()
    context = multiprocessing.get_context("fork")
    process = context.Process(target=split_and_die, args=(place.settings, at))
    process.start()
    process.join(60)
    settings = place.settings
    assert process.exitcode == -9 and where(Place(settings)) in (WHERE, [[2, 3, 1], [5], [7], [4]])
    run.intake(settings)
    assert faults(Place(settings)) == []
