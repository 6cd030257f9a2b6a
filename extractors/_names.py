"""Tên cơ quan, tên riêng: header capitals in the record's normal case (Decree 30/2020, Annex II), tone marks set right by the lexicon."""

import re
from functools import cache, lru_cache
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from extractors._lexicon import table
from extractors._patterns import letters
from extractors._symbols import abbreviations
from models.text import fold, new_tones

_FUZZY_WORDS = 3
_BEFORE_PROPER = frozenset(("tỉnh", "phố", "thị", "trấn", "quận", "huyện", "xã", "phường", "khu"))  # a place's own name follows
_COMMON = _BEFORE_PROPER | {"và", "các", "của", "thuộc", "số"}
_LONGEST = 9  # words of the longest phrase in the lexicon


@cache
def _phrases() -> dict[str, str]:
    """Letters of a phrase → the phrase as it is written inside a name; a noun's own entry goes before a place of the same letters."""
    known = {letters(row["name"]): row["name"] for row in table("places")}
    return known | {letters(row["phrase"]): row["phrase"] for row in table("bodies")}


@cache
def _heads() -> tuple[tuple[str, bool], ...]:
    """Letters with which a body's name opens, longest first, and whether they are a name already."""
    rows = [(letters(r["phrase"]), r["role"] == "head") for r in table("bodies") if r["role"] != "noun"]
    return tuple(sorted(rows, key=lambda r: -len(r[0])))


_NOT_HEADS = ("phongchong", "phongthu", "phongchay", "truongthanh", "totung", "tochuc")
_RUNS_ON = re.compile(r"(\b(va|cua|cac|cho|voi|ve)|[,\-–&])\s*$")


def opens_body(line: str) -> bool:
    """True where a header line begins the name of a body."""
    here = letters(line)
    words = fold(line).split()
    if not words or here.startswith(_NOT_HEADS):
        return False
    return any(here.startswith(head) and _at_word_end(words, len(head)) for head, _ in _heads())


def _at_word_end(words: list[str], length: int) -> bool:
    total = 0
    for word in words:
        total += len(letters(word))
        if total >= length:
            return total == length
    return False


def is_unfinished(line: str) -> bool:
    """True where a header line is only the opening of a name: `ỦY BAN NHÂN DÂN`, `TRƯỜNG`, `… VÀ`."""
    here = letters(line)
    return bool(_RUNS_ON.search(fold(line))) or any(here == head and not whole for head, whole in _heads())


def group(lines: list[str]) -> list[list[int]]:
    """Indexes of header lines that make one name each."""
    groups: list[list[int]] = [[0]] if lines else []
    ended = False  # `… VÀ MÔI` / `TRƯỜNG`: the line before is the end of a name, and opens none
    for at, (before, line) in enumerate(pairwise(lines), 1):
        spans = not ended and _spans(before, line)
        alone = at == len(lines) - 1 and len(line.split()) == 1  # `… HẢI` / `PHÒNG`
        if opens_body(line) and not alone and (ended or not is_unfinished(before)) and not spans:
            groups.append([at])
        else:
            groups[-1].append(at)
        ended = spans
    return groups


def _spans(before: str, line: str) -> bool:
    """True where one known name runs over the line's end: `… VÀ MÔI` / `TRƯỜNG`; or the line opens with a joining word."""
    if re.match(r"\W|(va|cua) ", fold(line)):
        return True
    ahead, after = re.findall(r"[a-z\d]+", fold(before)), re.findall(r"[a-z\d]+", fold(line))
    tails = (ahead[-k:] for k in range(1, min(_LONGEST, len(ahead)) + 1))
    return any(" ".join([*tail, *after[:m]]) in _whole() for tail in tails for m in range(1, min(4, len(after)) + 1))


@cache
def _whole() -> frozenset[str]:
    """Folded names of bodies that are whole, and of places."""
    return frozenset(fold(row["phrase"]) for row in table("bodies") if row["role"] == "head") | frozenset(
        fold(row["name"]) for row in table("places") if " " in row["name"]
    )


