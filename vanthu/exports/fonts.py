"""Phông chữ: the font that our PDFs are set in, with all Vietnamese letters, from those that the machine has."""

from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from vanthu.errors import VanthuError

SERIF, BOLD, ITALIC = "vanthu", "vanthu-bold", "vanthu-italic"

_FONTS = Path("/usr/share/fonts/truetype")
_FAMILIES = (
    ("msttcorefonts", "Times_New_Roman.ttf", "Times_New_Roman_Bold.ttf", "Times_New_Roman_Italic.ttf"),
    ("croscore", "Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf"),
    ("liberation2", "LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf", "LiberationSerif-Italic.ttf"),
    ("dejavu", "DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf", "DejaVuSerif-Italic.ttf"),
)
"""Times New Roman is what the decree asks for; Tinos and Liberation Serif 2 have its very widths (Liberation 1 lacks ạ, ố, ữ …)."""


@cache
def ready() -> None:
    """Make the fonts known to reportlab under SERIF, BOLD, ITALIC; VanthuError where the machine has none of them."""
    for folder, *names in _FAMILIES:
        files = [_FONTS / folder / name for name in names]
        if all(file.is_file() for file in files[:2]):
            files[2] = files[2] if files[2].is_file() else files[0]
            for name, file in zip((SERIF, BOLD, ITALIC), files, strict=True):
                pdfmetrics.registerFont(TTFont(name, str(file)))
            return
    raise VanthuError("export.no_font")
