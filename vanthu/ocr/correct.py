"""Sửa dấu: tone marks that Tesseract is known to slip on, mended where the mended word makes a compound with its neighbour.

A word is left alone that makes a compound as it was read, that more than one word could stand for, that is a name (a capital in
small letters), and one in small letters that was read for sure, unless by a slip that Tesseract makes at its surest (`tố chức`: `sure`
in `tone_slips.tsv`). The first reading is kept as `raw`.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from models.document import Line, Word
from models.text import fold, new_tones
from vanthu.ocr import compounds

_SURE = 0.955
"""Confidence from which few slips in small letters are mended; capitals are misread with the highest confidences."""

_FREE_WORDS = (
    "bị các cho chưa có còn của cả cần do đã đến đều đủ được hay hoặc hơn kể khi không là lại mà mỗi năm nếu như nhưng ở phải quá qua"
    " rất sau sẽ số tại thì theo thêm tỉnh trên trong trước tuy từ và về vì với vừa xã"
)
_FREE = frozenset(_FREE_WORDS.split())
"""Words that stand beside any other: no neighbour tells that they were misread."""

_OPENING = frozenset(("chỉ", "để"))
"""Such words too, but often misread for the first syllable of one: only what follows tells (`chỉ trả`, `để nghị`)."""

_WORD = re.compile(r"(\W*)([^\W\d_]+)(\W*)")
_TONES = {"\u0301": "acute", "\u0300": "grave", "\u0309": "hook", "\u0303": "tilde", "\u0323": "dot"}


@dataclass(frozen=True, slots=True)
class _Token:
    """A word without what stands round it: `at` its place, `plain` in small letters, one placement of tones."""

    at: int
    before: str
    text: str
    after: str
    plain: str

    @property
    def capitals(self) -> bool:
        """True for a word all in capitals."""
        return len(self.text) > 1 and self.text.isupper()


def lines(found: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of a page with such words mended; each line, and each cell of a table row, for itself."""
    return tuple(_line(line) for line in found)


def _line(line: Line) -> Line:
    ranges = line.cells if line.table is not None else ((0, len(line.words)),)
    words = list(line.words)
    for first, last in ranges:
        words[first:last] = mended(words[first:last])
    return replace(line, words=tuple(words)) if tuple(words) != line.words else line


def mended(words: Sequence[Word]) -> list[Word]:
    """The words of a line; twice over, as a mended word may vouch for its neighbour."""
    done = list(words)
    for _ in range(2):
        for run in _runs(done):
            for token, meant in _slips(run, done):
                old = done[token.at]
                text = token.before + _in_case(meant, token) + token.after
                done[token.at] = replace(old, text=text, raw=old.raw or old.text)
    return done


def _runs(words: Sequence[Word]) -> Iterator[list[_Token]]:
    """Stretches of words with no mark between them."""
    run: list[_Token] = []
    for at, word in enumerate(words):
        match = _WORD.fullmatch(word.text)
        if run and (not match or match[1]):
            yield run
            run = []
        if match:
            run.append(_Token(at, match[1], match[2], match[3], new_tones(match[2]).lower()))
            if match[3]:
                yield run
                run = []
    if run:
        yield run


def _slips(run: Sequence[_Token], words: Sequence[Word]) -> Iterator[tuple[_Token, str]]:
    """Words of a run that are to be mended, with what they are meant to be."""
    for n, token in enumerate(run):
        before, after = run[n - 1 : n] if n else [], run[n + 1 : n + 2]
        if token.capitals or (token.text.islower() and token.text not in _FREE):
            sure = not token.capitals and words[token.at].confidence >= _SURE
            meant = _meant(token, before, after, sure)
        else:
            meant = _meant(token, (), after, True) if _opens(token, before, after) else None
        if meant:
            yield token, meant


def _opens(token: _Token, before: Sequence[_Token], after: Sequence[_Token]) -> bool:
    """True for a capital that opens a phrase (`Bổ sung`, `Công ty Cổ phần`): in a name the next syllable has one too."""
    own = token.text[0].isupper() and token.text[1:].islower()
    return own and any(a.text.islower() for a in after) and not any(b.text[0].isupper() for b in before)


def _meant(token: _Token, before: Sequence[_Token], after: Sequence[_Token], sure: bool) -> str | None:
    """The one word that makes a compound with a neighbour where this one makes none; capitals are held against names first."""
    lexicon = compounds.known()
    sides = [(other.plain, token.plain) for other in before] + [(token.plain, other.plain) for other in after]
    for pairs in (lexicon.names, lexicon.pairs) if token.capitals else (lexicon.pairs,):
        if any(side in pairs for side in sides):
            return None
        telling = sides[len(before) :] if token.text in _OPENING else sides
        alike = {new for side in telling for new in _alike(side, token.plain, pairs)}
        meant = {new for new in alike if is_slip(token.plain, new, sure)}
        if not meant and token.capitals and pairs is lexicon.names and not any(side in lexicon.pairs for side in sides):
            meant = {new for new in alike if _lost_its_tone(token.plain, new)}
        if meant:
            return meant.pop() if len(meant) == 1 else None
    return None


def _alike(side: compounds.Pair, own: str, pairs: frozenset[compounds.Pair]) -> Iterator[str]:
    """What the word `own` of a pair may be for the pair to be one of `pairs`."""
    for first, second in compounds.known().folded.get((fold(side[0]), fold(side[1])), ()):
        if (first, second) in pairs:
            if side[1] == own and first == side[0]:
                yield second
            if side[0] == own and second == side[1]:
                yield first


def is_slip(read: str, meant: str, sure: bool = False) -> bool:
    """True where the words differ in one vowel, by a slip of `tone_slips.tsv` or by a mark under the hook (ẳ for ả).

    `sure`: only by one of those that sure readings have too.
    """
    if len(read) != len(meant):
        return False
    differing = [(a, b) for a, b in zip(read, meant, strict=True) if a != b]
    if len(differing) != 1:
        return False
    (base, marks, tone), (also, others, toned) = map(_parts, differing[0])
    if base != also:
        return False
    if marks != others:
        return tone == toned == "hook" and not others and not sure
    places = ("any", base, "marked") if marks else ("any", base)
    return any(
        (tone, toned) == (row["read"], row["meant"]) and (row["sure"] == "yes" or not sure) and row["on"] in places for row in _slip_rows()
    )


def _lost_its_tone(read: str, meant: str) -> bool:
    """True where only the tone is missing; names are few, and over capitals it is lost with any letter (PHO CHỦ TỊCH, BI THƯ)."""
    return len(read) == len(meant) and all(
        a == b or (_parts(a)[:2] == _parts(b)[:2] and _parts(a)[2] == "none") for a, b in zip(read, meant, strict=True)
    )


def _parts(letter: str) -> tuple[str, str, str]:
    """Letter, mark (circumflex, breve, horn) and tone."""
    decomposed = unicodedata.normalize("NFD", letter)
    base, marks = decomposed[0], decomposed[1:]
    return base, "".join(m for m in marks if m not in _TONES), next((_TONES[m] for m in marks if m in _TONES), "none")


@cache
def _slip_rows() -> tuple[dict[str, str], ...]:
    text = (files("vanthu") / "ocr" / "tone_slips.tsv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines(), delimiter="\t"))


def _in_case(meant: str, token: _Token) -> str:
    return meant.upper() if token.capitals else meant.capitalize() if token.text[0].isupper() else meant
