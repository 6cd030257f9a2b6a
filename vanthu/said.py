"""How days, recurring days and pages are said to people, wherever they are shown."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from vanthu.messages import say


def day(value: date | str | None) -> str:
    """06/3/2024, as in Decree 30/2020: a day below 10 and months 1 and 2 with a zero; empty for None.

    Text is ISO; a time after the day is left off.
    """
    if not value:
        return ""
    known = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return f"{known.day:02d}/{known.month:02d}/{known.year}" if known.month < 3 else f"{known.day:02d}/{known.month}/{known.year}"


def limit(deadline: Mapping[str, Any]) -> str:
    """What a time limit of the record means: a day, a recurrence, or so many days from something."""
    relative = deadline["relative"]
    if relative:
        return say("cli.relative", count=relative["count"], unit=say(f"unit.{relative['unit']}"), start=say(f"start.{relative['from']}"))
    return day(deadline["due_on"]) or recurrence(deadline["recurring"])


def recurrence(rrule: str | None) -> str:
    """An RFC 5545 RRULE in words (`ngày 25 hằng tháng`); a rule of a kind that dispatches do not set is said as it is."""
    try:
        parts = dict(part.split("=", 1) for part in (rrule or "").split(";"))
        return _FREQUENCIES[parts["FREQ"]](parts)
    except (ValueError, KeyError):
        return rrule or ""


def _weekly(parts: dict[str, str]) -> str:
    return say("recur.weekly", days=", ".join(say(f"weekday.{name}") for name in parts["BYDAY"].split(",")))


def _monthly(parts: dict[str, str]) -> str:
    days = _days(parts)
    return say("recur.months", days=days, months=_listed(parts["BYMONTH"])) if "BYMONTH" in parts else say("recur.monthly", days=days)


def _days(parts: dict[str, str]) -> str:
    if parts.get("BYSETPOS") == "-1":
        return say("recur.last_working_day")
    return say("recur.last_day") if parts["BYMONTHDAY"] == "-1" else say("recur.days", days=_listed(parts["BYMONTHDAY"]))


def _yearly(parts: dict[str, str]) -> str:
    days, months = parts["BYMONTHDAY"].split(","), parts["BYMONTH"].split(",")
    return say("recur.yearly", days=", ".join(f"{day}/{month}" for month in months for day in days))


def _listed(numbers: str) -> str:
    return numbers.replace(",", ", ")


_FREQUENCIES = {"DAILY": lambda _: say("recur.daily"), "WEEKLY": _weekly, "MONTHLY": _monthly, "YEARLY": _yearly}


def pages(numbers: Sequence[int]) -> str:
    """Trang, runs of them in short: `3–5`, `2, 4–6`."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
