"""Công văn đôn đốc: the letter that reminds those who have not reported, as a draft for the clerk to number and sign."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from models.context import Office
from vanthu.errors import NotFound
from vanthu.exports import docx_form as form
from vanthu.exports.files import write_whole_bytes
from vanthu.said import day
from vanthu.sections import Letterhead

_BLANK = "…………"
_LONGEST = 400
"""Letters of an item that the table repeats at most: the dispatch has the rest."""
_HEADS = ("TT", "Cơ quan, đơn vị", "Nội dung chưa thực hiện, báo cáo", "Thời hạn", "Tình trạng")
_WIDTHS = (1.0, 4.2, 6.2, 2.5, 2.5)


@dataclass(frozen=True, slots=True)
class Missing:
    """What one unit owes: the text of an item and the day on which it is or was due."""

    unit: str
    text: str
    due_on: date | None


def missing(matrix: Mapping[str, Any], *, late_only: bool = True) -> list[Missing]:
    """What has not come in, in the order of the matrix (`register.matrix`): what is overdue, or with `late_only` False all that is open.

    The period of a recurring report stands behind its text.
    """
    texts = {item["item"]: _named(item) for item in matrix["items"]}
    states = ("overdue",) if late_only else ("overdue", "missing")
    return [
        Missing(unit["unit"], texts[item["item"]], date.fromisoformat(item["due_on"]) if item["due_on"] else None)
        for unit in matrix["units"]
        for item in unit["items"]
        if item["state"] in states
    ]


def _named(item: Mapping[str, Any]) -> str:
    text = " ".join(item["text"].split())
    short = text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
    return f"{short} ({item['period']})" if item["period"] else short


def write(
    path: Path,
    *,
    office: Office,
    letterhead: Letterhead,
    dispatch: Mapping[str, Any],
    owed: Sequence[Missing],
    today: date,
    reply_by: date | None = None,
) -> None:
    """The letter as DOCX; NotFound where nobody owes anything. Number and day stay blank: they are given when it is signed (Article 15).

    `dispatch`: the record of the document that is followed up; `reply_by`: the day set anew, blank where None.
    """
    if not owed:
        raise NotFound("remind.nothing")
    ours = office.names[0] if office.names else _BLANK
    letter = form.new_letter()
    form.head(
        letter,
        parent=letterhead.parent,
        issuer=ours,
        number=f"Số:        /{letterhead.symbol or _BLANK}",
        subject=f"V/v đôn đốc thực hiện {_cited(dispatch)}",
        place_and_day=f"{letterhead.place or _BLANK}, ngày      tháng {day(today).split('/')[1]} năm {today.year}",
    )
    units = [*dict.fromkeys(one.unit for one in owed)]
    form.addressed(letter, units)
    form.body(letter, _opening(dispatch, ours))
    form.body(letter, f"Đến ngày {day(today)}, {ours} chưa nhận được kết quả thực hiện, báo cáo của {_those(units)} theo biểu dưới đây:")
    form.line(letter, "", 6)
    rows = [(str(number), one.unit, one.text, day(one.due_on), _standing(one, today)) for number, one in enumerate(owed, 1)]
    form.table(letter, _HEADS, rows, _WIDTHS, centred=(0, 3, 4))
    by = day(reply_by) if reply_by else _BLANK
    form.body(
        letter,
        f"{ours} đề nghị {_those(units)} khẩn trương thực hiện, báo cáo kết quả về {ours} trước ngày {by} để tổng hợp; "
        "trường hợp có khó khăn, vướng mắc hoặc đã gửi báo cáo, đề nghị phản ánh kịp thời để được xem xét, đối chiếu./.",
    )
    recipients = ("Như trên", f"Lưu: {letterhead.archive}")
    form.foot(
        letter,
        recipients=recipients,
        authority=letterhead.authority,
        position=letterhead.position or _BLANK,
        signer=letterhead.signer,
    )
    bytes_of = io.BytesIO()
    letter.save(bytes_of)
    write_whole_bytes(path, bytes_of.getvalue())


def _cited(dispatch: Mapping[str, Any]) -> str:
    """`Công văn số 221/UBND-NV ngày 06/3/2024`; what could not be read is blank."""
    kind = (dispatch["doc_type"] or "văn bản").capitalize()
    return f"{kind} số {dispatch['code'] or _BLANK} ngày {day(dispatch['issued_on']) or _BLANK}"


def _opening(dispatch: Mapping[str, Any], ours: str) -> str:
    """First mention: type, code, day, issuer and subject (Annex I, part II, II.6)."""
    about = "về việc" if dispatch["doc_type"] in (None, "công văn") else "về"
    subject = f" {about} {dispatch['subject']}" if dispatch["subject"] else ""
    if dispatch["issuer"] in (None, ours):
        return f"{ours} đã ban hành {_cited(dispatch)}{subject}."
    return f"Thực hiện {_cited(dispatch)} của {dispatch['issuer']}{subject}, {ours} đã giao các cơ quan, đơn vị tổ chức thực hiện."


def _those(units: Sequence[str]) -> str:
    return units[0] if len(units) == 1 else f"{len(units):02} cơ quan, đơn vị nêu trên"


def _standing(one: Missing, today: date) -> str:
    if one.due_on is None:
        return "Chưa báo cáo"
    left = (one.due_on - today).days
    return f"Quá hạn {-left} ngày" if left < 0 else "Đến hạn hôm nay" if left == 0 else f"Còn {left} ngày"
