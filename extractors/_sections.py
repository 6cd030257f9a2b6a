"""Tính chất của phần: what stands under a heading — aims, facts, lists of members, or work that is assigned — and whom it charges."""

import re
from dataclasses import dataclass, field

from extractors._charged import charged
from extractors._clauses import parse
from extractors._cues import cue
from models.text import fold

_PERSON = re.compile(
    r"(?:[^:.]{2,45}:\s*)?(?:Ông|Bà|ông|bà|Đồng chí|đồng chí|Thượng tá|Trung tá|Đại tá|Thiếu tá|Thiếu tướng|ThS|TS|PGS|BS|GS)"
    r"[.\s]+(?:[A-ZĐÀ-Ỹ][\w’'’]*\s+){1,}"
)

_ORDERS = re.compile(
    r"\b(?:yeu cau|de nghi|giao|ket luan|chi dao|huong dan|phan cong|ban hanh|thuc hien|trien khai|nhiem vu)\b"
    r".{0,160}?(?:sau|:)[\s.:]*$"
)
_ANSWERS = re.compile(
    r"\b(?:co y kien|tra loi|phuc dap|giai trinh|bao cao|thong bao ket qua|giai dap)\b(?!.{0,20}chi dao).{0,80}(?:nhu sau|sau)[\s.:]*$"
)


@dataclass(frozen=True, slots=True)
class Scope:
    """What an item inherits: the bodies charged above it, whether that orders, what kind of section it stands in, limits set there.

    `section`: "charge", "aims" (nothing there is a task), "facts" (only what is expressly charged is), "".
    """

    lead: tuple[str, ...] = ()
    demand: bool = False
    section: str = ""
    deadlines: tuple[int, ...] = field(default=())


def section(text: str) -> str:
    """Kind of section that a heading opens, "" where it does not say."""
    head = fold(text[:120]).strip(" .:")
    label = head.split(":")[0]
    if text.rstrip().endswith(":") and (cue("roster").match(label) or re.search(r"\b(?:gom|co ten|danh sach)\b", head)):
        return "aims"
    if cue("past").match(label) or cue("form").match(label):
        return "aims"
    if cue("charge").search(label):
        return "charge"
    if cue("aims").match(label):
        return "aims"
    return "facts" if cue("facts").match(label) else ""


def owners(text: str) -> tuple[tuple[str, ...], bool]:
    """Bodies that a heading charges, and whether it orders."""
    bare = text.strip()
    clause = parse(bare)
    if clause.form in ("assign", "subject", "name") and clause.lead:
        return clause.lead, clause.form == "assign" or clause.firm
    lead = cue("owner").match(fold(bare))
    if lead:
        inner = parse(bare[lead.end() :].strip())
        if inner.form in ("name", "assign", "subject") and inner.lead:
            return inner.lead, True
    return (), clause.firm and clause.form == "verb"


def opening(text: str) -> tuple[tuple[str, ...], bool]:
    """Bodies that the sentence which opens a list charges (`… yêu cầu X … thực hiện các nội dung sau:`), and whether it orders."""
    tail = fold(text[-240:])
    bodies = charged(text)
    if bodies:
        return bodies, True
    return (), bool(_ORDERS.search(tail)) and not _ANSWERS.search(tail)


def is_past(text: str) -> bool:
    """True where an order in the text is one told of, not one given: `đã có Công văn … đề nghị …`."""
    return bool(re.search(r"\bđã\s[^.]*(?:đề nghị|yêu cầu|giao|chỉ đạo)\s", text))


def names_member(text: str) -> bool:
    """True for an entry of a list of members: `Tổ trưởng: Ông …`, `Bà …, Phó Giám đốc Sở …`."""
    return bool(_PERSON.match(text)) or bool(
        re.search(r"[-–,:]\s*(?:Phó )?(?:Trưởng ban|Ủy viên|Uỷ viên|Tổ trưởng|Tổ viên|Thư ký|Thành viên)[^.;]{0,20}[.;]?$", text)
    )
