"""Cơ quan chủ quản, cơ quan ban hành with what was learnt: a body that people have named is parted from the superior body over it."""

from extractors._issuing import Issuing
from extractors._layout import Placed
from extractors._learnt import nearest
from models.context import Context


def find(*, issuing: Issuing, context: Context) -> Issuing:
    """The header's lines shared out anew where only their last ones read as a learnt body; else as they were."""
    names = [body.name for body in context.learnt.bodies]
    lines = (*issuing.parent, *issuing.issuer)
    if not names or _reads(issuing.issuer, names):
        return issuing
    for first in range(len(lines) - 1, -1, -1):
        if _reads(lines[first:], names):
            return Issuing(lines[:first], lines[first:])
    return issuing


def _reads(lines: tuple[Placed, ...], names: list[str]) -> bool:
    return nearest([word for line in lines for word in line.line.words], names) is not None
