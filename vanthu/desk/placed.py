"""Chỗ được chỉ: where on its pages a person has pointed at values, as the form of the page sends it."""

import re
from collections.abc import Mapping

from models.document import Box
from vanthu.desk.edits import PLACE
from vanthu.register import missed
from vanthu.register.connection import Base
from vanthu.register.corrections import Place

_SENT = re.compile(r"(\d{1,5}):(-?\d{1,6}),(-?\d{1,6}),(-?\d{1,6}),(-?\d{1,6})")


def places(base: Base, entry_id: int, form: Mapping[str, str]) -> dict[str, Place]:
    """By field; what makes no sense, or names a page that there is not, is left out."""
    out = {}
    for name, text in form.items():
        if name.startswith(PLACE) and (sent := _SENT.fullmatch(text)):
            number, *edges = map(int, sent.groups())
            if place := missed.as_read(base, entry_id, number, Box(*edges)):
                out[name[len(PLACE) :]] = place
    return out
