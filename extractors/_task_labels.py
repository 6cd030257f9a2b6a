"""Dòng ghi nhãn of an item: `Cơ quan chủ trì: …`, `Đơn vị phối hợp: …`, `Thời gian: …`."""

import re

from extractors._clauses import parse
from extractors._listed import listed
from models.text import fold

_WHO = r"(?:co quan|don vi|bo phan|to chuc|ca nhan|phong|nguoi)"
_LEADS = r"chu tri(?: thuc hien)?|thuc hien|phu trach|chiu trach nhiem(?: chinh)?|dau moi|chuan bi(?: noi dung)?|tham muu|to chuc"
_HELPS = r"phoi hop(?: thuc hien)?"
_LABEL = re.compile(
    rf"(?:^|(?<=[.;(] )|(?<=[-–+] )|(?<=\())"
    rf"(?:(?:{_WHO} )(?P<lead>{_LEADS})|(?P<bare>chu tri)|(?:{_WHO} )?(?P<help>{_HELPS}))\s*:\s*"
)
_OTHER = re.compile(
    r"(?:[-–+]\s*)?(?:(?:co quan|don vi|bo phan) [\w ]{4,30}|thoi gian[\w ]{0,25}|thoi han[\w ]{0,20}|dia diem[\w ]{0,15}"
    r"|thanh phan[\w ]{0,20}|san pham[\w ]{0,20}|kinh phi[\w ]{0,20}|noi dung|hinh thuc[\w ]{0,20}|so luong|doi tuong[\w ]{0,20}|chu tri"
    r"|phoi hop|tien do[\w ]{0,20}|ket qua|quy mo|chu dau tu|ten[\w ]{0,25}|dia chi|dien thoai|nguon von|tong muc[\w ]{0,20})\s*:"
)


def is_label(text: str) -> bool:
    """True for a line that only gives one particular of the item above it."""
    return bool(_OTHER.match(fold(text[:60])))


def labelled(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Lead and support named by labels within an item's text."""
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    folded = fold(text)
    for hit in _LABEL.finditer(folded):
        value = re.split(r"\.(?:\s|$)|;\s+(?=(?:co quan|don vi|thoi gian|thoi han|phoi hop|san pham)\b)|\)", folded[hit.end() :])[0]
        printed = text[hit.end() : hit.end() + len(value)].strip(" .;")
        if hit["help"]:
            support = support or listed(printed)
            continue
        if hit["bare"] and re.match(r"(?:ông|bà|đồng chí)\b", printed, re.IGNORECASE):
            # who takes the chair
            continue
        clause = parse(printed)
        lead = lead or (clause.lead if clause.form == "subject" and clause.lead else listed(printed))
        support = support or clause.support
    return lead, support
