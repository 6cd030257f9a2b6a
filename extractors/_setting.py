"""Bối cảnh của từng đoạn: what the headings and the paragraphs before say of a paragraph's dates."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors._frame import Frame
from extractors._paragraphs import Paragraph
from extractors._patterns import upper_share
from extractors._reckoning import Reckoning
from extractors._signals import signals
from models.text import fold

_SECTION = re.compile(r"\s*(?:[IVX]{1,5}[.\-)]|Phần|PHẦN|Chương|CHƯƠNG|Điều \d+)")
_TARGETS = re.compile(
    r"muc tieu|chi tieu|quan diem|tam nhin|danh gia (?:chung|tinh hinh)"
    r"|tinh hinh|ton tai|han che|su can thiet|thuc trang|ket qua dat duoc|uu diem"
)
_TIMES = re.compile(
    r"^[^a-z]*(?:[ivxlc]{1,5}[.\-)]|[a-z][.)])?[^a-z]*(?:noi dung va )?(?:thoi gian|thoi han|tien do|lo trinh|lich trinh)\b"
)
_DETAIL = re.compile(r"\s*(?:[-+*•]|\w{1,2}[.)])?\s*(?:dia diem|thanh phan|chu tri|noi dung)")
_EFFECTIVE = re.compile(r"co hieu luc(?: thi hanh)? (?:ke )?tu ngay (?:ky|ban hanh)")
_REACH = 5


@dataclass(frozen=True, slots=True)
class Setting:
    """The frame in which a paragraph's dates are judged; `effective_at_signing`: the document takes effect on its day of signing."""

    frame: Frame
    effective_at_signing: bool


@dataclass(slots=True)
class _State:
    targets: bool = False
    label: str = ""
    label_left: int = 0
    invite_left: int = 0


def settings(paragraphs: Sequence[Paragraph], reckoning: Reckoning, doc_type: str | None) -> list[Setting]:
    """The setting of each paragraph, in order."""
    effective = any(_EFFECTIVE.search(fold(p.text)) for p in paragraphs if p.table is None)
    state = _State()
    found = []
    for paragraph in paragraphs:
        if paragraph.table is None:
            _step(state, paragraph.text)
        frame = Frame(
            reckoning.floor,
            reckoning.year,
            doc_type,
            label=state.label if state.label_left else "",
            targets=state.targets,
            invites=state.invite_left > 0,
        )
        found.append(Setting(frame, effective))
    return found


def _step(state: _State, text: str) -> None:
    folded = fold(text)
    state.invite_left -= state.invite_left > 0
    state.label_left -= state.label_left > 0
    section = bool(_SECTION.match(text)) or (upper_share(text) > 0.8 and len(text) < 160)
    if section and len(text) < 200:
        state.targets = bool(_TARGETS.search(folded))
        state.label, state.label_left = (folded, 99) if _TIMES.search(folded) else ("", 0)
    elif len(text) < 70 and _TIMES.search(folded) and not re.search(r"\d{2}", text) and text.rstrip()[-1:] not in ".;":
        state.label, state.label_left = folded, _REACH
    elif _DETAIL.match(folded):
        state.label_left = 0
    if "mời" in text.lower() or "triệu tập" in text.lower():
        around = signals(text)
        if around.before(len(text), "invite", clause=False):
            state.invite_left = _REACH
