"""Trích yếu nội dung (Decree 30/2020, Annex I, boxes 5a and 5b)."""

import re
from collections.abc import Sequence

from extractors._degrees import degrees
from extractors._evidence import from_lines
from extractors._layout import Placed
from extractors._lexicon import after_type
from extractors._names import opens_body
from extractors._number_line import number_line
from extractors._patterns import letters, upper_share
from extractors._zones import Zones
from models.document import Document
from models.found import Found
from models.text import fold, one_line

_LEAD = re.compile(r"^\W*(v\s?[/⁄|\\!1l;,.]?\s?[vy]\b\s*[:.;]?|ve viec\b\s*:?|ve\b(?! nuoc| nguon| dich)|viv\b|v2v\b)\s*")
_SURE = 0.8
_RULE = re.compile(r"^[\W_]*$")
_HOLDERS = ("chutich", "thutuong", "botruong", "giamdoc", "tonggiamdoc", "cuctruong", "chanhan", "vientruong", "hieutruong", "truongban")


def find(*, document: Document, zones: Zones) -> Found[str] | None:
    """Trích yếu without its leading `V/v`, `Về việc`, `Về`; under the type's name, of a letter under the number."""
    lines = _under_title(zones.title) if zones.title else _under_number(zones.header_left)
    text = join(lines)
    if zones.title and text[:1].islower():  # THÔNG BÁO KẾT LUẬN / của đồng chí …
        text = f"{after_type(zones.title[0].text).capitalize()} {text}".strip()
    lead = _LEAD.match(fold(text))
    value = text[lead.end() :] if lead else text
    value = value.strip(" .;:,*_-|")
    if not letters(value):
        return None
    return from_lines(document, value, "subject.title" if zones.title else "subject.about", 0.96, lines)


def _under_title(title: Sequence[Placed]) -> list[Placed]:
    lines: list[Placed] = []
    for line in title[1:]:
        if _RULE.match(line.text) or degrees(line.text) or (not lines and re.match(r"^CỦA\s", line.text)):
            continue
        if lines and (_is_authority(line) or (upper_share(line.text) > 0.8 and upper_share(lines[0].text) < 0.5)):
            break
        lines.append(line)
    return lines


def _is_authority(line: Placed) -> bool:
    """`CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH`, `BỘ TRƯỞNG BỘ NỘI VỤ`: by whose authority a decision is taken."""
    return upper_share(line.text) > 0.8 and (opens_body(line.text) or letters(line.text).startswith(_HOLDERS))


def _under_number(left: Sequence[Placed]) -> list[Placed]:
    at = number_line(left)
    if at is None:
        at = next((i - 1 for i, p in enumerate(left) if _LEAD.match(fold(p.text)) and upper_share(p.text) < 0.7), None)
    lines: list[Placed] = []
    for line in left[at + 1 :] if at is not None else ():
        if _RULE.match(line.text) or degrees(line.text):
            continue
        if lines and upper_share(line.text) > 0.8 and (line.confidence < _SURE or opens_body(line.text)):
            break  # a stamp of the receiving office under the V/v
        lines.append(line)
    return lines


def join(lines: Sequence[Placed]) -> str:
    """Lines as one text; a hyphen at a line's end that parts a range or a name keeps its blanks."""
    return one_line(" ".join(line.text for line in lines))
