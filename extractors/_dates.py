"""Ngày, tháng, quý, năm: every date and part of a year that is printed in a text, in the spellings offices use.

`22/5/2024`, `07-01-2016`, `01 tháng 02 năm 2024`, `18/8`, `tháng 6/2024`, `quý II năm 2024`, `6 tháng đầu năm 2024`, `năm 2024`.
Matching is on folded text: recognition loses tone marks, not letters.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

from models.text import fold

Kind = Literal["day", "month", "quarter", "half", "year"]

_MONTH_WORDS = {
    "gieng": 1,
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "tu": 4,
    "bon": 4,
    "nam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
    "muoi": 10,
    "muoi mot": 11,
    "muoi hai": 12,
    "chap": 12,
}
_WORDS = "|".join(sorted(_MONTH_WORDS, key=len, reverse=True))
_QUARTER = "(?:[2-4]|(?:h|[il1|]{1,2})?[il1|]?v?(?<=[hil1|v]))"  # recognition reads III as II1, IH, lll
_YEAR = r"(?:19|20)\d\d"
_OF_YEAR = rf"(?:\s?[/.\-]\s?|,? nam )(?P<{{}}>{_YEAR})(?!\d)"
_EDGE = r"(?<![\d/.,\-])"
_AFTER = r"(?!\d|\s?/\s?[\da-z]|[.,]\d|-[a-z\d])"

_PATTERNS: tuple[tuple[str, Kind, str], ...] = (
    ("numeric", "day", rf"{_EDGE}(?P<d1>\d{{1,2}})\s?[/.\-]\s?(?P<m1>\d{{1,2}})\s?[/.\-]\s?(?P<y1>{_YEAR})(?![\d/])"),
    ("spoken", "day", rf"{_EDGE}(?P<d2>\d{{1,2}})\s?thang\s?(?P<m2>\d{{1,2}})(?:{_OF_YEAR.format('y2')}|(?!\d|\s?[/\-]\s?\d))"),
    ("words", "day", rf"{_EDGE}(?P<d3>\d{{1,2}}) thang (?P<w3>{_WORDS}) nam (?P<y3>{_YEAR})(?!\d)"),
    ("short-year", "day", rf"{_EDGE}(?P<d4>\d{{1,2}})/(?P<m4>\d{{1,2}})(?:,? nam (?P<y4>{_YEAR})|/(?P<z4>\d\d))(?![\d/])"),
    ("half", "half", rf"(?:\b0?6|\bsau) thang (?P<h5>dau|cuoi) nam(?: (?P<y5>{_YEAR})\b)?"),
    (
        "month",
        "month",
        rf"\bthang\s?(?:\d{{1,2}}(?:,| va|,? thang) ?(?=\d{{1,2}}(?:/| nam )\d{{4}}))*(?P<m6>\d{{1,2}})"
        rf"(?:{_OF_YEAR.format('y6')}|(?!\d|\s?/\s?\d|\s?-\s?\d(?!\d?/{_YEAR})))",
    ),
    (
        "quarter",
        "quarter",
        rf"\bquy\s(?:{_QUARTER}(?:,| va| ?-) ?(?:quy )?)*(?P<q7>{_QUARTER})\b(?:(?:\s?[/\-]\s?|,? nam |\s)(?P<y7>{_YEAR})(?!\d))?",
    ),
    ("year", "year", rf"\bnam (?P<y8>{_YEAR})(?!\d)"),
    ("day-month", "day", rf"{_EDGE}(?P<d9>\d{{1,2}})[/\-](?P<m9>\d{{1,2}}){_AFTER}"),
    ("month-year", "month", rf"{_EDGE}(?P<m10>\d{{1,2}})\s?[/\-]\s?(?P<y10>{_YEAR})(?![\d/])"),
    ("year-alone", "year", rf"(?<![\d/.,\-])(?P<y11>{_YEAR})(?![\d/])"),
)
_MOMENT = re.compile("|".join(f"(?P<{name.replace('-', '_')}>{pattern})" for name, _, pattern in _PATTERNS))
_HURT = re.compile(r"(?<![\w/])(?:\d[lio|]|[lio|]\d)(?=\s?(?:[/.\-]\s?\d|thang \d))|(?<=\d[/\-])(?:\d[lio|]|[lio|]\d|[l|])(?=[/\-]\d{4})")
_DIGITS = str.maketrans("lio|", "1101")
_HURT_ROMAN = re.compile(r"(?=.*[hl|])[hil1|v]+|(?=.*1)(?=.*i)[i1v]+|11+")
_KINDS = {name.replace("-", "_"): kind for name, kind, _ in _PATTERNS}


@dataclass(frozen=True, slots=True)
class Moment:
    """Thời điểm as printed: `text[start:end]`; `month` and `day` None where the year or month stands alone, `year` where none is printed.

    `form`: which spelling; `month` of a quarter or half year is its last; `hurt`: letters were taken for figures.
    """

    start: int
    end: int
    kind: Kind
    form: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    hurt: bool = False

    def last_day(self, year: int | None = None) -> date | None:
        """The day, or the last day of the month, quarter, half or year; `year` where none is printed; None where there is no such day."""
        of = self.year or year
        if of is None:
            return None
        month = self.month or 12
        if not 1 <= month <= 12:
            return None
        day = self.day if self.kind == "day" else monthrange(of, month)[1]
        try:
            return date(of, month, day or 0)
        except ValueError:
            return None


def moments(text: str) -> list[Moment]:
    """All dates and parts of years in `text`, from left to right, not overlapping."""
    found = []
    folded = fold(text)
    for match in _MOMENT.finditer(_HURT.sub(lambda m: m[0].translate(_DIGITS), folded)):
        form = str(match.lastgroup) if match.lastgroup in _KINDS else next(n for n in _KINDS if match.group(n))
        found.append(_moment(match, form, match[0] != folded[match.start() : match.end()]))
    return found


def _quarter(printed: str) -> int:
    """Number of a quarter: a figure, or the strokes of a Roman one."""
    if printed in ("2", "3", "4"):
        return int(printed)
    return 4 if printed.endswith("v") else min(4, sum(2 if c == "h" else 1 for c in printed))


def _moment(match: re.Match[str], form: str, hurt: bool) -> Moment:
    values = {key[0]: value for key, value in match.groupdict().items() if value and key[1:].isdigit()}
    year = int(values["y"]) if "y" in values else 2000 + int(values["z"]) if "z" in values else None
    month = int(values["m"]) if "m" in values else None
    if "w" in values:
        month = _MONTH_WORDS[values["w"]]
    elif "q" in values:
        month = 3 * _quarter(values["q"])
    elif "h" in values:
        month = 6 if values["h"] == "dau" else 12
    day = int(values["d"]) if "d" in values else None
    return Moment(
        match.start(), match.end(), _KINDS[form], form, year, month, day, hurt or bool(_HURT_ROMAN.fullmatch(values.get("q", "")))
    )
