"""Mốc tính thời hạn: the day before which no limit of a document can lie, and the year of dates printed without one."""

import re
from datetime import date
from typing import NamedTuple

from extractors._place_date import PlaceDate
from models.context import Context
from models.found import Found


class Reckoning(NamedTuple):
    """`floor`: the day of issue, the first of its month where the day is blank, None where nothing is known; `year` of issue."""

    floor: date | None
    year: int | None


def find(*, issued_on: Found[date] | None, place_date: PlaceDate | None, context: Context) -> Reckoning:
    """Mốc tính: the date of issue where it is read, else what is printed of it, else the day of signing."""
    if issued_on and issued_on.value:
        return Reckoning(issued_on.value, issued_on.value.year)
    if place_date:
        month, year = (re.sub(r"\D", "", place_date.match[name]) for name in ("month", "year"))
        if len(year) == 4 and month and 1 <= int(month) <= 12:
            return Reckoning(date(int(year), int(month), 1), int(year))
        if len(year) == 4:
            return Reckoning(date(int(year), 1, 1), int(year))
    if context.signed_on:
        return Reckoning(context.signed_on.replace(day=1), context.signed_on.year)
    return Reckoning(None, None)
