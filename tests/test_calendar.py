"""The calendar feed, read by icalendar and by a reader of plain lines; importing it again never doubles an event."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from models.record import Deadline, Task
from tests.conftest import Said
from tests.registering import TODAY, arrive, dispatch, document, open_register
from vanthu.exports.calendar_feed import feed
from vanthu.register import Register

Book = dict[str, tuple[int, dict[str, str]]]


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with open_register(tmp_path) as made:
        yield made


def paper(due: date, unit: str = "Phòng Nội vụ", text: str = "Báo cáo; số liệu, \\ và\ndòng hai") -> Any:
    return dispatch(deadlines=[Deadline("hạn", due)], tasks=[Task("1", text, (unit,), (), due, (0,))])


def events(data: bytes) -> list[Any]:
    return list(Calendar.from_ical(data).walk("VEVENT"))


def plain(data: bytes) -> list[dict[str, str]]:
    """The events as another program reads them: lines of at most 75 bytes, unfolded, name and value."""
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    found: list[dict[str, str]] = []
    depth = 0
    for line in data.decode().replace("\r\n ", "").split("\r\n"):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        depth += line == "BEGIN:VALARM"
        if found and not depth:
            found[-1][name.split(";")[0]] = value
        depth -= line == "END:VALARM"
    return found


def imported(book: Book, data: bytes) -> Book:
    """What a calendar holds after an import: one event a UID, the one with the highest number."""
    for event in plain(data):
        number = int(event["SEQUENCE"])
        if event["UID"] not in book or book[event["UID"]][0] <= number:
            book[event["UID"]] = (number, event)
    return book


def test_a_due_date_is_a_whole_day_with_alarms(register: Register, tmp_path: Path) -> None:
    arrive(register, tmp_path, read=paper(date(2024, 6, 3)))
    (event,) = events(feed(register.base))
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2024, 6, 3), date(2024, 6, 4))
    assert event["summary"] == "Hạn: Phòng Nội vụ: Báo cáo; số liệu, \\ và dòng hai"
    assert "Số đến 1/2024, văn bản 221/UBND-NV của Ủy ban nhân dân thành phố Rạch Giá" in event["description"]
    assert event["description"].startswith("Báo cáo; số liệu, \\ và\ndòng hai\n")
    assert [alarm["trigger"].dt for alarm in event.walk("VALARM")] == [timedelta(hours=-16), timedelta(hours=8)]
    (line,) = plain(feed(register.base))
    assert (line["DTSTART"], line["STATUS"], line["SEQUENCE"]) == ("20240603", "CONFIRMED", "0")


def test_the_same_bytes_while_nothing_changes(register: Register, tmp_path: Path) -> None:
    arrive(register, tmp_path, read=paper(date(2024, 6, 3)))
    assert feed(register.base) == feed(register.base)


def test_a_change_keeps_the_uid_and_raises_the_number(register: Register, tmp_path: Path) -> None:
    entry = arrive(register, tmp_path, read=paper(date(2024, 6, 3)))
    book = imported({}, feed(register.base))
    register.correct(entry.id, "deadlines.0.due_on", "2024-06-10", who="Lan")
    book = imported(book, feed(register.base))
    ((number, event),) = book.values()
    assert (number, event["DTSTART"]) == (1, "20240610")


def test_done_bears_no_alarm_and_dropped_is_cancelled(register: Register, tmp_path: Path) -> None:
    arrive(register, tmp_path, read=paper(date(2024, 6, 3)))
    feed(register.base)
    (item,) = register.due()
    register.set_state(item["id"], "done", who="Lan")
    (event,) = events(feed(register.base))
    assert event["summary"].startswith("Đã xong: ")
    assert (event["status"], event["sequence"], len(event.walk("VALARM"))) == ("CONFIRMED", 1, 0)
    register.set_state(item["id"], "dropped", who="Lan")
    (event,) = events(feed(register.base))
    assert (event["status"], event["sequence"], event["dtstart"].dt) == ("CANCELLED", 2, date(2024, 6, 3))
    assert "description" not in event
    register.set_state(item["id"], "open", who="Lan")
    (event,) = events(feed(register.base))
    assert (event["status"], event["sequence"]) == ("CONFIRMED", 3)


def test_what_a_better_reading_or_a_void_takes_away_is_cancelled(register: Register, tmp_path: Path) -> None:
    entry = arrive(register, tmp_path, read=paper(date(2024, 6, 3)))
    other = arrive(register, tmp_path, "b.pdf", read=paper(date(2024, 6, 4)))
    before = {event["uid"] for event in events(feed(register.base))}
    register.reread(entry.id, document("x"), dispatch(deadlines=[], tasks=[]))
    register.void(other.id, "nhầm", who="Lan")
    after = events(feed(register.base))
    assert {event["uid"] for event in after} == before
    assert {str(event["status"]) for event in after} == {"CANCELLED"}
    register.base.fixed_today = TODAY + timedelta(days=61)
    assert not events(feed(register.base))


def test_a_unit_gets_its_own(register: Register, tmp_path: Path) -> None:
    arrive(register, tmp_path, read=paper(date(2024, 6, 3)))
    arrive(register, tmp_path, "b.pdf", read=paper(date(2024, 6, 4), "Sở Y tế"))
    assert [event["dtstart"].dt.day for event in events(feed(register.base))] == [3, 4]
    assert [event["dtstart"].dt.day for event in events(feed(register.base, "so y te"))] == [4]
    assert [event["dtstart"].dt.day for event in events(feed(register.base, ours=True))] == [3]


def test_the_command(vanthu: Callable[..., Said], tmp_path: Path) -> None:
    assert vanthu("calendar", tmp_path / "a.ics").code == 0
    assert not events((tmp_path / "a.ics").read_bytes())
    assert vanthu("calendar", tmp_path / "a.txt").code == 2
