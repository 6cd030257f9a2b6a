"""Lớp chữ của PDF: the words that a born-digital page holds, with boxes in pixels at 300 dpi."""

import ctypes
import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from models.document import Box, Word
from models.text import clean
from vanthu.readers import spaced
from vanthu.readers.legacy import Encoding, as_unicode, encoding_of

DPI = 300
_ITALIC, _FORCE_BOLD = 1 << 6, 1 << 18
_BOLD_NAMES = ("bold", "black", "heavy", "demi")


_TILTED = math.radians(0.7), math.radians(20)
"""Stamps are set askew: degrees from which, and up to which, letters are theirs."""

_FOREIGN = frozenset("øäïûöåæñüëîÿçßØÄÏÛÖÅÆÑÜËÎÇ") | frozenset("µ¸¶·¹¨»¾¼½©®§¬ªº±²³´¿×Þþ÷¡¢£¤¥¦")
_MOST_FOREIGN, _MOST_UNKNOWN = 0.05, 0.02
_WIDE, _BLANK = 0.35, 0.1
"""Gaps as shares of the height that end a word: without a blank, and where pdfium has ended a line."""


@dataclass(frozen=True, slots=True)
class _Char:
    text: str
    box: Box
    bold: bool
    italic: bool
    tilted: bool
    encoding: Encoding | None
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Layer:
    """The words of a page in the order of its content; those set askew apart."""

    words: list[Word]
    tilted: list[Word]


def read(page: Any) -> Layer:
    """The text layer of a pypdfium2 page."""
    width, height = size(page)
    textpage = page.get_textpage()
    layer = Layer([], [])
    word: list[_Char] = []
    for char in [*_chars(page, textpage, width, height), None]:
        if word and (char is None or _apart(word[-1], char)):
            (layer.tilted if word[0].tilted else layer.words).extend(_word(word))
            word = []
        if char is not None:
            word.append(char)
    return Layer(spaced.joined(layer.words), layer.tilted)


def is_good(words: Sequence[Word]) -> bool:
    """False for a layer whose letters are not those that the page shows: unknown codes, or an old encoding that no font names.

    Neither is one good whose letters stand apart and cannot be put together.
    """
    text = "".join(w.text for w in words)
    unknown = sum(c == "\ufffd" or unicodedata.category(c) in ("Co", "Cn", "Cc") for c in text)
    foreign = sum(any(c in _FOREIGN for c in w.text) and any(c.isalpha() for c in w.text) for w in words)
    return unknown <= _MOST_UNKNOWN * len(text) and foreign <= max(2, _MOST_FOREIGN * len(words)) and not spaced.remain(words)


def has_words(page: Any) -> bool:
    """True where the page holds any character at all."""
    return bool(pdfium.FPDFText_CountChars(page.get_textpage()))


def size(page: Any) -> tuple[int, int]:
    """Width and height of the page as it is shown, in pixels at 300 dpi."""
    width, height = page.get_size()
    return max(1, round(width * DPI / 72)), max(1, round(height * DPI / 72))


def _chars(page: Any, textpage: Any, width: int, height: int) -> Iterator[_Char | None]:
    """Characters; None stands for a blank. The ends of lines that pdfium puts in itself are guesses: it takes a page of few
    lines for one written downwards, and ends a line after every letter."""
    guessed = False
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    for i in range(pdfium.FPDFText_CountChars(textpage)):
        code = pdfium.FPDFText_GetUnicode(textpage, i)
        text = chr(code) if 0 < code < 0x110000 else "\ufffd"
        if text.isspace() or text in "\u00a0\u200b\ufffe":
            if text in "\r\n" and pdfium.FPDFText_IsGenerated(textpage, i) == 1:
                guessed = True
            else:
                yield None
            continue
        name.value = b""
        pdfium.FPDFText_GetFontInfo(textpage, i, name, 128, ctypes.byref(flags))
        font = name.value.decode("utf-8", "replace").lower()
        bold = any(part in font for part in _BOLD_NAMES) or bool(flags.value & _FORCE_BOLD)
        italic = "italic" in font or "oblique" in font or bool(flags.value & _ITALIC)
        tilted = _TILTED[0] < abs(math.remainder(pdfium.FPDFText_GetCharAngle(textpage, i), math.tau)) < _TILTED[1]
        yield _Char(text, _box(page, textpage, i, width, height), bold, italic, tilted, encoding_of(font), guessed)
        guessed = False


def _box(page: Any, textpage: Any, index: int, width: int, height: int) -> Box:
    rect = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(rect))
    x, y = ctypes.c_int(), ctypes.c_int()
    corners = []
    for left, top in ((rect.left, rect.top), (rect.right, rect.bottom)):
        pdfium.FPDF_PageToDevice(page, 0, 0, width, height, 0, left, top, ctypes.byref(x), ctypes.byref(y))
        corners.append((x.value, y.value))
    (x1, y1), (x2, y2) = corners
    return Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def _apart(before: _Char, char: _Char) -> bool:
    """A jump to another line or over a wide gap ends a word without a blank; what pdfium took for a line's end, with a small gap."""
    height = max(before.box.height, char.box.height)
    widest = _BLANK if char.guessed else _WIDE
    gap = char.box.left - before.box.right
    return abs(char.box.middle[1] - before.box.middle[1]) > 0.6 * height or not -height < gap < widest * height


def _word(chars: list[_Char]) -> Iterator[Word]:
    text = "".join(c.text for c in chars)
    text = clean(as_unicode(text, chars[0].encoding) if chars and chars[0].encoding else text)
    if text:
        half = math.ceil(len(chars) / 2)
        bold, italic = sum(c.bold for c in chars) >= half, sum(c.italic for c in chars) >= half
        yield Word(text, Box.around([c.box for c in chars]), 1.0, bold=bold, italic=italic)
