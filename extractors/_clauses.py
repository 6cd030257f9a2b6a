"""Câu giao việc: who is charged, who cooperates, and how the order is given (`giao X …`, `X chủ trì, phối hợp với Y …`, `Rà soát …`)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from extractors._bodies import Bodies, bodies, counted, raw_bodies
from extractors._partners import partners
from extractors._predicates import Predicates
from extractors._tagged import SHARED, Sentence
from extractors._words import INSIDE

Form = Literal["assign", "subject", "name", "verb", "tells", "none"]

_PARSED = 700
"""Characters of an item that are parsed: who is charged stands at the head."""

_REASSIGNS = ("yeu cau", "de nghi", "giao", "moi", "tran trong", "kinh", "phan cong")
_TO_PERSONS = ("phan cong", "uy quyen")
WITHIN = ("chi dao", "cu", "luu y", "nhac nho", "phe binh")


@dataclass(frozen=True, slots=True)
class Clause:
    """What an item says.

    `form`: "assign" (giao X, đề nghị X), "subject" (X làm …), "name" (only X), "verb" (Rà soát …), "tells" (a statement about X),
    "none". `lead`, `support`: bodies as printed. `firm`: the predicate orders by itself (chủ trì, có trách nhiệm, phải);
    `opinion`: the verb is one by which the writer itself acts or decides (thống nhất, phê duyệt, ban hành); `later`: a statement
    comes first, the order in a sentence after it.
    """

    form: Form
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    firm: bool = False
    opinion: bool = False
    later: bool = False


@lru_cache(maxsize=2048)
def parse(text: str) -> Clause:
    """Đọc câu đầu of an item's text."""
    s = Sentence.of(_GREETED.sub("", re.sub(r"^[^\w(]+", "", text), count=1)[:_PARSED])
    clause = next((c for at in _entries(s) if (c := _read(s, at))), Clause("none"))
    if clause.form == "none" or clause.opinion:
        # `Đồng ý về nguyên tắc; giao Sở X …`: what is ordered comes after what is agreed
        clause = next((c for at in _sentences(s) if s.label(at, "ASSIGN") and (c := _assigned(s, at)) and c.lead), clause)
    if clause.form in ("none", "tells"):
        clause = _by(s) or _afterwards(s) or clause
    if clause.form in ("none", "tells"):
        return clause
    return replace(clause, lead=_more(s, clause) or _led(s, clause) or clause.lead, support=partners(s))


_GREETED = re.compile(r"^(?:Các|các) (?:ông|bà)(?:\s*[,(/]\s*bà\)?)?\s*:?\s+(?=[A-ZĐ])")
"""`Các ông (bà): Chánh Văn phòng …`: the forms of address name nobody."""

_LABEL = 18
"""Tokens that a label before a colon may have."""

_REACH = 30


def _entries(s: Sentence) -> Iterator[int]:
    """Where an order may begin: at the head, else after the adverbials and the label that open the item."""
    if not s.words:
        return
    opening = s.label(0, "prefix") is not None
    stops = list(_stops(s))
    if concerned := _about(s):
        start, found = concerned
        # `Riêng UBND các xã, phường rà soát …`: a comma inside the name opens nothing
        stops = [at for at in stops if at > found.end]
        if found.end < len(s.words) and s.label(found.end, "START") and s.words[0].low == "rieng":
            yield start
    # `Từ tháng 8, các chủ đầu tư gửi …`, `Báo cáo định kỳ: các đơn vị gửi …`: a body named after what opens the item is the subject
    labelled = s.head(0) is None and s.label(0, "ASSIGN") is None
    yield from (at for at in stops if (opening or (labelled and s.words[at - 1].low == ":" and at < _LABEL)) and _names_actor(s, at))
    yield 0
    yield from (at for at in stops if opening or s.words[at - 1].low == ":")


def _stops(s: Sentence) -> Iterator[int]:
    depth = 0
    for n, word in enumerate(s.words[:-1]):
        depth += {"(": 1, ")": -1}.get(word.low, 0)
        if depth <= 0 and word.low == ".":
            return
        if depth <= 0 and word.low in (",", ":"):
            yield n + 1


def _sentences(s: Sentence) -> Iterator[int]:
    for n, word in enumerate(s.words[:-1]):
        if word.low in (".", ";") and s.words[n + 1].tag != INSIDE:
            yield n + 1


