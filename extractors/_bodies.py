"""Danh sách cơ quan: where a list of bodies stands in a sentence, where each ends, and where the predicate begins.

Bodies joined by a comma or `và` are parted; a list under one shared head (`UBND các phường A, B`, `các sở, ban, ngành`) stays one.
"""

import re
from dataclasses import dataclass

from extractors._labels import Labels, labels
from extractors._words import INSIDE, Token, tokens

_LEVELS = {"tỉnh", "huyện", "xã", "phường", "quận"}
_LEVELS_LONG = {"thanh pho", "khu vuc", "trung uong", "co so", "dia phuong"}
_PLACES = {"xa", "phuong", "thi", "dac", "huyen", "quan", "thanh", "thon", "ap", "khu", "to", "ban", "tinh", "cac", "so", "lang", "khom"}
_SHARED = {"các", "những", "toàn", "tất", "quý", "mọi"}
_PLURAL = {"các", "những", "mọi", "Các", "Những"}
_RELATIVE = {"nêu", "nói", "trực", "thuộc", "liên", "đóng", "tên", "tham", "trên", "khác", "ngang"}
_PAST = {"đã", "được", "đang", "chưa", "bị", "vừa", "có"}
_WORKS = {"to chuc", "thong ke", "thanh tra", "kiem toan"}
_RELATIVE_REACH = 14
_BARE = {"bao", "bi thu", "dong chi bi thu", "pho bi thu", "giam doc", "chu tich", "truong", "cac ong", "cac dong chi"}
# In `các Sở: …`, `các Bộ: …` these open a new body; others name a field (`Công an`, `Thanh tra`).
_OUTSIDE = {"ubnd", "uy", "chu", "giam", "thu", "ban", "cong ty", "cac", "chanh", "van", "so", "hoi"}


@dataclass(frozen=True, slots=True)
class Bodies:
    """Bodies read from a sentence: their token ranges, and the token after the list."""

    parts: tuple[tuple[int, int], ...]
    end: int


@dataclass(frozen=True)
class Sentence:
    """A text with its tokens and the phrases known in them."""

    text: str
    words: tuple[Token, ...]
    labels: Labels

    @staticmethod
    def of(text: str) -> "Sentence":
        """The text tagged and labelled."""
        words = tokens(text)
        return Sentence(text, words, labels(words))

    def label(self, at: int, kind: str) -> int | None:
        """Token after the phrase of this kind that begins at `at`."""
        return self.labels.get(at, {}).get(kind)

    def head(self, at: int) -> int | None:
        """Token after the head noun of a body that begins at `at`, None where none does."""
        # `Giao Phòng …`: underthesea may take a verb and the capital after it for one word
        if at >= len(self.words) or (self.words[at].tag == INSIDE and not self.words[at].capital):
            return None
        here = self.labels.get(at, {})
        found = [here[k] for k in ("person", "class") if k in here]
        if "proper" in here and self.words[at].capital:
            found.append(here["proper"])
        if not found or self._works(at, max(found)):
            return None
        if (
            max(found) == at + 1
            and self.words[at].text.lower() in _SHARED
            and not self.labels.get(at + 1, {}).keys() & {"proper", "person", "class", "member"}
        ):
            return None
        return max(found)

    def _works(self, at: int, after: int) -> bool:
        """Verbs that also head names: `Tổ chức …`, `Thống kê …`, `Thanh tra …` without a level or a name after them."""
        if self.low(at, at + 2) not in _WORKS or after > at + 2:
            return False
        following = self.words[at + 2] if at + 2 < len(self.words) else None
        if following is None or self.low(at, at + 2) == "to chuc":
            return following is not None and following.low != ","
        return not (
            following.capital or following.text.lower() in _LEVELS or following.low in ("thanh", "nha", "co", "khu", "cac", "bo", "so")
        )

    def alone(self, at: int) -> bool:
        """True where the syllable is a word by itself."""
        return self.words[at].tag != INSIDE and (at + 1 == len(self.words) or self.words[at + 1].tag != INSIDE)

    def low(self, start: int, end: int) -> str:
        """Folded text of tokens."""
        return " ".join(w.low for w in self.words[start:end])

    def raw(self, start: int, end: int) -> str:
        """Printed text of tokens, notes in brackets and marks at the ends left off."""
        text = self.text[self.words[start].start : self.words[end - 1].end]
        text = re.sub(r"\s*\([^)]*\)|\s*[`^~|_¬]+(?=\s)", "", text)
        return re.sub(r"\s(?:nêu |có tên )?(?:theo|tại) (?:\w+ ){1,3}số \S*\d.*", "", text).strip(" ,;:.-–(")


