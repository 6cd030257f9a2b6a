"""Days off year by year, limits and recurring days from the case file, and what holds for any day."""

import csv
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from models.record import Relative
from vanthu import workdays

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "calendar" / "workdays.yaml").read_text(encoding="utf-8"))
TABLE = Path(workdays.__file__).with_suffix(".tsv")
DAYS = st.dates(date(2019, 1, 1), date(2030, 12, 31))
MOVING = st.sampled_from(["calendar", "working", "week", "month"])


def _days(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=n) for n in range(366) if (date(year, 1, 1) + timedelta(days=n)).year == year]


def _listed(year: int, days: list[str]) -> list[date]:
    return [date(year, int(day[3:]), int(day[:2])) for day in days]


def _limit(words: str) -> Relative:
    count, unit, start = words.split()
    return Relative(int(count), unit, start)  # type: ignore[arg-type]


@pytest.mark.parametrize("year", CASES["days_off"])
def test_weekdays_off_are_those_announced(year: int) -> None:
    off = [day for day in _days(year) if day.weekday() < 5 and not workdays.is_working(day)]
    assert off == _listed(year, CASES["days_off"][year])
    assert all(workdays.holiday(day) for day in off)


@pytest.mark.parametrize("year", CASES["made_up"])
def test_only_made_up_saturdays_work(year: int) -> None:
    worked = [day for day in _days(year) if day.weekday() > 4 and workdays.is_working(day)]
    assert worked == _listed(year, CASES["made_up"][year])


@pytest.mark.parametrize("case", CASES["due"], ids=lambda case: f"{case['limit']} {case.get('issued', case['received'])}")
def test_due(case: dict[str, Any]) -> None:
    limit, days = _limit(case["limit"]), {"issued": case.get("issued"), "received": case["received"]}
    assert workdays.due_date(limit, **days) == case["expect"]
    assert workdays.reason(limit, **days) == case["why"]


@pytest.mark.parametrize("case", CASES["recurring"], ids=lambda case: f"{case['rrule']} {case['after']}")
def test_recurring(case: dict[str, Any]) -> None:
    assert workdays.next_due(case["rrule"], case["after"]) == case["expect"]


@pytest.mark.parametrize("case", CASES["safe"], ids=lambda case: str(case["due"]))
def test_safe(case: dict[str, Any]) -> None:
    assert workdays.last_safe_day(case["due"]) == case["expect"]


@given(DAYS, st.integers(1, 40), st.integers(0, 40))
def test_working_days_add_up(start: date, n: int, m: int) -> None:
    end = workdays.add_working_days(start, n)
    assert workdays.is_working(end)
    assert workdays.add_working_days(end, m) == workdays.add_working_days(start, n + m)
    assert sum(workdays.is_working(start + timedelta(days=k)) for k in range(1, (end - start).days + 1)) == n


@given(DAYS, st.integers(0, 60), st.integers(0, 60), MOVING, st.integers(0, 30))
def test_limits_end_on_working_days_and_longer_or_later_ones_not_earlier(day: date, count: int, more: int, unit: Any, later: int) -> None:
    due = workdays.due_date(Relative(count, unit, "received"), issued=None, received=day)
    longer = workdays.due_date(Relative(count + more, unit, "received"), issued=None, received=day)
    after = workdays.due_date(Relative(count, unit, "received"), issued=None, received=day + timedelta(days=later))
    assert due and longer and after
    assert workdays.is_working(due)
    assert day <= due <= longer
    assert due <= after


@given(DAYS, st.integers(1, 31), st.integers(0, 60))
def test_a_monthly_day_comes_within_a_month_and_in_order(after: date, day: int, later: int) -> None:
    due = workdays.next_due(f"FREQ=MONTHLY;BYMONTHDAY={day}", after)
    then = workdays.next_due(f"FREQ=MONTHLY;BYMONTHDAY={day}", after + timedelta(days=later))
    assert due and then
    assert after < due <= after + timedelta(days=31)
    assert due <= then
    assert due.day == day or (due.day < day and (due + timedelta(days=1)).day == 1)


@given(DAYS)
def test_the_safe_day_is_the_working_day_before(due: date) -> None:
    safe = workdays.last_safe_day(due)
    assert workdays.is_working(safe)
    assert safe < due <= workdays.add_working_days(safe, 1)


def test_rows_of_the_table_change_what_they_stand_for_and_name_their_source() -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert [row["date"] for row in rows] == sorted({row["date"] for row in rows})
    for row in rows:
        weekend = date.fromisoformat(row["date"]).weekday() > 4
        assert row["state"] == ("work" if weekend else "off"), row
        assert row["what"], row
        assert row["source"], row
        if row["date"] > "2027" and "Nghị quyết" not in row["source"]:
            assert row["source"].startswith("dự kiến"), row


def test_every_made_up_day_has_the_day_off_that_it_makes_up_for() -> None:
    swaps = {day: row for day, row in workdays.announced().items() if row.works}
    sources = [row.source for row in workdays.announced().values() if "hoán đổi" in row.what]
    assert sorted(row.source for row in swaps.values()) == sorted(sources)


def test_a_search_pays_for_no_calendar() -> None:
    look = "import sys, vanthu.cli, vanthu.register, vanthu.workdays; print({'holidays', 'dateutil.rrule'} & {*sys.modules})"
    assert subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True).stdout.strip() == "set()"