def _afterwards(s: Sentence) -> Clause | None:
    """`Thời hạn chi kết thúc vào … . Các đơn vị rà soát …`: a body charged by a sentence that comes after a statement."""
    for at in _sentences(s):
        if s.words[at - 1].low == "." and s.words[at].capital and s.head(at) is not None:
            found = _subject(s, at)
            if found and found.lead and found.form in ("assign", "subject"):
                return replace(found, later=True)
    return None


_DONE_BY = ("chu tri", "lam dau moi", "la dau moi", "chiu trach nhiem", "phu trach", "dam nhiem", "dam nhan")


def _by(s: Sentence) -> Clause | None:
    """`Việc cấp phép do Sở X chủ trì, …`: the one by whom it is to be done."""
    for at in range(2, len(s.words)):
        if s.words[at - 1].low == ".":
            return None
        if s.words[at - 1].text == "do" and s.head(at) is not None and (found := bodies(s, at)) and _acts_so(s, found.end):
            return Clause("subject", raw_bodies(s, found), firm=True, later=True)
    return None


def _acts_so(s: Sentence, at: int) -> bool:
    return any(s.low(at, at + len(phrase.split())) == phrase for phrase in _DONE_BY)


def _names_actor(s: Sentence, at: int) -> bool:
    """True where an order to a named body begins, not the rest of a list of things."""
    after = s.label(at, "ASSIGN")
    if after is not None:
        return True
    if s.head(at) is None or (not s.words[at].capital and s.words[at].low not in ("cac", "nhung", "toan", "chu")):
        return False
    found = bodies(s, at)
    if found is None or found.end >= len(s.words):
        return False
    return s.label(found.end, "START") is not None or s.label(found.end, "ASSIGN") is not None or s.label(found.end, "LEADING") is not None


def _read(s: Sentence, at: int) -> Clause | None:
    """The order that begins at token `at`, None where none does."""
    if at >= len(s.words):
        return None
    return _assigned(s, at) or _subject(s, at) or _verb(s, at)


def _assigned(s: Sentence, at: int) -> Clause | None:
    after = s.label(at, "ASSIGN")
    if after is None:
        return None
    found = counted(s, after)
    if s.low(at, after) in WITHIN or (
        s.low(at, after).startswith(_TO_PERSONS) and not (after < len(s.words) and s.label(after, "proper") and s.words[after].capital)
    ):
        concerned = _concerned(s, at)
        return Clause("subject", concerned, firm=True) if concerned else Clause("verb")
    if found is None:
        return Clause("verb", _concerned(s, at), firm=True) if after < len(s.words) and s.words[after].tag == "V" else None
    return Clause("assign", raw_bodies(s, found), firm=True)


def _about(s: Sentence) -> tuple[int, Bodies] | None:
    """The bodies that open the sentence after `Đối với`, `Về phía`, `Riêng`, and the token at which their list begins."""
    start = next((n for n, lead in ((2, "doi voi"), (2, "ve phia"), (1, "rieng")) if s.low(0, n) == lead), None)
    found = counted(s, start) if start is not None else None
    return (start, found) if start is not None and found is not None else None


def _concerned(s: Sentence, at: int) -> tuple[str, ...]:
    """`Đối với X, yêu cầu gửi …`, `Riêng X, đề nghị cung cấp …`, `Đối với UBND các xã: rà soát …`: X is charged."""
    concerned = _about(s)
    if concerned is None or at < 3 or s.words[at - 1].low not in (",", ":"):
        return ()
    start, found = concerned
    if s.words[at - 1].low == ":" and not (s.words[start].capital or s.label(start, "person") or s.words[start].text in SHARED):
        return ()
    if found.end > at:
        return ()
    if found.end < at - 1 and s.words[at - 1].low == ",":
        # what tells which of them is meant goes up to the comma
        stop = next((n for n in range(start, at) if s.words[n].text == "nêu"), at - 1)
        return (s.raw(start, stop),)
    return raw_bodies(s, found)


def _subject(s: Sentence, at: int) -> Clause | None:
    found = counted(s, at)
    if found is None:
        return None
    end = found.end
    if end >= len(s.words) or s.words[end].low in (".", ";"):
        return Clause("name", raw_bodies(s, found))
    if s.words[end].low == ":":
        return _labelled(s, found)
    if s.words[end].low == ",":
        end += 1
    if end >= len(s.words):
        return None
    if _redirects(s, end):
        return _assigned(s, end)
    if s.words[end].text == "chuyển" and (passed := _passed_on(s, end)):
        return passed
    if Predicates(s, at).passive(end):
        return Clause("subject", raw_bodies(s, found))
    if s.label(end, "TELLS") and not _firm(s, end):
        return Clause("tells", raw_bodies(s, found))
    return Clause("subject", raw_bodies(s, found), firm=_firm(s, end))


