"""Bộ nhận dạng: Tesseract itself, picture in, table of words out.

Its library (tesserocr) keeps the model from one picture to the next: a page is read in about six pictures, of which most are a line or a
column, and to start a program for each, as pytesseract does, takes longer than to read them (docs/benchmarks.md). pytesseract reads where
the library does not install or does not take the model, and for a process that a fault in Tesseract must not take with it.
"""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytesseract
from numpy.typing import NDArray

from vanthu.ocr import model

# Pages run side by side: threads of Tesseract's and OpenCV's own only slow each other down.
os.environ["OMP_THREAD_LIMIT"] = "1"
cv2.setNumThreads(1)

COLUMNS = ("level", "page", "block", "paragraph", "line", "word", "left", "top", "width", "height", "confidence", "text")

_LSTM = 1
_idle: dict[Path, list[Any]] = {}
"""Engines that no thread reads with at the moment, by the folder of their model."""


def table(picture: NDArray[np.uint8], dpi: int, psm: int, *, apart: bool = False) -> list[dict[str, str]]:
    """The words of a picture (grey) in Tesseract's order, each with COLUMNS; layout by page segmentation mode `psm`.

    `apart`: read by a program of its own.
    """
    with contextlib.nullcontext() if apart else _engine(model.folder()) as engine:
        text = _by_program(picture, dpi, psm) if engine is None else _by_library(engine, picture, dpi, psm)
    rows = (line.split("\t") for line in text.splitlines())
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows if row[0] == "5" and len(row) == len(COLUMNS)]


def keep(count: int) -> None:
    """Load as many engines as will read side by side, for processes that are forked from this one."""
    idle = _idle.setdefault(model.folder(), [])
    idle += [_loaded(model.folder()) for _ in range(count - len(idle))]


@contextlib.contextmanager
def _engine(folder: Path) -> Iterator[Any]:
    """An engine that nobody else uses meanwhile; None where there is none to be had. One that failed is not used again."""
    idle = _idle.setdefault(folder, [])
    try:
        engine = idle.pop()
    except IndexError:
        engine = _loaded(folder)
    yield engine
    idle.append(engine)


def _loaded(folder: Path) -> Any:
    try:
        import tesserocr

        # What Tesseract and Leptonica say of odd pictures is not for the person who has them read.
        tesserocr.set_leptonica_log_level(tesserocr.LeptLogLevel.NONE)
        return tesserocr.PyTessBaseAPI(path=str(folder), lang=model.LANGUAGE, oem=_LSTM, variables={"debug_file": os.devnull})
    except (ImportError, RuntimeError):
        return None


def _by_library(engine: Any, picture: NDArray[np.uint8], dpi: int, psm: int) -> str:
    height, width = picture.shape
    engine.SetPageSegMode(psm)
    engine.SetImageBytes(picture.tobytes(), width, height, 1, width)
    engine.SetVariable("user_defined_dpi", str(dpi))
    text = str(engine.GetTSVText(0))
    engine.Clear()
    return text


def _by_program(picture: NDArray[np.uint8], dpi: int, psm: int) -> str:
    # Uncompressed: packing the page as PNG, as pytesseract would, takes as long as a tenth of the reading.
    with tempfile.TemporaryDirectory(prefix="vanthu-") as folder:
        target = Path(folder, "page.bmp")
        cv2.imwrite(str(target), picture)
        config = f'--tessdata-dir "{model.folder()}" --psm {psm} --dpi {dpi} --oem {_LSTM}'
        return str(pytesseract.image_to_data(str(target), lang=model.LANGUAGE, config=config))
