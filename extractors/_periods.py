"""Thời hạn tính theo kỳ: limits that run from an event (`trong thời hạn 05 ngày làm việc kể từ ngày nhận được Công văn này`).

Counted as the Civil Code 2015 (Articles 144-148) does: `ngày` is a calendar day unless `làm việc` stands by it. Patterns are on
folded text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors._numbers import NUMBER_WORDS, number
from models.record import Relative, Start, Unit
from models.text import fold

_UNITS: dict[str, Unit] = {
    "gio": "hour",
    "h": "hour",
    "tieng": "hour",
    "ngay lam viec": "working",
    "ngay": "calendar",
    "tuan": "week",
    "thang": "month",
}
_COUNT = rf"(?P<count>\d{{1,3}}|{NUMBER_WORDS})(?: ?\((?:{NUMBER_WORDS}|\d{{1,3}})\))?"
_UNIT = r"(?P<unit>gio(?: lam viec)?|h|tieng(?: dong ho)?|ngay(?: lam viec)?|tuan|thang)\b"
_LIMIT = (
    r"(?P<limit>(?:trong|trong thoi han|trong thoi gian|trong vong|trong khoang thoi gian|trong khoang"
    r"|thoi han|thoi gian|cham nhat|muon nhat|toi da|khong qua|sau)"
    r"(?: (?:la|sau|trong|trong vong|trong thoi han|thoi han|khong qua|khong vuot qua|toi da|cham nhat|khong cham qua|toi thieu|:))*:? )?"
)
_TAIL = r"(?P<tail>,? ?\(?(?:(?:ke|tinh) tu|tu (?:ngay|khi|thoi diem|luc)|sau khi|sau ngay|(?:ke )?sau thoi diem)\b)?"
_PERIOD = re.compile(rf"(?<![\w/.,]){_LIMIT}{_COUNT}(?: |(?=h\b)){_UNIT}{_TAIL}")
_AFTERWARDS = re.compile(
    rf"(?:{_LIMIT.replace('?P<limit>', '')})?sau (?:khi )?(?:ket thuc|hoan thanh|to chuc|co ket qua|phat hien)(?! \d)"
    rf"[^,;:.]{{0,60}}? (?P<count>\d{{1,3}}) (?P<unit>gio|ngay(?: lam viec)?)\b"
)
_SPAN = re.compile(r",? ?\(?(?:tu ngay \d|ke tu ngay [\d/.\- ]+(?: thang \d+ nam \d+)? (?:den|toi)\b)")
_LASTS = re.compile(r"thoi gian (?:to chuc|hop|thi|hoc|tap huan|boi duong|dien ra)[^,;.:]{0,30}$")
_BACKWARDS = re.compile(r"\s?(?:lam viec )?truoc\b")
_CLOCK = re.compile(r"\s?(?:\d|phut|,? ?(?:cung |cac |trong )?(?:ngay|thu|hang|moi|sang|chieu|toi|va \d)\b)")
_HALF_YEAR = re.compile(r" (?:dau|cuoi|qua|gan day|truoc day|lien tuc|lien tiep)\b|/|-")
_STOP = re.compile(
    r"[,;:.()]|\sde\s(?!nghi|xuat|an\b|cuong|tai)|\s(?:nham|dong thoi|bao cao ve|gui ve"
    r"|trinh|theo quy dinh|phai|co trach nhiem|(?<!chi )thi(?! hanh)|neu|nhung)\s|\sma\s(?:khong|chua|cac)|\sdoi voi\s"
)
_AND_LOWER = re.compile(r"\svà\s(?=[^\W\dA-ZĐ])")

_THIS = r"(?: (?:nay|tren|neu tren)(?: cua [^,;]*)?)?"
_PAPER = (
    r"(?:van ban|cong van|thong bao|ke hoach|chi thi|quyet dinh|cong dien|huong dan|ket luan|giay moi|to trinh"
    r"|chuong trinh|nghi quyet|yeu cau|van ban chi dao|van ban yeu cau|van ban de nghi|cong van de nghi|thong bao ket luan"
    r"|ket luan thanh tra|ket luan kiem tra|phieu chuyen|y kien chi dao)"
)
_RECEIVED = re.compile(
    rf"(?:ngay |khi |luc |thoi diem )*(?:nhan(?: duoc)?(?:,? (?:ban )?{_PAPER}{_THIS})?|tiep nhan(?: duoc)? {_PAPER}{_THIS})\s*$"
)
_ISSUED = re.compile(
    rf"(?:ngay |khi )*(?:ky|ban hanh|ky ban hanh|ky,? ban hanh|ra|phat hanh|dang ky ban hanh)(?: {_PAPER}{_THIS})?\s*$"
    rf"|(?:ngay |khi )*{_PAPER} nay (?:duoc )?(?:ky|ban hanh|ky ban hanh|phat hanh)\s*$"
)
_EFFECT = re.compile(rf"(?:ngay |khi )*(?:{_PAPER}(?: nay)? )?co hieu luc(?: thi hanh)?\s*$")


@dataclass(frozen=True, slots=True)
class Period:
    """A relative limit as printed: `text[start:end]`; `backwards`: counted back from an event; `cued`: introduced by words of a limit."""

    start: int
    end: int
    relative: Relative
    backwards: bool
    cued: bool


def periods(text: str, *, effective_at_signing: bool = False) -> list[Period]:
    """All counted periods of a sentence that may be limits, left to right.

    `effective_at_signing`: the document takes effect on its day of signing, so that `kể từ ngày … có hiệu lực` is `issued`.
    """
    folded = fold(text)
    # "và" that goes on with a verb ends the phrase, one that joins two names does not: only the letters of the text itself tell.
    for match in _AND_LOWER.finditer(text):
        folded = f"{folded[: match.start()]};{folded[match.start() + 1 :]}"
    found = list(_periods(folded, effective_at_signing))
    found += [p for p in _afterwards(folded) if not any(p.start < q.end and q.start < p.end for q in found)]
    return sorted(found, key=lambda p: p.start)


def _periods(folded: str, effective_at_signing: bool) -> Iterator[Period]:
    for match in _PERIOD.finditer(folded):
        count = number(match["count"])
        unit = _UNITS[match["unit"].replace(" dong ho", "").replace("gio lam viec", "gio")]
        limit, tail = match["limit"], match["tail"]
        if tail and _SPAN.match(folded, match.start("tail")):
            continue  # `05 ngày, từ ngày 09/3 đến ngày 13/3/2026`: the days are named
        if not count or (not limit and not tail) or (not tail and _is_no_period(folded, match.end(), unit)) or match["count"] == "tu":
            continue
        end, start = match.end(), "received"
        if tail:
            end, start = _tail(folded, match.end(), effective_at_signing)
        first = match.start() if limit else match.start("count")
        backwards = bool(_BACKWARDS.match(folded, match.end())) or bool(
            re.search(r"truoc (?:it nhat |toi thieu |khoang )?$", folded[:first])
        )
        cued = _is_cued(limit, unit, bool(tail)) and not (not tail and _LASTS.search(folded, 0, first))
        if cued or tail:
            yield Period(first, end, Relative(count, unit, _named(start)), backwards, cued)


def _is_no_period(folded: str, at: int, unit: Unit) -> bool:
    """`06 tháng đầu năm` is a part of the year, `17 giờ ngày …` a time of day."""
    return bool(_HALF_YEAR.match(folded, at)) or (unit == "hour" and bool(_CLOCK.match(folded, at)))


def _afterwards(folded: str) -> Iterator[Period]:
    """`sau khi kết thúc hội nghị 05 ngày`: the event stands before the count."""
    for match in _AFTERWARDS.finditer(folded):
        if not _HALF_YEAR.match(folded, match.end()):
            yield Period(match.start(), match.end(), Relative(int(match["count"]), _UNITS[match["unit"]], "event"), False, True)


def _is_cued(limit: str | None, unit: Unit, tail: bool) -> bool:
    """A bare `trong 03 ngày` may be how long something lasts; `trong 24 giờ`, `trong 03 ngày làm việc` and what runs from an event
    are limits."""
    words = (limit or "").strip()
    if words.startswith("thoi gian") or words in ("sau", "trong thoi gian"):
        return tail
    return bool(words) and (tail or words != "trong" or unit in ("hour", "working"))


def _tail(folded: str, at: int, effective_at_signing: bool) -> tuple[int, str]:
    """End of `kể từ …` and the start it names."""
    stop = _STOP.search(folded, at)
    end = stop.start() if stop else len(folded)
    words = folded[at:end].split(" ")
    if len(words) > 18:
        end = at + len(" ".join(words[:18]))
    end = at + len(folded[at:end].rstrip())
    named = folded[at:end].strip()
    if _RECEIVED.match(named):
        return end, "received"
    if _ISSUED.match(named) or (_EFFECT.match(named) and effective_at_signing):
        return end, "issued"
    return end, "event"


def _named(start: str) -> Start:
    return "received" if start == "received" else "issued" if start == "issued" else "event"
