"""Câu: a paragraph cut into sentences by underthesea, its cuts repaired after abbreviations and numbers (`TP.`, `KT.`, `số 12/`).

Only the places are used: a sentence is a range of the paragraph's text.
"""

import re
from functools import lru_cache

_NO_END = re.compile(
    r"(?:^|[\s(/])(?:[A-ZĐ]{1,3}|Tp|Tx|Tt|T\.P|Th\.?S|Ths|Ng|Đ/c|đ/c|v\.v|tr|sđt|Km|Nxb)\.$"
    r"|(?:^|\s)(?:[Nn]gày|[Tt]háng|[Qq]uý|[Tt]rước|[Gg]iờ|của|và)\.$"  # a speck that recognition takes for a full stop
    r"|(?:^|\s)(?:\d{1,3}|[IVX]{1,4}|[a-zđ]|số)[.)]?$|\d/$"
)


@lru_cache(maxsize=512)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Các câu of a paragraph: half-open ranges of `text` in order, blanks between them left out; the whole where it is one."""
    if len(text) < 40 or not re.search(r"[.?!]\s", text):
        return ((0, len(text)),)
    from underthesea import sent_tokenize

    ranges: list[tuple[int, int]] = []
    at = 0
    for sentence in sent_tokenize(text):
        start = text.find(sentence, at)
        if start < 0:
            return ((0, len(text)),)
        at = start + len(sentence)
        if ranges and _joined(text[ranges[-1][0] : ranges[-1][1]], text[start:at]):
            ranges[-1] = (ranges[-1][0], at)
        else:
            ranges.append((start, at))
    return tuple(ranges)


def _joined(before: str, after: str) -> bool:
    first = after.lstrip()[:1]
    return bool(_NO_END.search(before.rstrip())) or first.islower() or first in ",;:("
