"""Bảng phân công: rows of a table that has a column for the work and one for who is charged, or until when."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from extractors._listed import listed
from extractors._orders import Order
from extractors._paragraphs import Paragraph
from extractors._patterns import upper_share
from models.found import exclude
from models.text import fold

_COLUMNS = {
    "ordinal": re.compile(r"^(?:stt|tt|so tt|so thu tu|muc)$"),
    "support": re.compile(r"phoi hop|tham gia"),
    "lead": re.compile(
        r"chu tri|phu trach|dau moi|phan cong|chiu trach nhiem"
        r"|(?:co quan|don vi|bo phan|nguoi|phong|ca nhan|to chuc) (?:thuc hien|trien khai|chuan bi|tham muu|soan thao)"
    ),
    "limit": re.compile(r"thoi han|thoi gian|hoan thanh|tien do|han xong|thoi diem"),
    "work": re.compile(r"nhiem vu|cong viec|noi dung|hoat dong|hanh dong|giai phap|dau viec|hang muc|\bviec\b"),
}
_ORDINAL = re.compile(r"\d{1,3}(?:\.\d{1,2})*\.?$")
_ABOVE = re.compile(r"^(?:nhu tren|nt|-nt-|\"|''|”|như trên)$")
_OLD = re.compile(
    r"\b(?:tai|theo) (?:van ban|cong van|ke hoach|quyet dinh|thong bao)\b|da (?:giao|thuc hien|don doc|duoc giao)|truoc day|ban dau"
)
_EXACT = re.compile(r"cu the|chi tiet")
_NO_WORK = re.compile(r"chua thuc hien|da thuc hien|vuong mac|ket qua thuc hien")


@dataclass(frozen=True, slots=True)
class _Columns:
    work: int
    ordinal: int | None
    lead: int | None
    support: int | None
    limit: int | None
    old: tuple[int, ...]
    head: int


def rows(paragraphs: tuple[Paragraph, ...], kind: str) -> list[Order]:
    """Tasks of all tables; an agenda of a meeting assigns nothing."""
    if kind == "giấy mời":
        return []
    found: list[Order] = []
    for table, group in groupby(paragraphs, key=lambda p: p.table):
        if table is not None:
            lines = list(group)
            columns = _columns(lines)
            if columns:
                found += _read(lines[columns.head :], columns)
            elif lines[0].text:
                exclude("tasks.table-assigns-nothing", lines[0].span(0, len(lines[0].text)))
    return found


def _columns(lines: list[Paragraph]) -> _Columns | None:
    """Which column is which, from the head (one row, or two where cells of the head are merged)."""
    for depth in (1, 2):
        head = lines[:depth]
        if len(head) < depth or not head[0].cells:
            return None
        texts = [fold(" ".join(r.cells[n].text for r in head if n < len(r.cells))).strip() for n in range(len(head[0].cells))]
        named = _name(texts)
        if "work" in named and ("lead" in named or "limit" in named) and not _NO_WORK.search(texts[named["work"]]):
            get = named.get
            old = tuple(n for n, text in enumerate(texts) if _OLD.search(text))
            return _Columns(named["work"], get("ordinal"), get("lead"), get("support"), get("limit"), old, depth)
    return None


def _name(texts: list[str]) -> dict[str, int]:
    named: dict[str, int] = {}
    for n, text in enumerate(texts):
        if _OLD.search(text):
            continue
        for role, pattern in _COLUMNS.items():
            if role not in named and pattern.search(text):
                named[role] = n
                break
    exact = next((n for n, text in enumerate(texts) if _EXACT.search(text) and n > named.get("work", n)), None)
    if exact is not None and exact not in named.values():
        named["work"] = exact
    return named


def _read(lines: list[Paragraph], columns: _Columns) -> Iterator[Order]:
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    ordinal = ""
    group: tuple[str, ...] = ()
    numbers = _numbers(lines, columns)
    for at, (line, number) in enumerate(zip(lines, numbers, strict=True)):
        cells = line.cells
        if len(cells) <= columns.work or _numbers_columns(cells):
            continue
        work = cells[columns.work]
        if _heads_group(line, columns) or _starts_again(lines[at:], numbers[at:], columns):
            lead, support = (), ()
            group = _group(work.text or number)
            continue
        ordinal = number or ordinal
        if not work.text:
            continue
        lead = _bodies(_cell(cells, columns.lead), lead, empty=lead) or group
        support = _bodies(_cell(cells, columns.support), support, empty=())
        spans = tuple(
            cell.span(0, len(cell.text))
            for cell in (work, *(c for n, c in enumerate(cells) if c is not work and n not in columns.old))
            if cell.text
        )
        yield Order(f"STT {ordinal.rstrip('.')}" if ordinal else None, work.text, lead, support, spans, "table", 0.94 if lead else 0.85)


def _numbers(lines: list[Paragraph], columns: _Columns) -> list[str]:
    """The ordinals of the rows; one misread between two that are right is put right."""
    found = [_cell(line.cells, columns.ordinal) for line in lines]
    ranked = [(n, int(value.rstrip("."))) for n, value in enumerate(found) if re.fullmatch(r"\d{1,3}\.?", value)]
    known = dict(ranked)
    works = [n for n, line in enumerate(lines) if found[n] and not _heads_group(line, columns)]
    for before, n, after in zip(works, works[1:], works[2:], strict=False):
        if known.get(before, -9) + 2 == known.get(after, -1) and known.get(n) != known[before] + 1:
            found[n] = str(known[before] + 1)
    return found


def _cell(cells: tuple[Paragraph, ...], n: int | None) -> str:
    return cells[n].text.strip() if n is not None and n < len(cells) else ""


def _bodies(text: str, above: tuple[str, ...], empty: tuple[str, ...]) -> tuple[str, ...]:
    if not text or text in "-–":
        return empty
    if _ABOVE.match(fold(text)):
        return above
    return listed(re.sub(r"(?:^|(?<=[;,.]))\s*(?:Đề nghị|đề nghị|Giao|giao)\s+(?=[A-ZĐỦ])", " ", text).strip())


def _numbers_columns(cells: tuple[Paragraph, ...]) -> bool:
    """The row (1) (2) (3) … under a head."""
    filled = [c.text for c in cells if c.text]
    return len(filled) > 2 and all(re.fullmatch(r"\(?\d{1,2}\)?(?:=.*)?", t) for t in filled)


def _heads_group(line: Paragraph, columns: _Columns) -> bool:
    """A row that only names what comes under it."""
    others = [_cell(line.cells, n) for n in (columns.lead, columns.support, columns.limit)]
    if any(others):
        return False
    number, work = _cell(line.cells, columns.ordinal), line.cells[columns.work].text
    rest = [c.text for n, c in enumerate(line.cells) if n not in (columns.ordinal, columns.work) and c.text]
    return not rest and (not _ORDINAL.match(number) or upper_share(work) > 0.85 or len(line.cells) < 4)


def _starts_again(lines: list[Paragraph], numbers: list[str], columns: _Columns) -> bool:
    """A row of text alone after which the numbering starts again: `I.` read as `1.`."""
    others = [_cell(lines[0].cells, n) for n in (columns.lead, columns.support, columns.limit)]
    following = next((n for n in numbers[1:] if n), "")
    values = [re.sub(r"\D", "", n) for n in (numbers[0], following)]
    return not any(others) and all(values) and int(values[1]) <= int(values[0])


def _group(text: str) -> tuple[str, ...]:
    """Bodies that a group's heading names."""
    found = listed(text)
    return found if found and re.match(r"(?:so|ubnd|uy ban|phong|cac|ban|cong an|bo|van phong|truong|trung tam)\b", fold(text)) else ()