def bodies(s: Sentence, start: int) -> Bodies | None:
    """The list of bodies that begins at token `start`."""
    after = s.head(start)
    if after is None:
        return None
    return _Reader(s, start, after).read()


class _Reader:
    def __init__(self, s: Sentence, start: int, after: int) -> None:
        self.s, self.begin, self.at = s, start, after
        self.parts: list[tuple[int, int]] = []
        self.colon = False
        self.relative = 0

    def read(self) -> Bodies:
        words = self.s.words
        while self.at < len(words) and self._step(words[self.at]):
            pass
        if self.at > self.begin:
            self.parts.append((self.begin, self.at))
        return Bodies(tuple(self.parts), self.at)

    def _step(self, word: Token) -> bool:
        """Go on by one token, part or separator; False at the end of the list."""
        if word.low in (",", ";") or (word.low == "va" and word.tag != INSIDE):
            return self._separator(word)
        if word.low == ":":
            return self._opens_colon_list()
        if word.low == "(":
            return self._bracket()
        if word.low in (".", "!", "?", "…") or self._predicate(self.at):
            return False
        # a name inside the name (`Văn phòng Cơ quan Cảnh sát điều tra …`) is taken whole
        inner = self.s.label(self.at, "proper") if word.capital else None
        self.at = max(self.at + 1, inner or 0)
        return True

    def _opens_colon_list(self) -> bool:
        following = self.at + 1
        if self.colon and self.s.head(following) is not None and self.s.words[following].low in _OUTSIDE:
            # recognition reads many a semicolon as a colon
            return self._separator(self.s.words[self.at]._replace(low=";"))
        shared = any(w.text.lower() in _SHARED for w in self.s.words[self.begin : self.at])
        if not shared or following >= len(self.s.words) or not self.s.words[following].capital or self.s.label(following, "ASSIGN"):
            return False
        self.colon = True
        self.at += 1
        return True

    def _bracket(self) -> bool:
        close = next((n for n in range(self.at, len(self.s.words)) if self.s.words[n].low == ")"), None)
        if close is None:
            return False
        self.at = close + 1
        return True

    def _separator(self, word: Token) -> bool:
        here = self.at + 1
        if here < len(self.s.words) and self.s.words[here].low == "va" and word.low != "va":
            here += 1
        if here >= len(self.s.words):
            return False
        verdict = self._after(word, here)
        if verdict == "part":
            self.parts.append((self.begin, self.at))
            self.begin, self.at, self.colon = here, self.s.head(here) or here + 1, False
        elif verdict == "join":
            self.at = here + (0 if self._stops(here) else 1)
        return verdict != "end"

    def _stops(self, at: int) -> bool:
        return self.s.words[at].low in ("(", ":")

    def _after(self, mark: Token, here: int) -> str:
        """Is what follows a mark another body ("part"), more of this one ("join"), or no body ("end")?"""
        word, head = self.s.words[here], self.s.head(here)
        if self.s.low(self.begin, self.at) in _BARE:
            return "join"
        if self.colon and mark.low != ";":
            inner = head is None or word.low not in _OUTSIDE
            return ("join" if word.capital else "end") if inner else "part"
        if head is not None and self._holds_together(here):
            return "join"
        if head is not None and (word.capital or self.s.label(here, "person")):
            return "part"
        if word.text.lower() in _SHARED and self.s.label(here, "class"):
            return "part"
        if self.s.label(here, "member"):
            return self._member(here)
        if head is not None or self._acronym(here):
            return "part"
        return self._other(here)

    def _acronym(self, here: int) -> bool:
        shared = any(w.text.lower() in _SHARED for w in self.s.words[self.begin : self.at])
        return self.s.words[here].text.isupper() and len(self.s.words[here].text) > 2 and not shared

    def _other(self, here: int) -> str:
        word = self.s.words[here]
        if word.capital or word.text[0].isdigit():
            return "join"
        return "end" if self._predicate(here) or word.tag not in ("N", "Nc", "Nu", "Ny", "Np", "L", "M") else "join"

    def _member(self, here: int) -> str:
        """A common noun: of the same list where that is one of common nouns or places, else a body of its own."""
        proper = any(w.capital and w.tag != INSIDE for w in self.s.words[self.begin + 1 : self.at])
        shared = any(w.text.lower() in _SHARED for w in self.s.words[self.begin : self.at])
        if self.s.words[here].low in _PLACES and self.s.words[here].low != "to":
            return "join"
        named = proper or self.s.words[self.at - 1].text.lower() in _LEVELS
        return "part" if named and not shared else "join"

    def _holds_together(self, here: int) -> bool:
        """Names with `và` or a comma in them: Văn phòng HĐND và UBND, Ban Quản lý Khu … và Khu …."""
        current = self.s.low(self.begin, self.at)
        office = "van phong" in current and current.endswith(("hdnd", "dbqh", "hoi dong nhan dan", "quoc hoi"))
        return office or (current.startswith("ban quan ly") and self.s.words[here].low in ("khu", "cac"))

    def _predicate(self, at: int) -> bool:
        """True where the verb phrase begins: a cue of the lexicon, or what underthesea tags as a verb and no name holds."""
        word, before = self.s.words[at], self.s.words[at - 1]
        if at < self.relative or word.capital:
            return False
        if word.tag == INSIDE:
            # `công bố trí`, segmented wrongly: the lexicon knows `bố trí`
            return (self.s.label(at, "START") or 0) > at + 1
        if word.text.lower() in _PAST and self.s.alone(at):
            return self._past(at)
        if before.text in _PLURAL:
            return False
        if self.s.label(at, "START"):
            return not self._names(at)
        if word.tag != "V" or word.text.lower() in _RELATIVE:
            return bool(self.s.label(at, "LEADING") or self.s.label(at, "TELLS"))
        return not (self.s.label(at, "NAMING") and self._names(at))

    def _past(self, at: int) -> bool:
        """`đã …`, `được …`, `có …`: part of the name where a predicate comes after it in the clause, else the predicate."""
        if self.s.label(at, "START"):
            return True
        if self.s.low(at, at + 3) == "co lien quan":
            self.relative = at + 3
            return False
        end = self._clause_end(at)
        for n in range(at + 2, min(end, at + _RELATIVE_REACH)):
            if self._resumes(at, n):
                self.relative = n
                return False
        if end < len(self.s.words) and self.s.words[end].low == ":":
            # `Các cơ quan … được giao làm chủ đầu tư:` only names them
            self.relative = end
            return False
        return True

    def _resumes(self, at: int, n: int) -> bool:
        word, before = self.s.words[n], self.s.words[n - 1]
        if self.s.label(n, "START") and word.tag != INSIDE:
            return before.text.lower() not in ("gửi", "nộp", "trình", "có", *_PLURAL)
        return self.s.words[at].low == "co" and word.tag == "V" and n > at + 2 and not self.s.label(n, "NAMING")

    def _clause_end(self, at: int) -> int:
        return next((n for n in range(at, len(self.s.words)) if self.s.words[n].low in (",", ";", ".", ":")), len(self.s.words))

    def _names(self, at: int) -> bool:
        """A verb that is more likely part of the name: `dự án đầu tư xây dựng các công trình … di dời`."""
        end = self.s.label(at, "NAMING")
        before = self.s.words[at - 1]
        if end is not None and (self._level_follows(end) or self._name_follows(at, end)):
            return True
        if (
            end is None
            or before.text.lower() in _LEVELS
            or self.s.low(at - 2, at) in _LEVELS_LONG
            or self.s.low(at - 2, at) == "lien quan"
            or self._ends_name(at)
        ):
            return False
        stop = self._clause_end(end)
        if end == stop or self._names_on(end, stop):
            return True
        following = ((n, self.s.words[n]) for n in range(end, stop))
        if stop == len(self.s.words) or self.s.words[stop].low == ":":
            return self.s.label(at, "START") is None
        return any((w.tag == "V" or self.s.label(n, "START")) and not w.capital and not self.s.label(n, "NAMING") for n, w in following)

    def _names_on(self, end: int, stop: int) -> bool:
        """The list goes on after a few words, or a name in capitals stands there."""
        words = self.s.words
        if words[end].capital and self.s.head(end) is None:
            return True
        return stop - end <= 3 and stop < len(words) and words[stop].low in ",;" and self.s.head(stop + 1) is not None

    def _name_follows(self, at: int, end: int) -> bool:
        """`Tư vấn giám sát Trường Sơn`: a word that only names, then a name."""
        return self.s.label(at, "START") is None and end < len(self.s.words) and self.s.words[end].capital

    def _level_follows(self, at: int) -> bool:
        """`Trung tâm Dịch vụ tổng hợp xã tuyên truyền`: a level, then the predicate."""
        words = self.s.words
        after = at + 2 if self.s.low(at, at + 2) in _LEVELS_LONG else at + 1
        if at >= len(words) or (after == at + 1 and words[at].text.lower() not in _LEVELS):
            return False
        return after >= len(words) or words[after].tag == "V" or self.s.label(after, "START") is not None

    def _ends_name(self, at: int) -> bool:
        before = self.s.words[at - 1]
        first = next((w for w in reversed(self.s.words[self.begin : at]) if w.tag != INSIDE), before)
        return first.capital and (self.s.words[at].tag == "V" or self.s.label(at, "START") is not None)
