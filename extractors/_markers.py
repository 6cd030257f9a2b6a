"""Ký hiệu đầu mục: what an item opens with, by Decree 30/2020, Annex I, and by custom (-, +, 1-, I/)."""

import re
from dataclasses import dataclass
from typing import Literal

from models.text import fold

Kind = Literal["part", "capital", "article", "roman", "number", "letter", "dash", "plus", "word"]

LETTERS = "abcdđeghiklmnopqrstuvxy"
"""Letters that number points (điểm), in order: no f, j, w, z."""

_THU = ("nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi")
_LA = ("mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi")

ORDINALS = {f"thu {word}": n for n, word in enumerate(_THU, 1)} | {f"{word} la": n for n, word in enumerate(_LA, 1)}
"""Folded `Thứ nhất` … and `Một là` … with their numbers."""

_ARTICLE = re.compile(r"dieu\s+(\d{1,3}|[li])\s*[.:](?:\s+|$)|dieu\s+(\d{1,3})\s+(?=\S)")
_PART = re.compile(r"(phan thu|phan|chuong|muc)\s+([ivxl]{1,6}|\d{1,2}|nhat|hai|ba|tu|nam)(?:\s*[.:]\s*|\s+|$)")
_ROMAN = re.compile(r"([ivxl]{1,6})\s?[./)-](?:\s+|(?=[^\W\d_]{2})|$)")
_NUMBER = re.compile(
    r"\(?([\dl]\d?(?:\.\d{1,2}){0,3})"
    r"(?:\s?[.):](?:\s+|(?=[^\W\d_])|$)|\s?[-/]\s+|(?<=\.\d)\s+(?=[^\W\d_])|(?<=\.\d\d)\s+(?=[^\W\d_]))"
)
_LETTER = re.compile(r"\(?([a-y])\s?[).,/](?:\s+|(?=[^\W\d_]{2})|$)")
_DASH = re.compile(r"[-–—~•*·]{1,2}\s+|[-–—](?=[^\W\d_])")
_PLUS = re.compile(r"\+\s*(?=\S)")
_WORD = re.compile(rf"(thu (?:{'|'.join(_THU)}))\s*(?:,|:|la\b)\s*|((?:{'|'.join(_LA)}) la)\s*[,:]?\s+")
_CAPITAL = re.compile(r"([A-H])\s?[./)-]\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker at the head of a paragraph: `value` as it stands in a path, `width` characters with the blanks after it."""

    kind: Kind
    value: str
    width: int


def readings(text: str) -> tuple[Marker, ...]:
    """All ways to read the head of `text` as a marker, likeliest first; more than one where I, l and 1 look alike."""
    folded = fold(text[:40])
    found = [*_fixed(text, folded), *_numbered(text, folded)]
    return tuple(found)


def _fixed(text: str, folded: str) -> list[Marker]:
    found: list[Marker] = []
    if (hit := _ARTICLE.match(folded)) and text[0] in "ĐDÐ":
        number = hit[1] or hit[2]
        if hit[1] or text[hit.end() :][:1].isupper():
            found.append(Marker("article", f"Điều {'1' if number in 'li' else number}", hit.end()))
    if (hit := _PART.match(folded)) and text[0].isupper():
        found.append(Marker("part", text[: hit.end(2)], hit.end()))
    if hit := _WORD.match(folded):
        found.append(Marker("word", text[: len(hit[1] or hit[2])], hit.end()))
    if hit := _DASH.match(folded):
        found.append(Marker("dash", "-", hit.end()))
    if hit := _PLUS.match(folded):
        found.append(Marker("plus", "+", hit.end()))
    return found


def _numbered(text: str, folded: str) -> list[Marker]:
    found: list[Marker] = []
    roman, number, letter = _ROMAN.match(folded), _NUMBER.match(folded), _LETTER.match(folded)
    if roman and text[0] in "IVXL":
        found.append(Marker("roman", roman[1].upper(), roman.end()))
    if number:
        found.append(Marker("number", number[1].replace("l", "1"), number.end()))
    if roman and roman[1] == "i" and text[0] in "I":
        found.append(Marker("number", "1", roman.end()))
    if roman and number is None and roman[1] in ("l", "ll", "lll") and text[0] == "l":
        found.append(Marker("roman", roman[1].upper().replace("L", "I"), roman.end()))
    if hit := _CAPITAL.match(text):
        found.append(Marker("capital", hit[1], hit.end()))
    if letter:
        mark = text[letter.start(1)].lower()
        found.append(Marker("letter", "đ" if mark in "đð" else letter[1], letter.end()))
    return found
