"""Ký hiệu đầu mục: what an item opens with, by Decree 30/2020, Annex I, and by custom (-, +, 1-, I/)."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from models.text import fold

Kind = Literal["part", "capital", "article", "roman", "number", "letter", "dash", "plus", "word"]

LETTERS = "abcdđeghiklmnopqrstuvxy"
"""Letters that number points (điểm), in order: no f, j, w, z."""

_THU = ("nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi")
_LA = ("mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi")

ORDINALS = {f"thu {word}": n for n, word in enumerate(_THU, 1)} | {f"{word} la": n for n, word in enumerate(_LA, 1)}
"""Folded `Thứ nhất` … and `Một là` … with their numbers."""

_ARTICLE = re.compile(
    r"dieu\s+(\d{1,3}|[li])\s*[.:](?:\s+|$)|dieu\s+(\d{1,3})\s+(?!nghi dinh|luat|bo luat|thong tu|quyet|quy|nghi|hien|phap)(?=\S)"
)
_PART = re.compile(r"(phan thu|phan|chuong|muc)\s+([ivxl]{1,6}|\d{1,2}|nhat|hai|ba|tu|nam)(?:\s*[.:]\s*|\s+|$)")
_ROMAN = re.compile(r"([ivxl]{1,6})\s?[./)-](?:\s+|(?=[^\W\d_]{2})|$)")
_NUMBER = re.compile(
    r"\(?([\dl]\d?(?:\.\d{1,2}){0,3})"
    r"(?:\s?[.):](?:\s+|(?=[^\W\d_])|$)|\s?[-/]\s+|(?<=\.\d)\s+(?=[^\W\d_])|(?<=\.\d\d)\s+(?=[^\W\d_]))"
)
_LETTER = re.compile(r"\(?([a-y])\s?[).,/](?:\s+|(?=[^\W\d_]{2})|$)")
_COMMA = re.compile(r"([\dl]\d?)\s?,\s+(?=\S)")
_SPECK = re.compile(r"(?:(?:[^\w\s(+“\"–—~•*·-]|_){1,4}\s*){1,2}(?=[^\W_]|[(+~-])")
_LOOKALIKE = re.compile(r"([OSGBZAgqbiI])\s?[.)/-]\s+(?=[^\W\d_])")
_STROKES = re.compile(r"[IHLTlit1|!]{1,5}\s?[.,]\s+|[IVXHL]{1,5}\s+(?=[^\W\d_]{2})")
_DIGITS = str.maketrans("OSGBZAgqbiI", "05682499611")
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
    """All ways to read the head of `text` as a marker, likeliest first; specks that recognition puts before it are skipped."""
    speck = _SPECK.match(text)
    skipped = speck.end() if speck else 0
    head = text[skipped : skipped + 40]
    folded = fold(head)
    found = [*_fixed(head, folded), *_numbered(head, folded)] if head else []
    inner = next((m for m in found if m.kind == "dash"), None)
    if inner and head[inner.width :]:
        # `- 4. …`: the dash may be a speck too
        rest = head[inner.width :]
        found += [replace(m, width=m.width + inner.width) for m in _numbered(rest, fold(rest)) if m.kind == "number"]
    return tuple(replace(m, width=m.width + skipped) for m in found)


def guesses(text: str) -> tuple[Marker, ...]:
    """Markers that `text` may open with if letters were misread; only what a list still lacks may be taken from them."""
    found = []
    if hit := _LOOKALIKE.match(text):
        found.append(Marker("number", hit[1].translate(_DIGITS), hit.end()))
    if (hit := _STROKES.match(text)) and text[hit.end() : hit.end() + 12].isupper():
        found.append(Marker("roman", "?", hit.end()))
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
        found += [Marker("letter", value, letter.end()) for value in _letters(text[letter.start(1)].lower(), letter[1])]
    if number is None and (hit := _COMMA.match(folded)) and text[hit.end()].isupper():
        found.append(Marker("number", hit[1].replace("l", "1"), hit.end()))
    return found


def _letters(printed: str, folded: str) -> tuple[str, ...]:
    if folded != "d":
        return (folded,)
    return ("đ", "d") if printed in "đð" else ("d", "đ")
