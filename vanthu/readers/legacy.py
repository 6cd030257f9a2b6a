"""Bảng mã cũ: text of TCVN3 (.VnTime) and VNI fonts, as documents until about 2005 hold it, as Unicode.

The fonts' names say the encoding; `legacy.tsv` has the bytes (as Latin-1) and the letters they show (TCVN 5712:1993, VNI for Windows).
"""

import csv
import re
from functools import cache
from pathlib import Path
from typing import Literal

Encoding = Literal["tcvn3", "tcvn3-capitals", "vni"]


def encoding_of(font: str) -> Encoding | None:
    """The encoding that a font of this name shows; None for a font of today."""
    name = font.split("+")[-1].lower()
    if name.startswith(".vn"):
        return "tcvn3-capitals" if re.search(r"h(,|-|$)", name) else "tcvn3"
    return "vni" if name.startswith(("vni-", "vni ")) else None


def as_unicode(text: str, encoding: Encoding) -> str:
    """`text` with the letters that its old font showed; text that is Unicode already stays as it is."""
    if any(ord(c) > 0xFF and not 0x2010 <= ord(c) <= 0x2122 for c in text):
        return text
    table, pattern = _table("vni" if encoding == "vni" else "tcvn3")
    meant = pattern.sub(lambda m: table[m[0]], text)
    return meant.upper() if encoding == "tcvn3-capitals" else meant


@cache
def _table(encoding: str) -> tuple[dict[str, str], re.Pattern[str]]:
    with Path(__file__).with_suffix(".tsv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["encoding"] == encoding]
    table = {"".join(chr(int(code, 16)) for code in row["written"].split()): row["meant"] for row in rows}
    return table, re.compile("|".join(map(re.escape, sorted(table, key=len, reverse=True))))