def normal_case(text: str, mend: bool = True) -> str:
    """`ỦY BAN NHÂN DÂN THÀNH PHỐ RẠCH GIÁ` → `Ủy ban nhân dân thành phố Rạch Giá`; text in mixed case is left as it is.

    `mend`, for recognised text: phrases of the lexicon are found by their letters, so tone marks, and blanks that were lost or made
    up, do not matter.
    """
    if sum(c.islower() for c in text) > 2:
        return text
    name = " ".join(written for _, written in _pieces(text.split(), mend))
    return name[:1].upper() + name[1:]


def unknown_words(words: list[str]) -> list[int]:
    """Indexes of words that no phrase of the lexicon covers: proper names, and what was misread."""
    out: list[int] = []
    at = 0
    for size, written in _pieces(words, mend=True):
        if size == 1 and letters(written) not in _phrases() and _split(words[at]) is None:
            out.append(at)
        at += size
    return out


def _pieces(words: list[str], mend: bool) -> list[tuple[int, str]]:
    out: list[tuple[int, str]] = []
    at = 0
    proper = False
    while at < len(words):
        size, written = _longest(words, at, mend, proper)
        out.append((size, written))
        proper = written.split()[-1] in _BEFORE_PROPER or (proper and size == 1)
        at += size
    return out


def _longest(words: list[str], at: int, mend: bool, proper: bool) -> tuple[int, str]:
    """The longest phrase of the lexicon that begins at word `at`: how many words, and how it is written."""
    for size in range(min(_LONGEST, len(words) - at), 0, -1):
        piece = " ".join(words[at : at + size])
        ends = all(letters(w) for w in (words[at], words[at + size - 1]))
        known = _as_it_stands().get(_spelling(piece)) or (_by_letters(piece, size) if mend else None)
        if ends and known and (size > 1 or not proper or known in _COMMON):
            return size, known + _ending(piece)
        if mend and ends and size >= _FUZZY_WORDS and (near := _near(letters(piece))) and size <= len(near.split()):
            return size, near
    return 1, (_split(words[at]) if mend else None) or "-".join(_word(part) for part in words[at].split("-"))


def _by_letters(piece: str, size: int) -> str | None:
    written = _phrases().get(letters(piece))
    return written if written and (size > 1 or _same_word(piece, written)) else None


def _spelling(text: str) -> str:
    """Letters with their tone marks, the marks placed in one way; blanks and case aside."""
    return re.sub(r"[\W_]", "", new_tones(text.lower()))


@cache
def _as_it_stands() -> dict[str, str]:
    return {_spelling(written): written for written in _phrases().values()}


@lru_cache(maxsize=1024)
def _near(here: str) -> str | None:
    """The name of a body that differs from `here` by a letter or two of many."""
    if len(here) < 12:
        return None
    best = process.extractOne(here, list(_phrases()), scorer=ratio, score_cutoff=93)
    return _phrases()[best[0]] if best and best[0][0] == here[0] else None


def _same_word(printed: str, known: str) -> bool:
    """One word alone: the letters must have a tone mark to be read otherwise (QUAN is not quận)."""
    bare = printed.lower().strip(".,:;")
    return bare == known.lower() or " " in known or fold(bare) != bare


def _ending(piece: str) -> str:
    match = re.search(r"[,.:;]$", piece)
    return match[0] if match else ""


_LEVEL_GLUED = re.compile(r"([^\W\d_a-z]{2,6})(TỈNH|HUYỆN|PHƯỜNG)")
"""`NAMTỈNH`: a level after the last word of what stands before it."""


def _split(word: str) -> str | None:
    """`TỈNHĐỒNGTHÁP`: a run of phrases whose blanks were lost."""
    here = letters(word)
    if len(here) < 7 or not word.isalpha():
        return None
    if level := _LEVEL_GLUED.fullmatch(word):
        return f"{_word(level[1])} {level[2].lower()}"
    for at in range(len(here) - 2, 2, -1):
        first, rest = _phrases().get(here[:at]), _phrases().get(here[at:])
        if first and rest:
            return f"{first} {rest}"
    return None


def _word(word: str) -> str:
    if not word[:1].isalpha():
        return word
    if word.strip(".,:;()") in abbreviations() or not re.search(r"[aeiouy]", fold(word)) or any(c.isdigit() for c in word):
        return word
    if re.fullmatch(r"[IVX]+", word):
        return word
    return word[:1].upper() + word[1:].lower()
