"""Chức vụ, quyền hạn, họ tên người ký (Decree 30/2020, Annex I, boxes 7a, 7b; 36-HD/VPTW)."""

import re
from collections.abc import Sequence

from extractors._evidence import from_lines
from extractors._foot import is_position, signs_for
from extractors._layout import Placed
from extractors._patterns import letters, upper_share
from extractors._zones import Zones
from models.document import Document
from models.found import Found
from models.record import Signer
from models.text import one_line

_NAME = re.compile(r"^[^\W\d_][\w’'‘`.-]*(\s+[^\W\d_][\w’'‘`.-]*){1,6}$")
_RANK = re.compile(
    r"^((đại|thượng|trung|thiếu)\s+(tá|tướng|úy|uý|tướng)|(gs|pgs|ts|ths|bs|ck[i12]+|bscki+|luật sư|ks|dr)\b\.?[\s,-]*)+\s*", re.IGNORECASE
)


def find(*, document: Document, zones: Zones) -> Found[Signer] | None:
    """Người ký: name, last title line, lines of authority over it joined by `; `."""
    lines = [line for line in zones.signature if len(letters(line.text)) > 1]
    at = _name_at(lines)
    titles = _titles(lines[: len(lines) if at is None else at])
    if at is None and not titles:
        return None
    name = _tidy(lines[at].text) if at is not None else None
    position = titles[-1] if titles and not _collective(titles[-1]) else None
    above = titles[:-1] if position else titles
    signer = Signer(name, position, "; ".join(above) or None)
    used = lines if at is None else lines[: at + 1]
    return from_lines(document, signer, "signer.block", 0.95 if name else 0.6, used)


def _name_at(lines: Sequence[Placed]) -> int | None:
    """Index of the printed name: the last line in mixed case of two words or more; else capitals under the titles that name no office."""
    for at in range(len(lines) - 1, -1, -1):
        if upper_share(lines[at].text) < 0.7 and _is_name(lines[at].text):
            return at
    if len(lines) > 1 and _is_name(lines[-1].text) and not is_position(lines[-1].text) and not signs_for(lines[-1].text):
        return len(lines) - 1
    return None


def _is_name(text: str) -> bool:
    name = _tidy(text)
    words = name.split()
    return bool(_NAME.match(name)) and 2 <= len(words) <= 6 and all(w[:1].isupper() for w in words) and len(letters(name)) >= 5


def _tidy(text: str) -> str:
    return _RANK.sub("", one_line(text).strip(" .,;:|_-~*'`\"")).strip()


def _titles(lines: Sequence[Placed]) -> list[str]:
    """Title lines, a wrapped one joined to the line that it goes on."""
    titles: list[str] = []
    for line in lines:
        text = one_line(line.text).strip(" .,;:|_~*'`\"")
        if upper_share(text) < 0.6 or len(letters(text)) < 4:
            continue
        if titles and not signs_for(text) and not is_position(text):
            titles[-1] += " " + text
        else:
            titles.append(text)
    return titles


def _collective(title: str) -> bool:
    """`TM. BAN THƯỜNG VỤ` names for whom somebody signs, not his office."""
    return bool(re.match(r"^T\s*[./]?\s*M\b", title))
