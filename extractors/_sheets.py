"""Tờ, trang: what a page shows of where it stands in a stack: the head of a document, of an annex, the end, a back, a cover.

Position first, cues on folded text second, as in `_zones` (Decree 30/2020, Annex I and IV; 36-HD/VPTW for the Party).
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from extractors._codes import SYMBOL, CodeMatch, find_codes
from extractors._foot import is_archive, is_recipients_cue
from extractors._head import MOTTOS, SPLIT, Head, find_head, is_greeting
from extractors._layout import Placed, cut_columns, placed
from extractors._lexicon import table, type_of_title
from extractors._number_line import number_line
from extractors._patterns import holds, letters, like, opens, upper_share
from models.document import Document, Page
from models.text import fold

_TOP = 0.36  # of the page's height: a head stands above
_RIGHT = 0.36  # of the page's width: the right column of a head begins after it
_LEFT_ENDS = 0.62  # and the left one ends before it: what goes on is a sentence that cites
_LONGEST_DATE = 100  # letters
_LABELS = 4  # lines from the top among which an annex, a cover or a copy says what it is
_SPARSE = 14  # words on a separator at most
_FEW = 40  # words on an envelope or a note at most
_LEGIBLE = 0.5  # a word read with less is as often dirt or the print of the page's face

_DATE = re.compile(r"\b(?:n?g)?ay\b.{0,12}?\bthang\b.{0,10}?\bnam\s*([\doilsb]{4})(?![.…\d])")
_DAY = re.compile(r"\b(?:n?g)?ay\b\W*[\dolsib]{1,2}\b.{0,6}\bthang\b")
_MONTH = re.compile(r"[a-z]{2}\W+ngay\b.{0,10}?\bthang\s*\d{1,2}\s*nam\s*\d{4}")
_PARTS_OF_DAY = re.compile(r"\bngay\s*(?:(\d{1,2})\b)?.{0,8}?\s*thang\s*(\d{1,2})\s*nam\s*(\d{4})")
_DOTS = re.compile(r"\.{3}|…|_{3}|\.\s\.\s\.")
_CAPTION = re.compile(r"^\W*(ban hanh )?kem theo\b")
_FOLIO = re.compile(r"^[-–—.\s]*(?:trang\s*)?(\d{1,3})[-–—.\s]*$", re.IGNORECASE)
_ABOUT = re.compile(r"^\W*v\s?[/⁄]\s?v\b")
_END = re.compile(r"\.\s?/\s?\.?\s*$")
_STATE_SYMBOL = re.compile(rf"/\s?(?=[^-]+-)({SYMBOL})")
_PARTY_SYMBOL = re.compile(rf"[-–]\s?([A-ZĐ]{{2,4}}/{SYMBOL})")
_GENERIC = re.compile(r"tencoquan|tendonvi|tentochuc|coquancapt|coquanbanhanh|donvibaocao|coquandonvi")


@dataclass(frozen=True)
class Sheet:
    """A page with its lines, page numbers left out; `number` of the page in its file, `folio` as it is printed."""

    page: Page
    lines: tuple[Placed, ...]
    folio: int | None

    @property
    def number(self) -> int:
        """Number of the page in its file, from 1."""
        return self.page.number

    @cached_property
    def blank(self) -> bool:
        """The back of a sheet: nothing on it that can be read."""
        return sum(len(w.text) > 1 and w.confidence >= _LEGIBLE for p in self.lines for w in p.line.words) < 2

    @cached_property
    def head(self) -> Head:
        """The page as if a document began on it."""
        return find_head(self.lines)

    @cached_property
    def _top(self) -> tuple[Placed, ...]:
        return tuple(piece for line in self.lines if line.top < _TOP for piece in cut_columns([line], SPLIT))

    @cached_property
    def motto(self) -> bool:
        """Quốc hiệu, or that of the Party, over the text."""
        return any(_is_motto(line.text) for line in self._top)

    @cached_property
    def number_line(self) -> Placed | None:
        """`Số: …` in the left column of the head."""
        left = [line for line in self.head.left if line.top < _TOP and (self.motto or line.right < _LEFT_ENDS)]
        at = number_line(left)
        return left[at] if at is not None else None

    @cached_property
    def code(self) -> CodeMatch | None:
        """The code on that line; None where its number cannot be read."""
        return next(iter(find_codes(self.number_line.text)), None) if self.number_line else None

    @cached_property
    def dated(self) -> bool:
        """A place and date line with its year."""
        return any(_DATE.search(text) for text in self._dates)

    @cached_property
    def _dates(self) -> list[str]:
        """Folded lines in the place of the place and date line: in the right column, or read as one with the number."""
        number = self.number_line
        lines = [line for line in self._top if line.left > _RIGHT or (number and line.line.start == number.line.start)]
        return [fold(line.text) for line in lines if "ay" in fold(line.text) and len(line.text) < _LONGEST_DATE]

    @cached_property
    def has_day(self) -> bool:
        """The day stands in the place and date line: it is no draft, and was read."""
        return any(_DAY.search(text) for text in self._dates)

    @cached_property
    def has_month(self) -> bool:
        """Place, month and year stand there, though the day may not: what is missing is written by hand, not left open as in a form."""
        return any(_MONTH.search(text) for text in self._dates)

    @cached_property
    def placeholders(self) -> bool:
        """Dots where the date belongs, or where number and place do: a form that is to be filled in."""
        dates = [line.text for line in self._top if "ngay" in fold(line.text)]
        if not self.dated:
            return self.open_number or any(_DOTS.search(text) for text in dates)
        return self.open_number and any(re.match(r"^[^A-Za-zĐđ]*ng", text) for text in dates)

    @property
    def open_number(self) -> bool:
        """Dots in place of a number: to be filled in, or filled in by hand."""
        number = self.number_line
        return number is not None and bool(_DOTS.search(number.text)) and not re.search(r"\d", number.text)

    @cached_property
    def symbol(self) -> str:
        """Type and body on the number line, though the number may be missing: `Số:      /TB-UBND`; empty where not both, or a form's."""
        line = self.number_line.text if self.number_line else ""
        found = _PARTY_SYMBOL.search(line) or _STATE_SYMBOL.search(line)
        return found[1] if found and not _GENERIC.search(self.issuer) else ""

    def of_day(self, day: int, month: int, year: int) -> bool:
        """Is this the day of the head? A day by hand that was not read agrees with any of its month."""
        read = next((found for text in self._dates if (found := _PARTS_OF_DAY.search(text))), None)
        return read is not None and read[1] in (None, str(day), f"{day:02}") and (int(read[2]), int(read[3])) == (month, year)

    @cached_property
    def title(self) -> str | None:
        """Tên loại under the head."""
        found = type_of_title(self.head.title[0].text) if self.head.title else None
        return found[0] if found else None

    @cached_property
    def is_addressed(self) -> bool:
        """`V/v …` or Kính gửi under the head."""
        lines = [line for line in self.lines if line.top < _TOP + 0.1]
        return any(is_greeting(line) or _ABOUT.match(line.text.lower()) for line in lines)

    @cached_property
    def issuer(self) -> str:
        """Letters of the left column over the number."""
        over = [line for line in self.head.left if self.number_line is None or line.top < self.number_line.top]
        return "".join(letters(line.text) for line in over if upper_share(line.text) > 0.6)

    @cached_property
    def means(self) -> str | None:
        """What the page says it is: annex, cover, separator, copy; None where it says nothing."""
        found = [means for line in self._top[: _LABELS + 2] if (means := _cue(line.text))]
        if not self.motto and ("copy" in found or (self.code and re.match(r"(SY|SL|TRS|SAO)\b", self.code.symbol.upper()))):
            return "copy"  # with a motto it is the first page of an electronic copy, whose corner says so
        if "annex" in found[:1] or (self.captioned and not (self.code and self.dated)):
            return "annex"
        if "separator" in found or any(_cue(line.text) == "separator" for line in self.lines[:3]):
            return "separator" if self._words <= _SPARSE else None
        return "cover" if self._is_cover else None

    @property
    def _is_cover(self) -> bool:
        if self.motto or self.code:
            return False
        return any(_cue(line.text) == "cover" and upper_share(line.text) > 0.7 for line in self.lines[:_LABELS])

    @property
    def loose(self) -> bool:
        """A few words without a head or an end: an envelope, a note, where it lies on a document."""
        tabled = any(line.line.table is not None for line in self.lines)
        return self._words <= _FEW and not (tabled or self.motto or self.code or self.ends or self.means)

    @property
    def _words(self) -> int:
        return sum(w.confidence >= _LEGIBLE and len(letters(w.text)) > 1 for p in self.lines for w in p.line.words)

    @cached_property
    def captioned(self) -> str | None:
        """`(Kèm theo …)` in the upper half, folded with what follows; None where there is none."""
        for at, line in enumerate(self.lines):
            if line.top > 0.5:
                return None
            if _CAPTION.match(fold(line.text)) and line.text.lstrip()[:1] in "([{":
                return " ".join(p.text for p in self.lines[at : at + 3])
            if " kem theo " in fold(line.text) and line.text.lstrip()[:1] in "([{":
                return " ".join(p.text for p in self.lines[at : at + 3])
        return None

    @cached_property
    def ends(self) -> bool:
        """Nơi nhận, or the line Lưu, or `./.`: the text of a document ends on this page."""
        pieces = [piece for line in self.lines for piece in cut_columns([line], SPLIT)]
        return any(is_recipients_cue(p) or (is_archive(p) and ":" in p.text and p.left < 0.45) or _END.search(p.text) for p in pieces)


