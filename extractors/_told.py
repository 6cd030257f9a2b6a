"""Thời hạn được kể lại: limits of an earlier dispatch that this one only tells of (`… trong đó yêu cầu báo cáo trước ngày …`)."""

import re

from extractors._codes import find_codes
from extractors._patterns import CAPITAL
from extractors._signals import Signals
from models.text import fold

_SUBJECT_ORDERS = re.compile(
    rf"(?:[,.;]|\)|như sau:?)\s*(?:nay |do đó,? |vì vậy,? )?[{CAPITAL}][^,;:]{{1,110}}?\s"
    r"(?:kính |trân trọng |tiếp tục )?(?:đề nghị|yêu cầu|giao|thông báo|chỉ đạo|hướng dẫn|xây dựng|ban hành)",
)
_OWN_ORDER = re.compile(r"(?:[,.;]|^)\s*(?:kính )?(?:đề nghị|yêu cầu|giao)\s", re.IGNORECASE)
_YET = re.compile(r"(?:[^.;]{5,80}?|;\s*)\b(?:nhưng|tuy nhiên|song|đến nay|hiện mới|vẫn chưa|mới đạt|mới có)\b")


def told(text: str, at: int, signals: Signals) -> bool:
    """Whether what stands at `at` is told of an earlier dispatch: after its citation, and no order of this document between."""
    if _YET.match(text, at):
        return True
    opening = re.match(r"\s*(?:\d+[.)]\s*)?Tại (?=[^,;]{0,40}\d)", text)
    cue = signals.before(at, "told", clause=False)
    if opening and find_codes(text[:at]):
        orders = list(_SUBJECT_ORDERS.finditer(text, 0, at))
        return len(orders) < 2
    if not cue:
        return False
    words = fold(text[cue.start : cue.end])
    if not words.startswith(("da ", "so voi", "chua")) and " cu" not in words and not find_codes(text[: cue.end + 60]):
        return False
    between = text[cue.end : at]
    if words.startswith(("so voi", "chua")) or words.endswith(" cu"):
        return not re.search("[,;]", between)
    return not _SUBJECT_ORDERS.search(between) and not (";" in between and _OWN_ORDER.search(between))
