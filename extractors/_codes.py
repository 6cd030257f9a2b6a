"""Số và ký hiệu: the one grammar of document codes, for a document's own and for those it cites.

State form `NN/[YYYY/]LOẠI-CQ` or `NN/CQ-ĐV` (Decree 30/2020, Annex I; Circular 01/2011), laws `NN/YYYY/QHkk`, Party form `NN-LOẠI/CQ`
(36-HD/VPTW), joint and dotted symbols, a letter after the number. Damage of recognition is repaired against the lexicon only.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from extractors._symbols import Segment, abbreviations, read_segment, split_joined, type_codes
from models.text import fold

_CAP = "A-ZĐÐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_DASH = "-–—~−‐‑_"
_SEGMENT = rf"[{_CAP}](?:[{_CAP}0-9]|[a-zđ](?![à-ỹ])){{0,13}}"
_NEXT = rf"(?:\s?[{_DASH}](?:\s?[{_DASH}])?\s?|[.&+]\s?|\s&\s|/)"
SYMBOL = rf"{_SEGMENT}(?:{_NEXT}{_SEGMENT}){{0,8}}(?![\w])"
_NUMBER = r"[0-9lIíOoSB|]{1,6}?[a-zđ]?"
_BEFORE = r"(?<![\w/.,\-])"

_STATE = re.compile(rf"{_BEFORE}(?P<number>{_NUMBER})\s{{0,2}}/\s?(?:(?P<year>(?:19|20)\d\d)\s?/\s?)?(?P<symbol>{SYMBOL})")
_PARTY = re.compile(
    rf"{_BEFORE}(?P<number>{_NUMBER})\s?[{_DASH}]\s?(?P<type>{_SEGMENT})\s?/\s?(?P<body>{_SEGMENT}(?:[{_DASH}.]{_SEGMENT}){{0,2}})(?![\w])"
)
_NO_SLASH = re.compile(rf"{_BEFORE}(?P<number>\d{{1,5}})(?P<symbol>[{_CAP}]{_SEGMENT}[{_DASH}]{SYMBOL})")
_CUE = re.compile(r"(?:\bso|sô|s6)\s*[:.]?\s*$")
AS_PRINTED = 0.97
"""From this confidence on an odd symbol is the writer's, not the reading's."""
_DIGITS = str.maketrans({"l": "1", "I": "1", "í": "1", "|": "1", "O": "0", "o": "0", "S": "5", "B": "8"})


@dataclass(frozen=True, slots=True)
class CodeMatch:
    """A code at `text[start:end]`: number, symbol (all after the first slash or hyphen), both as one string, and how sure.

    `printed`: as it stands, blanks out, nothing repaired."""

    start: int
    end: int
    number: str
    symbol: str
    code: str
    confidence: float
    printed: str


def find_codes(text: str) -> list[CodeMatch]:
    """Every số và ký hiệu in a text, in order, none overlapping; doubtful ones have a low confidence, none is left out."""
    folded = fold(text)
    found: list[CodeMatch] = []
    for match in sorted([*_party(text, folded), *_state(text, folded), *_glued(text, folded)], key=lambda m: (m.start, -m.confidence)):
        if not found or match.start >= found[-1].end:
            found.append(match)
    return found


def _party(text: str, folded: str) -> Iterable[CodeMatch]:
    for match in _PARTY.finditer(text):
        number, sure = read_number(match["number"])
        kind, body = read_segment(match["type"]), read_symbol(match["body"])
        of_party = abbreviations().get(_segments(body[0])[0]) == "party"
        if number is None or not (of_party or _is_type(kind.text) or _cued(folded, match.start())):
            continue
        symbol = f"{kind.text}/{body[0]}"
        confidence = _confidence(sure and not kind.repaired, kind.known or of_party, _cued(folded, match.start())) * body[1]
        yield CodeMatch(match.start(), match.end(), number, symbol, f"{number}-{symbol}", confidence, _joined(match[0]))


def _state(text: str, folded: str) -> Iterable[CodeMatch]:
    for match in _STATE.finditer(text):
        number, sure = read_number(match["number"])
        if number is None:
            continue
        end, printed = _trim(match)
        symbol, factor = read_symbol(printed)
        joined = split_joined(printed) is not None
        known = joined or read_segment(_segments(printed)[0]).known
        if match["year"]:
            symbol = f"{match['year']}/{symbol}"
        cued = _cued(folded, match.start())
        confidence = (
            _confidence(sure, known, cued)
            * factor
            * (0.5 if not cued and not joined and len(_segments(printed)) == 1 and not match["year"] else 1)
        )
        yield CodeMatch(match.start(), end, number, symbol, f"{number}/{symbol}", confidence, _joined(text[match.start() : end]))


def _glued(text: str, folded: str) -> Iterable[CodeMatch]:
    """`số 1105QNaPC-AT`: a slash that was lost after a cue; a person is to look, as it may have become a figure."""
    for match in _NO_SLASH.finditer(text):
        if _cued(folded, match.start()):
            symbol, factor = read_symbol(match["symbol"])
            code = f"{match['number']}/{symbol}"
            yield CodeMatch(match.start(), match.end(), match["number"], symbol, code, 0.6 * factor, _joined(match[0]))


def _joined(text: str) -> str:
    return re.sub(rf"[{_DASH}]", "-", re.sub(r"\s", "", text))


def read_number(text: str) -> tuple[str | None, bool]:
    """The number with letters read as digits put right, and whether nothing had to be; (None, False) where it is none."""
    suffix = text[-1] if text[-1:].isalpha() and text[-1] not in "lIíOoSB" and text[:-1] else ""
    digits = text[: len(text) - len(suffix)]
    number = digits.translate(_DIGITS)
    if not number.isdigit() or not any(c.isdigit() for c in digits) or len(number) > 5:
        return None, False
    return number + suffix, number == digits


def read_symbol(printed: str) -> tuple[str, float]:
    """A symbol with blanks out, dashes of one kind and damaged segments repaired; and a factor for how sure that is."""
    joined = split_joined(printed)
    if joined:
        return "-".join(joined), 0.9
    parts = re.split(rf"({_NEXT})", printed)
    first = _choose(parts[0])
    segments = [first, *(read_segment(parts[i], after_type=_is_type(first.text), first=False) for i in range(2, len(parts), 2))]
    marks = [re.sub(rf"[{_DASH}]+", "-", re.sub(r"\s", "", m)) for m in parts[1::2]]
    text = segments[0].text + "".join(mark + segment.text for mark, segment in zip(marks, segments[1:], strict=True))
    return text, 0.93 ** sum(s.repaired for s in segments)


def _is_type(text: str) -> bool:
    return text.upper() in {code.upper() for code in type_codes()}


def _choose(text: str) -> Segment:
    """The first segment; `ND` there is the type NĐ: no body or unit is written so."""
    segment = read_segment(text)
    if not segment.known and text.replace("D", "Đ") in type_codes():
        return Segment(text.replace("D", "Đ"), known=True, repaired=True)
    return segment


def _segments(printed: str) -> list[str]:
    return re.split(_NEXT, printed)


def _trim(match: re.Match[str]) -> tuple[int, str]:
    """The symbol without a following word that a loose dash or full stop has drawn in: `45/QĐ-UBND - Ủy`, `24/KH-UBND.Căn`."""
    printed = match["symbol"]
    for loose in reversed(list(re.finditer(rf"\s[{_DASH}]\s|\.\s?", printed))):
        after = _segments(printed[loose.end() :])[0]
        if not (after.upper() == after and (after in abbreviations() or len(after) <= 5)):
            printed = printed[: loose.start()]
    return match.start("symbol") + len(printed), printed


def _cued(folded: str, at: int) -> bool:
    return bool(_CUE.search(folded, max(0, at - 8), at))


def _confidence(sure: bool, known: bool, cued: bool) -> float:
    base = 0.98 if known and cued else 0.92 if known else 0.85 if cued else 0.4
    return base if sure else base * 0.85
