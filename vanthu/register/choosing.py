"""Chọn mục: which of the items that charge a writer his answer fulfils: by period, by what is sent, by likeness; else none surely."""

import re
from collections.abc import Iterator
from typing import Any

from models.text import fold, one_line
from vanthu.register import periods
from vanthu.register.papers import Paper

Row = dict[str, Any]
Choice = tuple[Row, float, tuple[Row, ...]]
"""An item, how surely the answer is meant for it, and why."""

SURE, CHOSEN, PERIODLESS, UNCLEAR, OTHER_KIND, NO_REPLY = 0.97, 0.92, 0.75, 0.6, 0.7, 0.55

_REPLY = re.compile(
    r"\b(?:bao cao|gui|nop|trinh|gop y|tra loi|phuc dap|phan hoi|de xuat|dang ky|cung cap|(?:co|cho|tham gia) y kien|giai trinh"
    r"|thong tin (?:ve|cho)|lap danh sach|tham (?:dinh|tra)|cu (?:\d+ )?(?:can bo|cong chuc|vien chuc|dai bieu|nguoi|thanh vien|dau moi))\b"
)
_ON_TROUBLE = re.compile(r"\b(?:neu|truong hop|qua trinh)\b[^.;]{0,60}\b(?:kho khan|vuong mac|phat sinh)\b")
_PRODUCTS = {
    "report": r"\bbao cao\b",
    "list": r"\bdanh sach\b",
    "plan": r"\bke hoach\b",
    "opinion": r"\b(?:gop y|y kien|tham gia y kien)\b",
    "need": r"\b(?:dang ky|nhu cau|de xuat)\b",
    "figures": r"\b(?:so lieu|bieu mau|thong ke)\b",
    "draft": r"\bdu thao\b",
    "explanation": r"\bgiai trinh\b",
}
_TYPES = {
    "báo cáo": ("report", "list", "figures", "need", "explanation"),  # what a report tells of, annexed or in its text
    "kế hoạch": ("plan",),
    "danh sách": ("list",),
}
_INTERIM = re.compile(r"\b(?:so bo|buoc dau|bao cao nhanh|tien do|lan thu (?:nhat|1)|lan 1|dot 1|giai doan 1)\b")
_DESK = re.compile(r"\((?:qua|thong qua) ([^()]{4,80})\)", re.IGNORECASE)
_SENT_TO = re.compile(r"\b(?:gui|ve|cho|den|toi) (?=(?P<bodies>[^,.;()]{4,100}))")
_NAME_ENDS = re.compile(r" (?:truoc|trong|de|theo|qua|bang|cham|vao|xem|tong hop|va)\b|$")
_MARGIN, _CLEAR = 15, 70


def desks(text: str) -> list[str]:
    """Where an item says that its answer goes: `gửi về Công an tỉnh`, `(qua Phòng Nội vụ)`; words that name nobody too."""
    folded = one_line(fold(text))
    through = [part.strip() for words in _DESK.findall(folded) for part in re.split(r",| va ", words)]
    sent = [match["bodies"] for match in _SENT_TO.finditer(folded)]
    # `Sở Lao động - Thương binh và Xã hội trước ngày …`: each place where the name may end
    return [*through, *(words[: end.start()].strip() for words in sent for end in _NAME_ENDS.finditer(words))]


def choose(rows: list[Row], paper: Paper) -> list[Choice]:
    """The items of one document that the paper is an answer to. All that charge the writer are given, closed ones too.

    An item that asks for nothing to be sent back is only proposed, and only where there is no other.
    """
    replies = [row for row in rows if asks_back(row)]
    if not replies:
        return [(row, NO_REPLY, ({"signal": "only_item", "value": None},)) for row in rows] if len(rows) == 1 else []
    told = {row["id"]: _agrees(row, paper) for row in replies}
    agreeing = [row for row in replies if told[row["id"]] is True]
    if agreeing:
        return [(row, _capped(row, paper, SURE), ({"signal": "period", "value": row["period"]},)) for row in agreeing]
    left = [row for row in replies if told[row["id"]] is not False]
    periodical = [row for row in left if row["period"]]
    plain = [row for row in left if not row["period"]]
    if periodical and not plain:
        return [(row, PERIODLESS if len(_open(periodical)) == 1 else UNCLEAR, ()) for row in _open(periodical)[:3]]
    return [*_among(plain, paper, [_likeness(row, paper) for row in periodical])]


def asks_back(row: Row) -> bool:
    """True where an item wants something sent back; what is to be told only if there is trouble does not count."""
    words = one_line(fold(f"{row['text']} {row['deadline_text'] or ''}"))
    return bool(_REPLY.search(words)) and not (_ON_TROUBLE.search(words) and not row["due_on"])


def _agrees(row: Row, paper: Paper) -> bool | None:
    period = periods.read(row["period"])
    return periods.agrees(period, paper.record, paper.year) if period else None


def _open(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["state"] in ("open", "in_progress")]


def _among(rows: list[Row], paper: Paper, others: list[float]) -> Iterator[Choice]:
    """Of items that speak of no period: the only one, those for one day and one kind of thing, or the one that is most alike.

    `others`: how alike the items of the same document are that want reports of periods.
    """
    if not rows:
        return
    groups = {(row["due_on"], frozenset(products(row["text"]))) for row in rows}
    if len(rows) == 1 or len(groups) == 1:
        for row in rows:
            likeness = _likeness(row, paper)
            clear = not others or (likeness >= _CLEAR and likeness - max(others) >= _MARGIN)
            yield row, _capped(row, paper, SURE if clear else OTHER_KIND), ({"signal": "only_reply", "value": row["ordinal"]},)
        return
    mine = _of_paper(paper)
    fitting = [row for row in rows if products(row["text"]) & mine] or rows
    scored = sorted(((_likeness(row, paper), row) for row in fitting), key=lambda pair: -pair[0])
    best, second = scored[0][0], scored[1][0] if len(scored) > 1 else 0
    if len(fitting) == 1 or (best >= _CLEAR and best - second >= _MARGIN):
        row = scored[0][1]
        yield row, _capped(row, paper, CHOSEN), ({"signal": "likeness", "value": round(best / 100, 2)},)
        return
    for likeness, row in scored[:3]:
        yield row, UNCLEAR, ({"signal": "likeness", "value": round(likeness / 100, 2)},)


def _likeness(row: Row, paper: Paper) -> float:
    from rapidfuzz import fuzz  # searching need not wait for it

    return float(fuzz.token_set_ratio(paper.subject, one_line(fold(row["text"]))))


def products(text: str) -> set[str]:
    """What is to be sent: report, list, plan, opinion, …"""
    folded = one_line(fold(text))
    return {name for name, words in _PRODUCTS.items() if re.search(words, folded)}


def _of_paper(paper: Paper) -> set[str]:
    return products(paper.subject) | set(_TYPES.get(paper.doc_type or "", ()))


def _capped(row: Row, paper: Paper, sure: float) -> float:
    """Less sure where another kind of thing is sent than is asked for, where only a first part comes, and where nothing is reported."""
    wanted, sent = products(row["text"]), _of_paper(paper)
    words = one_line(fold(row["text"]))
    if _INTERIM.search(paper.subject) and not _INTERIM.search(words):
        return min(sure, OTHER_KIND)
    if wanted and sent and not wanted & sent:
        return min(sure, OTHER_KIND)
    if not sent and not _REPLY.search(paper.opening):
        return min(sure, OTHER_KIND)
    return sure