def _is_motto(text: str) -> bool:
    """Quốc hiệu or tiêu ngữ, alone or read as one with the column beside it; not a sentence that names the Party or the State."""
    capitals = upper_share(text) > 0.7 and any(holds(text, motto) for motto in (MOTTOS[0], MOTTOS[2]))
    return capitals or like(text, MOTTOS[1], 80)


@cache
def _cues() -> tuple[tuple[str, str], ...]:
    return tuple((row["cue"], row["means"]) for row in table("sheet_cues"))


def _cue(text: str) -> str | None:
    """What a line that opens with a cue, or is one, says of its page."""
    for cue, means in _cues():
        if means in ("annex", "cover") and cue != "hồ sơ" and opens(text, cue, 0):
            return means
        if letters(text) == letters(cue) or (means == "separator" and opens(text, cue, 0)):
            return means
    return "annex" if re.match(r"^\W*(mau|bieu)\s+(so\s*)?\d", fold(text)) else None


def sheets(document: Document) -> list[Sheet]:
    """The pages of a document, in order."""
    by_page: dict[int, list[Placed]] = defaultdict(list)
    for line in placed(document):
        by_page[line.page.number].append(line)
    folios = dict(_folios(document))
    return [Sheet(page, tuple(by_page[page.number]), folios.get(page.number)) for page in document.pages]


def _folios(document: Document) -> Iterator[tuple[int, int]]:
    """Page numbers as they are printed, in the middle of the upper or lower margin."""
    for page, line in document.lines():
        at = Placed(page, line)
        found = _FOLIO.match(line.text)
        if found and (at.top < 0.085 or at.top > 0.92) and abs(at.middle - 0.5) < 0.12:
            yield page.number, int(found[1])


def text_of(of: Sequence[Sheet]) -> str:
    """The text of some pages on one line."""
    return " ".join(p.text for sheet in of for p in sheet.lines)
