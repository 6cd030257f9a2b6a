"""Số và ký hiệu of the document itself (Decree 30/2020, Annex I, box 3; Party: 36-HD/VPTW)."""

import re
from collections.abc import Sequence

from extractors import _hand
from extractors._caption import Caption
from extractors._codes import AS_PRINTED, SYMBOL, CodeMatch, find_codes, read_symbol
from extractors._evidence import least_confidence
from extractors._layout import Placed
from extractors._learnt import mended_code, of_body
from extractors._number_line import number_line
from extractors._patterns import letters
from extractors._zones import Zones
from models.context import Context
from models.document import Box, Document, Mark
from models.found import Found, Span

_CUE = re.compile(r"^\W*[Ss5][^\W\d]?\s*[:;.,]?\s*")
_UNNUMBERED = re.compile(rf"^[\s.…_:;,-]*(?P<mark>[/-])\s?(?P<symbol>{SYMBOL}(?:/{SYMBOL})?)\s*$")
_AFTER_SCRAWL = re.compile(rf"(?P<mark>[/-])\s?(?P<symbol>{SYMBOL}(?:/{SYMBOL})?)\s*$")
_SURE_DIGITS = 0.84  # below it a recognised digit is wrong too often to be kept (docs/benchmarks.md)
_SURE_BY_HAND = 0.95
_SURE_SYMBOL, _KNOWN = 0.7, 0.97  # strokes of a pen damage the symbol beside them: it is read for sure, or is a known one


def find(
    *,
    document: Document,
    zones: Zones,
    caption: tuple[Caption, ...],
    issuer: Found[str] | None,
    parent: Found[str] | None,
    context: Context,
) -> Found[str] | None:
    """Số, ký hiệu: `221/UBND-NV`, `30-CT/TW`; `/TB-UBND` where no number stands; value None where one stands unread.

    A number that was not read in the header is taken from the caption of an annex, if that has the same symbol.
    """
    own = _in_header(document, zones, context)
    if own is not None and own.value is not None:
        return mended_code(document, own, of_body(context.learnt, issuer, parent))
    return next((found for c in caption if own and (found := _from_caption(document, own, c))), own)


def _from_caption(document: Document, own: Found[str], caption: Caption) -> Found[str] | None:
    """The caption's code where its symbol ends as the unread line does."""
    printed = document.text[own.spans[0].start : own.spans[0].end]
    sure = least_confidence(document, caption.span.start, caption.span.start + len(caption.code.printed))
    if sure < _SURE_DIGITS or not letters(printed).endswith(letters(caption.code.symbol)):
        return None
    return Found.at(document, caption.code.code, "code.caption", 0.9 * sure, caption.span, candidates=own.candidates)


def _in_header(document: Document, zones: Zones, context: Context) -> Found[str] | None:
    at = number_line(zones.header_left)
    if at is None:
        return None
    line = zones.header_left[at]
    codes = [code for code in find_codes(line.text) if re.search("[-/]", code.printed[: len(code.number) + 1])]
    if codes and not _junk(line.text, codes[0]):
        return _numbered(document, line, codes[0], context)
    return _without_number(document, line, codes, context)


def _junk(text: str, code: CodeMatch) -> bool:
    """True where something that is no cue stands before the code: a number that was read in pieces."""
    before = _CUE.sub("", text[: code.start], count=1)
    return bool(re.search(r"\w", before))


def _numbered(document: Document, line: Placed, code: CodeMatch, context: Context) -> Found[str]:
    start, end = line.line.start + code.start, line.line.start + code.end
    place = document.locate(start, start + len(code.number))
    marks = _hand.over(line.page, place[1]) if place else []
    digits = least_confidence(document, start, start + len(code.number))
    sure = least_confidence(document, start, end)
    symbol = code.code[len(code.number) :]
    whole = not marks or _hand.whole_type(document, symbol)
    if whole and digits >= (_SURE_BY_HAND if marks else _SURE_DIGITS) and not _hand.denied(marks, code.number):
        value = code.printed if sure >= AS_PRINTED else code.code
        return Found.at(document, value, "code.number-line", code.confidence * min(1.0, 0.5 + sure / 2), Span(start, end))
    printed = () if _hand.is_own(document, start, end, marks) else (code.number,)
    written = _written(marks, symbol, context, *printed)
    if whole and written and _legible(symbol, sure):
        value = written[0] + symbol
        return Found.at(document, value, "code.hand", 0.9 * written[1] * code.confidence, Span(start, end), candidates=(code.code,))
    rule = "code.handwritten" if marks else "code.doubtful"
    candidates = tuple(dict.fromkeys((*(text + symbol for text in _hand.readings(marks)), code.code)))
    return Found.at(document, None, rule, digits * code.confidence, Span(start, end), candidates=candidates)


def _without_number(document: Document, line: Placed, codes: list[CodeMatch], context: Context) -> Found[str] | None:
    """A line without a readable number: an unnumbered draft, or a number written by hand that was not read as print."""
    rest = _CUE.sub("", line.text, count=1)
    blank = _UNNUMBERED.match(rest) or _AFTER_SCRAWL.search(rest)
    candidates = tuple(c.code for c in codes)
    span = Span(line.line.start, line.line.end)
    if blank is None:
        return Found.at(document, None, "code.unread", 0.3, span, candidates=candidates)
    symbol, factor = read_symbol(blank["symbol"])
    gap = _gap(line)
    marks = _hand.over(line.page, gap)
    written = _written(marks, symbol, context)
    legible = _legible(blank["mark"] + symbol, least_confidence(document, span.start, span.end)) and _hand.whole_type(document, symbol)
    if written and legible:
        value = written[0] + blank["mark"] + symbol
        return Found(value, "code.hand", 0.85 * written[1] * factor, (span,), line.page.number, gap)
    unsure = line.page.source == "ocr" and not re.search(r"\.{2,}|…", line.text)
    if unsure or blank.re is _AFTER_SCRAWL or marks:
        # A picture cannot tell an empty gap from a number that was not read, unless the gap is printed as dots.
        read = tuple(text + blank["mark"] + symbol for text in _hand.readings(marks))
        return Found(None, "code.handwritten", 0.3, (span,), line.page.number, gap, (*read, *candidates, blank["mark"] + symbol))
    return Found.at(document, blank["mark"] + symbol, "code.unnumbered", factor * 0.95, span)


def _written(marks: Sequence[Mark], symbol: str, context: Context, *printed: str) -> tuple[str, float] | None:
    """What a hand wrote, None where it is not sure or where the file's name has another number with this symbol."""
    named = _hand.in_file_name(context, symbol)
    written = _hand.number(marks, *printed, *named, *_hand.cited(context, symbol))
    return None if written and named and written[0].lstrip("0") not in named else written


def _legible(symbol: str, sure: float) -> bool:
    """False for a symbol that a pen beside it may have damaged."""
    return sure >= _SURE_SYMBOL or any(code.confidence >= _KNOWN for code in find_codes(f"Số: 1{symbol}"))


def _gap(line: Placed) -> Box:
    """Where the number should stand: from the cue to the symbol, a line and a half high."""
    words, box = line.line.words, line.line.box
    left = words[0].box.right if len(words) > 1 else box.left
    right = words[-1].box.left if len(words) > 1 else box.right
    return Box(left, box.top - box.height // 3, max(right, left + 1), box.bottom + box.height // 3)
