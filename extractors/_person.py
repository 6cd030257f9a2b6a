"""Họ và tên: a printed name, its tone marks set right where only one spelling is a name; a doubtful one is left blank."""

import re
from functools import cache

from extractors._layout import Placed
from extractors._lexicon import table
from extractors._patterns import letters
from models.document import Word
from models.text import fold, new_tones, one_line

_NAME = re.compile(r"^[\w’'‘`.?-]+(\s+[^\W\d_][\w’'‘`.-]*){1,6}$")
_RANK = re.compile(
    r"^((đại|thượng|trung|thiếu)\s+(tá|tướng|úy|uý)|(gs|pgs|ts|ths|bs|ks|cn|dr|bsck[a-z]*|(?-i:[A-ZĐ]{3,7}\.)|luật sư|bác sĩ"
    r"|tiến sĩ|thạc sĩ)\b\.?[\s,-]*)+\s*",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"(?i)signature|verified|digital|signed")
_EDGES = " .,;:|_-~*'`\"“”<>«»^="
_NEVER_FIRST = ("Thị", "Văn", "Hữu", "Đức")  # middle names: the family's name before them was not read
_SURE = 0.87  # a word of a name read with less is wrong too often to be kept


def tidy(text: str) -> str:
    """A name without rank, degree and stray marks."""
    return _RANK.sub("", one_line(text).strip(_EDGES)).strip()


def is_name(text: str) -> bool:
    """True for two to six words, each with a capital."""
    name = tidy(text)
    words = name.split()
    return bool(_NAME.match(name)) and not _SIGNED.search(name) and 2 <= len(words) <= 6 and _capitals(words) and len(letters(name)) >= 5


def _capitals(words: list[str]) -> bool:
    """Every word with a capital; the first one may have lost it, where two more have theirs."""
    return all(w[:1].isupper() for w in words[1:]) and (words[0][:1].isupper() or len(words) > 2)


def read_name(line: Placed) -> tuple[str | None, tuple[str, ...], bool]:
    """(name, other readings, mended): the name of a line, None where a word of it is doubtful; `mended`: its beginning was not read."""
    name = tidy(line.text)
    words = line.line.words[-len(name.split()) :]
    family = _surname_by_tail(words[0].text) if line.page.source == "ocr" and not words[0].text[:1].isupper() else None
    rest = [_mend(word, first=at == 0 and line.page.source == "ocr") for at, word in enumerate(words)]
    if family:
        rest[0] = family
    if line.page.source == "ocr" and rest[-1] and not _may_be_given(rest[-1]):
        return None, (name,), False
    if None in rest or (rest[0] in _NEVER_FIRST and line.page.source == "ocr"):
        return None, (name,), False
    return tidy(" ".join(w for w in rest if w)), (), family is not None


def _mend(word: Word, first: bool) -> str | None:
    if first and word.text.isascii() and (family := _known("surname").get(fold(word.text))):
        return family  # a tone mark that was not read
    if first and word.text[:1].isupper() and (family := _known("surname").get(fold(word.text))):
        return family  # `Trân` is no surname, Trần is
    if word.confidence >= _SURE and word.text[:1].isupper() and not _toneless(word.text):
        return word.text
    known = _known("surname" if first else "middle").get(fold(word.text))
    if known and word.confidence >= 0.5 and word.text[:1].isupper():
        return known
    return _surname_by_tail(word.text[1:]) if first and len(word.text) > 3 else None


def _may_be_given(word: str) -> bool:
    """False for a last name that only another tone would make a usual one (`Chỉ` for Chi, Chí)."""
    usual = _given().get(fold(word))
    return usual is None or new_tones(word.lower()) in usual


@cache
def _given() -> dict[str, set[str]]:
    """Folded last name → its usual spellings in lower case."""
    spelt: dict[str, set[str]] = {}
    for row in table("person_names"):
        if row["role"] in ("given", "middle", "surname"):
            spelt.setdefault(fold(row["name"]), set()).add(new_tones(row["name"].lower()))
    return spelt


def _surname_by_tail(text: str) -> str | None:
    """`uyễn` → Nguyễn: its first letters are under the seal, and one surname alone ends so."""
    names = {row["name"] for row in table("person_names") if row["role"] == "surname"}
    tails = {name for name in names if len(name) > len(text) and name.endswith(text)}
    return tails.pop() if len(tails) == 1 and text and not text.isascii() else None


def _toneless(text: str) -> bool:
    """True for a syllable that cannot do without a tone mark: one that ends in a stop, and Thuy."""
    bare = text.lower()
    return bool(re.search(r"[aăâeêioôơuưy](c|ch|t|p)$", bare)) or bare == "thuy"


@cache
def _known(role: str) -> dict[str, str]:
    """Folded name → its one spelling; names that differ by tone alone are left out."""
    spelt: dict[str, set[str]] = {}
    for row in table("person_names"):
        if row["role"] == role:
            spelt.setdefault(fold(row["name"]), set()).add(row["name"])
    return {key: next(iter(names)) for key, names in spelt.items() if len(names) == 1}
