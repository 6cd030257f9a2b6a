import re
from datetime import date
from pathlib import Path

import pytest

from vanthu import messages
from vanthu.said import day, limit, recurrence


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2024-03-06", "06/3/2024"),
        (date(2024, 2, 14), "14/02/2024"),
        ("2024-10-07T09:30:00+07:00", "07/10/2024"),
        (None, ""),
        ("", ""),
    ],
)
def test_days_are_said_as_the_decree_writes_them(value: date | str | None, said: str) -> None:
    assert day(value) == said


@pytest.mark.parametrize(
    ("rrule", "said"),
    [
        ("FREQ=DAILY", "hằng ngày"),
        ("FREQ=WEEKLY;BYDAY=MO,FR", "thứ Hai, thứ Sáu hằng tuần"),
        ("FREQ=MONTHLY;BYMONTHDAY=15,30", "ngày 15, 30 hằng tháng"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "ngày cuối hằng tháng"),
        ("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=20", "ngày 20 các tháng 3, 6, 9, 12"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "ngày làm việc cuối hằng tháng"),
        ("FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15", "ngày 15/6, 15/12 hằng năm"),
        ("FREQ=HOURLY", "FREQ=HOURLY"),
        ("25 hằng tháng", "25 hằng tháng"),
        (None, ""),
    ],
)
def test_recurring_days_are_said_in_words(rrule: str | None, said: str) -> None:
    assert recurrence(rrule) == said


def test_every_recurrence_of_the_cases_has_words() -> None:
    cases = (Path(__file__).parent / "cases").glob("*.yaml")
    rules = {
        rule for path in cases for rule in re.findall(r"FREQ=[A-Z]+(?:;[A-Z]+=[A-Z0-9,-]*[A-Z0-9])+", path.read_text(encoding="utf-8"))
    }
    assert rules
    assert not [rule for rule in rules if "FREQ" in recurrence(rule)]


def test_a_limit_says_what_it_means(monkeypatch: pytest.MonkeyPatch) -> None:
    relative = {"count": 5, "unit": "working", "from": "received"}
    assert limit({"due_on": None, "relative": relative, "recurring": None}) == "5 ngày làm việc từ ngày nhận"
    assert limit({"due_on": "2024-05-22", "relative": None, "recurring": None}) == "22/5/2024"
    monkeypatch.setattr(messages, "_spoken", "en")
    assert limit({"due_on": None, "relative": None, "recurring": "FREQ=WEEKLY;BYDAY=TH"}) == "Thursday every week"
