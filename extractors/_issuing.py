"""Cơ quan chủ quản, cơ quan ban hành: the header's lines over the number, shared out (Decree 30/2020, Annex I, box 2)."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractors._layout import Placed
from extractors._names import group, is_unfinished, normal_case, opens_body, unknown_words
from extractors._number_line import number_line
from extractors._patterns import letters, upper_share
from extractors._voting import readings
from extractors._zones import Zones
from models.document import Document
from models.text import one_line

_SURE, _VOUCHES = 0.6, 0.9
_RULE = re.compile(r"^[\W_]*$")


class Issuing(NamedTuple):
    """Lines of the superior body and of the issuing body."""

    parent: tuple[Placed, ...]
    issuer: tuple[Placed, ...]


def find(*, zones: Zones) -> Issuing:
    """Phần cơ quan ban hành; both empty where the header has none."""
    lines = _lines(zones.header_left)
    if not lines:
        return Issuing((), ())
    bold = [_bold(line) for line in lines]
    if bold[-1] and not bold[0] and None not in bold:
        first = bold.index(True)
        while first and is_unfinished(lines[first - 1].text) and not opens_body(lines[first].text):
            first -= 1  # ỦY BAN NHÂN DÂN / TỈNH YÊN BÁI is one name, however it is printed
        return Issuing(tuple(lines[:first]), tuple(lines[first:]))
    groups = group([line.text for line in lines])
    last = groups[-1]
    return Issuing(tuple(lines[: last[0]]), tuple(lines[last[0] :]))


def _lines(left: Sequence[Placed]) -> list[Placed]:
    """Lines over the number that name a body: capitals, marks and rules left out."""
    at = number_line(left)
    above = left[: len(left) if at is None else at]
    return [line for line in above if not _RULE.match(line.text) and len(letters(line.text)) > 2 and upper_share(line.text) > 0.6]


def _bold(line: Placed) -> bool | None:
    known = [w.bold for w in line.line.words if w.bold is not None]
    return sum(known) * 2 > len(known) if known else None


def name_of(lines: Sequence[Placed]) -> str:
    """The lines as one name in normal case; a dash at a line's end is kept only between the bodies of a joint document."""
    texts = [line.text.strip(" .,;:*_|'`~") for line in lines]
    texts = [t if opens_body(after.lstrip("- ")) else t.rstrip(" -–") for t, after in zip(texts, [*texts[1:], ""], strict=True)]
    read = any(line.page.source == "ocr" for line in lines)
    return re.sub(r"^[\W_]+|[^\w)]+$", "", normal_case(one_line(" ".join(texts)), mend=read))


def is_doubtful(document: Document, lines: Sequence[Placed]) -> bool:
    """True where a word of a scanned name was hardly read, and neither the lexicon nor the rest of the document vouches for it."""
    words = [w for line in lines if line.page.source == "ocr" for w in line.line.words]
    unknown = unknown_words([w.text for w in words])
    hardly = [at for at in unknown if words[at].confidence < _SURE and len(letters(words[at].text)) > 1]
    return any(not at or not _vouched(document, words[at - 1].text, words[at].text) for at in hardly)


def _vouched(document: Document, before: str, word: str) -> bool:
    """The text has the word after the same one, in one spelling and well read."""
    votes = readings(document, before, word)
    return len(votes) == 1 and max(votes.values()) >= _VOUCHES
