"""Câu mở đầu: whom the sentence that opens a list charges (`…, Chủ tịch UBND tỉnh yêu cầu X, Y thực hiện:`)."""

from extractors._bodies import counted, raw_bodies
from extractors._clauses import WITHIN
from extractors._tagged import Sentence

_TAIL = 700
_NOT_ORDERS = {"theo", "tại", "xét", "việc", "về", "của", "những", "các", "đã", "có", "qua"}


def charged(text: str) -> tuple[str, ...]:
    """Cơ quan that the last sentence of `text` charges, wherever in it: the last `yêu cầu X`, with those joined to it by `và`."""
    s = Sentence.of(text[-_TAIL:])
    found: tuple[str, ...] = ()
    for at in range(len(s.words)):
        after = s.label(at, "ASSIGN")
        if after is None or s.low(at, after) in WITHIN or (at and s.words[at - 1].text.lower() in _NOT_ORDERS):
            continue
        here = counted(s, after)
        if here is not None:
            joined = found if at and s.words[at - 1].low == "va" else ()
            found = (*joined, *raw_bodies(s, here))
    return found
