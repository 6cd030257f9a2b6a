"""Cơ quan chủ quản, cơ quan ban hành with what was learnt: a body that people have named is parted from the superior body over it."""

from extractors._issuing import Issuing
from extractors._layout import Placed
from extractors._learnt import nearest
from extractors._names import is_unfinished, opens_body
from models.context import Context

_SURE = 0.6
"""A reading less like the learnt name does not part the lines."""


def find(*, issuing: Issuing, context: Context) -> Issuing:
    """The header's lines shared out anew where only their last ones read as a learnt body; else as they were."""
    names = [body.name for body in context.learnt.bodies]
    lines = (*issuing.parent, *issuing.issuer)
    if not names or _reads(issuing.issuer, names):
        return issuing
    for first in range(len(lines) - 1, -1, -1):
        if first and (is_unfinished(lines[first - 1].text) or not opens_body(lines[0].text)):
            continue  # CHỦ TỊCH / ỦY BAN NHÂN DÂN … is one name
        if _reads(lines[first:], names):
            return Issuing(lines[:first], lines[first:])
    return issuing


def _reads(lines: tuple[Placed, ...], names: list[str]) -> bool:
    near = nearest([word for line in lines for word in line.line.words], names)
    return near is not None and near.sure >= _SURE