def _labelled(s: Sentence, found: Bodies) -> Clause:
    """`Sở Y tế: …`: the body is charged with what follows the colon."""
    inner = _read(s, found.end + 1)
    if inner is None:
        return Clause("name", raw_bodies(s, found))
    own = inner.form in ("assign", "subject") and inner.firm
    return inner if own else Clause("subject", raw_bodies(s, found), firm=inner.firm)


def _redirects(s: Sentence, at: int) -> bool:
    """`UBND tỉnh yêu cầu X …`, `Ban Thường vụ mời X …`: the one named first charges another."""
    after = s.label(at, "ASSIGN")
    if after is None or not s.low(at, after).startswith(_REASSIGNS):
        return False
    return counted(s, after) is not None


def _passed_on(s: Sentence, at: int) -> Clause | None:
    """`X chuyển đơn đến Y xem xét, giải quyết …`: Y is charged."""
    for n in range(at + 1, min(len(s.words), at + _REACH)):
        if s.words[n].text in ("đến", "tới", "cho", "về") and (found := bodies(s, n + 1)):
            acts = found.end < len(s.words) and (s.label(found.end, "START") or s.words[found.end].tag == "V")
            return Clause("assign", raw_bodies(s, found), firm=True) if acts else None
    return None


def _firm(s: Sentence, at: int) -> bool:
    if s.label(at, "LEADING") or s.words[at].text.lower() in ("phải", "cần", "sẽ"):
        return True
    return s.low(at, at + 3) in ("la co quan", "la don vi", "la dau moi", "la thuong truc")


def _verb(s: Sentence, at: int) -> Clause | None:
    if s.words[at].tag == INSIDE:
        return None
    if s.label(at, "OPINION"):
        return Clause("verb", opinion=True)
    ordering = s.label(at, "START") or s.label(at, "LEADING") or s.label(at, "WITH")
    if _tells_when(s, at):
        return None
    if s.label(at, "TELLS") and not ordering:
        return None
    if at and s.words[at - 1].low == ":" and (lead := _concerned(s, at)):
        return Clause("subject", lead, firm=True)
    denied = s.words[at].low == "khong" and at + 1 < len(s.words) and s.words[at + 1].tag == "V"
    if s.label(at, "prefix") and not ordering:
        return None
    if ordering or denied or s.words[at].tag == "V":
        return Clause("verb", firm=s.label(at, "LEADING") is not None or _firm(s, at))
    return None


def _tells_when(s: Sentence, at: int) -> bool:
    """`Đợt 1: từ ngày 10/3 đến ngày 20/3.`: a time, and nothing to be done in it."""
    if s.low(at, at + 2) not in ("tu ngay", "tu thang", "tu thu"):
        return False
    return not any(w.tag == "V" and w.low not in ("den", "toi", "het", "lai") for w in s.words[at + 1 :])


def _more(s: Sentence, clause: Clause) -> tuple[str, ...]:
    """`Phòng A …; Phòng B …`, `Phòng A … . Phòng B …`: a second body charged after the first."""
    if clause.form not in ("assign", "subject"):
        return ()
    found: list[str] = []
    for at in _sentences(s):
        if s.head(at) is None or not s.words[at].capital:
            continue
        other = _subject(s, at)
        if other and other.form == "subject":
            found += other.lead
    return (*clause.lead, *(b for b in found if b not in clause.lead)) if found else ()


def _led(s: Sentence, clause: Clause) -> tuple[str, ...]:
    """`… (Sở Y tế chủ trì)`, `… do Sở Y tế làm đầu mối`: the lead named after the work."""
    if clause.form != "verb":
        return ()
    for at in range(1, len(s.words)):
        if s.words[at - 1].low in ("(", ",", ";", "do", "giao", ".") and s.head(at) is not None and s.words[at].capital:
            found = bodies(s, at)
            if found and found.end < len(s.words) and s.low(found.end, found.end + 2) in ("chu tri", "lam dau", "la dau"):
                return raw_bodies(s, found)
    return ()
