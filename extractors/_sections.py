"""Tính chất của phần: what stands under a heading — aims, facts, lists of members, or work that is assigned — and whom it charges."""

import re
from dataclasses import dataclass, field

from extractors._clauses import parse
from extractors._cues import cue
from models.text import fold

_PERSON = re.compile(
    r"(?:[^:.]{2,45}:\s*)?(?:Ông|Bà|ông|bà|Đồng chí|đồng chí|Thượng tá|Trung tá|Đại tá|Thiếu tá|Thiếu tướng|ThS|TS|PGS|BS|GS)"
    r"[.\s]+(?:[A-ZĐÀ-Ỹ][\w’'’]*\s+){1,}"
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
    if cue("roster").search(head) and text.rstrip().endswith(":"):
        return "aims"
    if cue("past").match(label) or cue("form").match(label):
        return "aims"
    if cue("charge").search(label):
        return "charge"
    if cue("aims").match(label):
        return "aims"
    return "facts" if cue("facts").match(label) else ""


def owners(text: str) -> tuple[tuple[str, ...], bool]:
    """Bodies that a heading or an opening sentence charges, and whether it orders."""
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


def names_member(text: str) -> bool:
    """True for an entry of a list of members: `Tổ trưởng: Ông …`, `Bà …, Phó Giám đốc Sở …`."""
    return bool(_PERSON.match(text)) or bool(
        re.search(r"[-–,:]\s*(?:Phó )?(?:Trưởng ban|Ủy viên|Uỷ viên|Tổ trưởng|Tổ viên|Thư ký|Thành viên)[^.;]{0,20}[.;]?$", text)
    )
