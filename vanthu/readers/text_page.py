"""Trang có lớp chữ: a born-digital page, its stamps and banners told from its text."""

from typing import Any

import cv2
import numpy as np

from models.document import Box, Mark, Page
from vanthu.ocr import rulings
from vanthu.ocr.grids import Grid
from vanthu.ocr.render import MOST_PIXELS
from vanthu.ocr.stamps import is_received
from vanthu.ocr.straighten import binarise
from vanthu.readers import banner, margins, textlayer
from vanthu.readers.layout import lines
from vanthu.readers.numbering import Read
from vanthu.readers.pieces import printed_lines


def read(page: Any, layer: textlayer.Layer, number: int) -> Read:
    """Page `number` from its text layer."""
    width, height = textlayer.size(page)
    grids = _grids(page, width, height) if width * height <= MOST_PIXELS else []
    stamps = _stamps(layer)
    words = layer.words if stamps else layer.words + layer.tilted
    found, banners = banner.parted(lines(printed_lines(words), width, grids), width)
    found = margins.without_page_number(found, height)
    marks = (*stamps, *banners)
    return Read(Page(number, width, height, textlayer.DPI, "text" if found else "blank", found, marks), tuple(g.edges for g in grids))


def _stamps(layer: textlayer.Layer) -> list[Mark]:
    """A dấu ĐẾN set askew by the program that received the document; other words askew are text."""
    if not layer.tilted:
        return []
    text = "\n".join(" ".join(w.text for w in line) for line in printed_lines(layer.tilted))
    return [Mark("received_stamp", Box.around([w.box for w in layer.tilted]), text, 1.0)] if is_received(text) else []


def _grids(page: Any, width: int, height: int) -> list[Grid]:
    """Ruled tables; posters and plans, too large to be rendered, are read without."""
    grey = np.asarray(page.render(scale=textlayer.DPI / 72, grayscale=True, maybe_alpha=False).to_numpy())
    grey = np.asarray(cv2.resize(grey.reshape(grey.shape[:2]), (width, height)), dtype=np.uint8)
    return rulings.grids(binarise(grey))
