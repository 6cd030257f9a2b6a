"""Danh sách đơn vị: entries of Kính gửi and Nơi nhận, one a bullet or printed line, wrapped lines joined."""

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors._layout import Placed
from extractors._patterns import BULLET
from models.text import one_line

Entry = list[Placed]

_NOTE = re.compile(r"(\((?:để )?)(?:([btp])/?([c€h])|(b)/)(\))")  # (b/c), (t/h), (p/h) as recognition breaks them


def entries(lines: Sequence[Placed]) -> list[Entry]:
    """Lines grouped into entries."""
    bulleted = sum(bool(BULLET.match(line.text)) for line in lines) * 2 >= len(lines)
    marked = any(line.text.rstrip().endswith(";") for line in lines)
    out: list[Entry] = [[lines[0]]] if lines else []
    for before, line in pairwise(lines):
        broken = marked and _breaks_at_dash(before, line)
        (out.append([line]) if not broken and _begins(out[-1][0], before, line, bulleted) else out[-1].append(line))
    return out


def _breaks_at_dash(before: Placed, line: Placed) -> bool:
    """`… các tổ chức chính trị` / `- xã hội tỉnh;`: no bullet, in a list whose entries end in a mark."""
    bullet = BULLET.match(line.text)
    return bullet is not None and line.text[bullet.end() :][:1].islower() and before.text.rstrip()[-1:] not in ";.:,"


def _begins(first: Placed, before: Placed, line: Placed, bulleted: bool) -> bool:
    """True where a line begins an entry; `first` is the first line of the entry before it."""
    if BULLET.match(line.text) or line.line.whole:
        return True
    end = before.text.rstrip()[-1:]
    if bulleted:  # a bullet that was not read: the line stands no further left than entries do
        return end in ";.:" and line.left > first.left - 0.006 and not line.text[:1].islower()
    return end in ";." or (not line.text[:1].islower() and end not in ",-:" and before.right < 0.8)


def text_of(entry: Sequence[Placed]) -> str:
    """An entry's text without bullet and closing mark."""
    return tidy(" ".join(line.text for line in entry))


def tidy(text: str) -> str:
    """One line, bullet and closing mark off."""
    text = re.sub(r"[\s.;,:_]+$", "", BULLET.sub("", one_line(text))).strip()
    return _NOTE.sub(_note, text).replace("(®)", "(Đ)")


def _note(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2] or match[4]}/{(match[3] or 'c').replace('€', 'c')}{match[5]}"
