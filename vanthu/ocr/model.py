"""Mô hình nhận dạng: which trained model of Vietnamese Tesseract reads with.

Debian's always works. A better one (Tesseract's `best_int`, a few megabytes) is used where an office has laid it in the folder of
the setting `tessdata`.
"""

from pathlib import Path

from vanthu import settings

LANGUAGE = "vie"


def folder() -> Path | None:
    """The folder of the office's own model, None where Debian's is used."""
    own = settings.load().tessdata
    return own if (own / f"{LANGUAGE}.traineddata").is_file() else None


def options() -> str:
    """What to tell Tesseract, for pytesseract's `config`."""
    own = folder()
    return f'--tessdata-dir "{own}" ' if own else ""
