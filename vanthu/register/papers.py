"""Văn bản, as the matching of answers sees it: who writes to whom about what, and what it only asks for."""

import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from models.text import fold, one_line
from vanthu.register import bodies, directory, effective, units
from vanthu.register.connection import Base

_ASKS = re.compile(
    r"\b(?:xin |de nghi |ve viec |de xuat )*(?:gia han|lui (?:thoi han|thoi gian|ngay)|keo dai thoi (?:han|gian))\b"
    r"|^(?:de nghi|xin|kien nghi)\b[^;]{0,40}\b(?:huong dan|giai dap|ho tro|cap (?:bo sung )?kinh phi"
    r"|bo tri|cho (?:phep|chu truong|y kien)|tham dinh)"
    r"|\bxin (?:y kien|y kien chi dao|huong dan|chu truong)\b|^moi\b|\bgiay moi\b"
)
_NO_ANSWERS = ("giấy mời", "công điện", "chỉ thị", "giấy triệu tập")
_DESK = re.compile(r"^van phong (?:hoi dong nhan dan va )?")


@dataclass(frozen=True)
class Paper:
    """An entry with the parts of its record that matter here; `ours`: our own office wrote it."""

    id: int
    row: dict[str, Any]
    record: dict[str, Any]
    ours: bool
    opening: str

    @property
    def issuer(self) -> str | None:
        """Cơ quan ban hành; our own office by its first name."""
        issuer: str | None = self.row["issuer"]
        return issuer

    @property
    def doc_type(self) -> str | None:
        """Tên loại."""
        doc_type: str | None = self.row["doc_type"]
        return doc_type

    @property
    def issued_on(self) -> str | None:
        """Ngày ban hành, ISO."""
        issued_on: str | None = self.row["issued_on"]
        return issued_on

    @property
    def subject(self) -> str:
        """Trích yếu, folded."""
        return one_line(fold(self.row["subject"] or ""))

    @property
    def addressees(self) -> list[str]:
        """Kính gửi."""
        return list(self.record["addressees"])

    @property
    def recipients(self) -> list[str]:
        """Nơi nhận, notes in brackets left off."""
        return [re.sub(r"\s*\(.*?\)", "", name) for name in self.record["recipients"]]

    @property
    def year(self) -> int:
        """The year of periods that name none."""
        return int((self.row["issued_on"] or self.row["received_on"])[:4])

    @cached_property
    def asks(self) -> bool:
        """It asks for time, help or advice, or invites: no answer, whatever it cites."""
        return self.doc_type in _NO_ANSWERS or bool(_ASKS.search(self.subject))

    @property
    def reminds(self) -> bool:
        """Văn bản đôn đốc: it reminds of what its writer has asked for."""
        return any(one["relation"] == "reminds" for one in self.record.get("relations") or ())

    @property
    def unsure(self) -> bool:
        """Its issuer or the day it was issued needs a look."""
        found = self.record["_found"]
        return any((found.get(name) or {}).get("needs_look") for name in effective.JUDGED)

    def is_named(self, name: str) -> bool:
        """True where an addressee means the body that wrote this paper, or its office (`Văn phòng UBND tỉnh`)."""
        return writes_as(name, self.issuer, self.row["body_key"])


def writes_as(name: str, issuer: str | None, body_key: str | None) -> bool:
    """True where an addressee means the body of this name and key, or its office."""
    return names(name, body_key or "") or _branch(name, issuer, body_key or "")


def _branch(name: str, issuer: str | None, whole: str) -> bool:
    """`Chi cục Thuế huyện Nghi Lộc` of a superior of the province: the place of its own level is not in its letterhead."""
    own, key = bodies.key(issuer), bodies.key(name)
    if own == whole or not bodies.compatible(own, key):
        return False
    return bodies.level(key.removeprefix(own)) != bodies.level(whole.removeprefix(own))


def names(name: str, body_key: str) -> bool:
    """True where an addressee means the body of this key."""
    return bodies.compatible(desk_of(name), body_key)


def desk_of(name: str) -> str:
    """The key of the body that an addressee means: its office stands for it (`Văn phòng UBND tỉnh`)."""
    return _DESK.sub("", bodies.key(name))


def load(base: Base, document_id: int) -> Paper | None:
    """A registered entry; None where it is voided or has no record."""
    row = base.row("SELECT * FROM documents WHERE id=? AND state='registered' AND record IS NOT NULL", document_id)
    if row is None:
        return None
    ours = by_us(base, document_id)
    text = base.value("SELECT text FROM pages WHERE document_id=? ORDER BY number", document_id) or ""
    return Paper(document_id, row, json.loads(row["record"]), ours, one_line(fold(text[:3500])))


def by_us(base: Base, document_id: int) -> bool:
    """True for what our own office wrote."""
    row = base.row("SELECT direction, issuer FROM documents WHERE id=?", document_id)
    if row is None:
        return False
    return row["direction"] == "out" or bool(row["issuer"] and units.charges(row["issuer"], directory.office(base)))
