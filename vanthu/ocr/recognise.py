"""Nhận dạng chữ: Tesseract through pytesseract, words with boxes and confidences."""

import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytesseract
from numpy.typing import NDArray

from models.document import Box, Word
from models.text import clean
from vanthu.ocr import model
from vanthu.ocr.letter_case import mended

# One thread a process: pages run side by side, and Tesseract's own threads only slow each other down.
os.environ["OMP_THREAD_LIMIT"] = "1"

_STROKES = re.compile(r"^[|_¦¿¡©®£¬°~^`¥«»=\\<>{}]+$")
"""What frames, rules and strokes of pens are read as; no office letter prints them alone."""


def printed_lines(picture: NDArray[np.uint8], dpi: int, psm: int = 3) -> list[list[Word]]:
    """Printed lines of a picture (grey), as Tesseract parts them."""
    # Uncompressed: packing the page as PNG, as pytesseract would, takes as long as a tenth of the reading.
    with tempfile.TemporaryDirectory(prefix="vanthu-") as folder:
        target = Path(folder, "page.bmp")
        cv2.imwrite(str(target), picture)
        data = pytesseract.image_to_data(
            str(target),
            lang=model.LANGUAGE,
            config=f"{model.options()}--psm {psm} --dpi {dpi} --oem 1",
            output_type=pytesseract.Output.DICT,
        )
    lines: dict[tuple[int, int, int], list[Word]] = {}
    for key, word in _words(data):
        lines.setdefault(key, []).append(word)
    return [mended(line) for line in lines.values()]


def _words(data: dict[str, list[str | int | float]]) -> Iterator[tuple[tuple[int, int, int], Word]]:
    for n, raw in enumerate(data["text"]):
        text = clean(str(raw)).strip()
        if not text or float(data["conf"][n]) < 0 or _STROKES.match(text):
            continue
        left, top, width, height = (int(data[name][n]) for name in ("left", "top", "width", "height"))
        key = (int(data["block_num"][n]), int(data["par_num"][n]), int(data["line_num"][n]))
        yield key, Word(text, Box(left, top, left + width, top + height), round(float(data["conf"][n]) / 100, 3))
