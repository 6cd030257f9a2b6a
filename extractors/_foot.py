"""Cuối văn bản: signature and Nơi nhận, and the annexes after them (Decree 30/2020, Annex I, boxes 7 and 9b)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors._layout import Placed, cut_columns, rejoined
from extractors._patterns import BULLET, letters, like, opens, upper_share
from extractors._titles import is_office, signs_for

SPLIT = 0.49
_END = re.compile(r"[.,;]\s*[/⁄l|]\s*[.,]?\s*$|\.\s*/\s*\.\s*$")


@dataclass(frozen=True, slots=True)
class Foot:
    """`start`: index of the first line after the body; the rest is shared out."""

    start: int
    signature: tuple[Placed, ...]
    recipients: tuple[Placed, ...]
    annex: tuple[Placed, ...]


def find_foot(lines: Sequence[Placed]) -> Foot:
    """Signature, Nơi nhận and annexes of the lines that follow the header."""
    cue = next((at for at, line in enumerate(lines) if is_recipients_cue(line)), None)
    start = _block_start(lines, cue)
    if start is None:
        return Foot(len(lines), (), (), ())
    end = body_end(lines, start)
    signature, recipients, last = _share(lines, start)
    used = {id(p.line) for p in lines[start:last]}
    annex = [*lines[end:start], *(p for p in lines[last:] if id(p.line) not in used)]
    return Foot(end, tuple(signature), tuple(recipients), tuple(annex))


def is_recipients_cue(line: Placed) -> bool:
    """`Nơi nhận:` alone, or with the signature's first line beside it."""
    if line.left > 0.45 or not opens(line.text, "nơi nhận") or (line.line.table is not None and len(line.line.cells) > 2):
        return False
    left = re.sub(r"\(.*?\)", "", cut_columns([line], SPLIT)[0].text)
    return len(letters(left)) <= 9 or bool(re.match(r"^\W*N\S{1,3}\s*nh\S{1,3}\s*:", left))


def is_title_of_office(line: Placed) -> bool:
    """Capitals in the right column that name an authority or an office: `TM. ỦY BAN NHÂN DÂN`, `PHÓ GIÁM ĐỐC`."""
    text = line.text
    if line.left < 0.38 or upper_share(text) < 0.7 or len(text) > 70 or line.line.table is not None:
        return False
    return signs_for(text) or is_office(text)


def _block_start(lines: Sequence[Placed], cue: int | None) -> int | None:
    """Index of the first line of the block of signature and Nơi nhận."""
    ends = [at for at, line in enumerate(lines[:cue]) if _END.search(line.text)]
    after = ends[-1] + 1 if ends else max(0, (cue if cue is not None else len(lines)) - 12)
    titles = (at for at in range(after, len(lines)) if any(is_title_of_office(p) for p in cut_columns([lines[at]], SPLIT)))
    title = next(titles, None)
    if cue is None:
        return title
    return cue if title is None or title > cue else title


def body_end(lines: Sequence[Placed], start: int) -> int:
    """Index after the last line of the body: after `./.` where annexes stand between it and the signature."""
    for at in range(start - 1, -1, -1):
        if _END.search(lines[at].text):
            return at + 1 if at + 1 < start and opens(lines[at + 1].text, "phụ lục") else start
    return start


def _share(lines: Sequence[Placed], start: int) -> tuple[list[Placed], list[Placed], int]:
    """Lines of the signature, lines of Nơi nhận, and the index after both."""
    signature: list[Placed] = []
    recipients: list[Placed] = []
    last, kept, listing = start, False, False
    for at in range(start, len(lines)):
        if _annex_begins(lines, at, start, kept and bool(signature)):
            break
        for piece in cut_columns([lines[at]], SPLIT):
            if piece.left >= 0.4:
                signature.append(piece)
            else:
                listing = listing or is_recipients_cue(piece)
                kept = kept or is_archive(piece)
                if listing:
                    recipients.append(piece)
        last = at + 1
    return rejoined(signature), recipients, last


def is_archive(line: Placed) -> bool:
    """The line `Lưu: VT, …`."""
    return bool(re.match(r"^\W*l[uư][uưr]?[uư]?\b", BULLET.sub("", line.text).strip().lower())) or opens(line.text, "lưu vt", 0)


def _annex_begins(lines: Sequence[Placed], at: int, start: int, whole: bool) -> bool:
    """True where line `at` is beyond the block: a new page once the block is whole, an annex's head, a long line."""
    line = lines[at]
    if at == start:
        return False
    new_page = line.page.number != lines[at - 1].page.number
    if opens(line.text, "phụ lục") or like(line.text, "phụ lục") or (line.line.table is not None and len(line.line.cells) > 2):
        return True
    return (new_page and (whole or line.page.number > lines[start].page.number + 1)) or (whole and line.left < 0.3 and line.right > 0.8)
