"""Mô hình nhận dạng: which trained model of Vietnamese Tesseract reads with.

Debian's always works. A better one (Tesseract's `best_int`, a few megabytes) is used where an office has laid it in the folder of
the setting `tessdata`.
"""

import os
from pathlib import Path

from vanthu import settings

LANGUAGE = "vie"
_DEBIAN = "/usr/share/tesseract-ocr/5/tessdata"


def own() -> Path | None:
    """The folder of the office's own model, None where there is none."""
    there = settings.load().tessdata
    return there if (there / f"{LANGUAGE}.traineddata").is_file() else None


def folder() -> Path:
    """The folder of the model to read with."""
    return own() or Path(os.environ.get("TESSDATA_PREFIX", _DEBIAN))
