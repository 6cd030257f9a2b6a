"""Danh sách cơ quan: where a list of bodies stands in a sentence, and where each ends.

Bodies joined by a comma or `và` are parted; a list under one shared head (`UBND các phường A, B`, `các sở, ban, ngành`) stays one.
"""

from dataclasses import dataclass

from extractors._predicates import Predicates
from extractors._tagged import LEVELS, SHARED, Sentence
from extractors._words import INSIDE, Token

_PLACES = {"xa", "phuong", "thi", "dac", "huyen", "quan", "thanh", "thon", "ap", "khu", "to", "ban", "tinh", "cac", "so", "lang", "khom"}
_BARE = {
    *("bao", "bi thu", "dong chi bi thu", "pho bi thu", "giam doc", "chu tich", "truong", "cac ong", "cac dong chi", "vu", "cuc"),
    *("hdnd", "ubnd", "thuong truc dang uy", "thuong truc hdnd", "thuong truc huyen uy", "thuong truc thanh uy"),
}
# In `các Sở: …`, `các Bộ: …` these open a new body; others name a field (`Công an`, `Thanh tra`).
_OUTSIDE = {"ubnd", "uy", "chu", "giam", "thu", "ban", "cong ty", "cac", "chanh", "van", "so", "hoi"}

_FIELDS = frozenset(["PTNT", "TNMT", "GDĐT", "LĐTBXH", "LĐ", "VHTT", "VHTTDL", "KHCN", "CNTT", "QLĐT", "KTHT", "ĐTXD", "GTVT", "TTTT"])
"""Abbreviated fields in names (`Phòng Nông nghiệp và PTNT`), no bodies of their own."""


@dataclass(frozen=True, slots=True)
class Bodies:
    """Bodies read from a sentence: their token ranges, and the token after the list."""

    parts: tuple[tuple[int, int], ...]
    end: int


def bodies(s: Sentence, start: int) -> Bodies | None:
    """The list of bodies that begins at token `start`."""
    after = s.head(start)
    if after is None:
        return None
    return _Reader(s, start, after).read()


def counted(s: Sentence, start: int) -> Bodies | None:
    """As `bodies`, with a number before the first: `15 bản`, `04 tỉnh`."""
    if start >= len(s.words) or not s.words[start].text.isdigit():
        return bodies(s, start)
    found = bodies(s, start + 1)
    if found is None:
        return None
    first, *rest = found.parts
    return Bodies(((start, first[1]), *rest), found.end)


def raw_bodies(s: Sentence, found: Bodies) -> tuple[str, ...]:
    """The bodies as printed."""
    return tuple(name for i, j in found.parts if (name := s.raw(i, j)))


class _Reader:
    def __init__(self, s: Sentence, start: int, after: int) -> None:
        self.s, self.begin, self.at = s, start, after
        self.parts: list[tuple[int, int]] = []
        self.colon = False
        self.verbs = Predicates(s, start)

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
        if word.low in (".", "!", "?", "…") or self.verbs.begins(self.at):
            return False
        # a name inside the name (`Văn phòng Cơ quan Cảnh sát điều tra …`) is taken whole
        inner = self.s.label(self.at, "proper") if word.capital else self.s.label(self.at, "member")
        self.at = max(self.at + 1, inner or 0)
        return True

    def _opens_colon_list(self) -> bool:
        following = self.at + 1
        if self.colon and self.s.head(following) is not None and self.s.words[following].low in _OUTSIDE:
            # recognition reads many a semicolon as a colon
            return self._separator(self.s.words[self.at]._replace(low=";"))
        shared = any(w.text.lower() in SHARED for w in self.s.words[self.begin : self.at])
        if not shared or following >= len(self.s.words) or not self.s.words[following].capital:
            return False
        if self.s.label(following, "ASSIGN") or self.s.label(following, "START"):
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
            self.verbs.begin = here
        elif verdict == "join":
            self.at = here + (0 if self._stops(here) else 1)
        return verdict != "end"

    def _stops(self, at: int) -> bool:
        return self.s.words[at].low in ("(", ":")

    def _after(self, mark: Token, here: int) -> str:
        """Is what follows a mark another body ("part"), more of this one ("join"), or no body ("end")?"""
        word, head = self.s.words[here], self.s.head(here)
        if mark.low == "," and self.s.words[self.at - 1].text == "phòng" and word.low in ("chong", "ngua", "chay"):
            return "join"
        if self.s.low(self.begin, self.at) in _BARE:
            return "join"
        if self.colon and mark.low != ";":
            inner = head is None or word.low not in _OUTSIDE
            return ("join" if word.capital else "end") if inner else "part"
        if head is not None and (self._holds_together(here) or self._titles(here) or self._bare_of_shared(here, head)):
            return "join"
        if head is not None and (word.capital or self.s.label(here, "person")):
            return "part"
        if word.text.lower() in SHARED and self.s.label(here, "class"):
            return "part"
        if self.s.label(here, "member"):
            return self._member(here)
        if head is not None or self._acronym(here):
            return "part"
        return self._other(here)

    def _titles(self, here: int) -> bool:
        """`Đồng chí Nguyễn Văn An, Phó Chủ tịch UBND huyện`: a person and the person's title."""
        named = self.s.low(self.begin, self.at).startswith(("dong chi ", "ong ", "ba ")) and self.s.words[self.at - 1].capital
        return named and self.s.label(here, "person") is not None and not self.s.low(here, here + 2).startswith(("dong chi", "ong", "ba"))

    def _bare_of_shared(self, here: int, head: int) -> bool:
        """`các Vụ, Cục, Tổng cục thuộc Bộ`: head nouns alone under one `các`."""
        shared = self.s.words[self.begin].text.lower() in SHARED
        return shared and self.s.words[here].capital and head < len(self.s.words) and self.s.words[head].low in (",", "va")

    def _acronym(self, here: int) -> bool:
        shared = any(w.text.lower() in SHARED for w in self.s.words[self.begin : self.at])
        text = self.s.words[here].text
        return text.isupper() and len(text) > 2 and not shared and text not in _FIELDS

    def _other(self, here: int) -> str:
        word = self.s.words[here]
        if self.s.label(here, "NAMING") and self.s.label(here, "START") is None and self.verbs.names(here):
            return "join"
        if word.capital or word.text[0].isdigit():
            return "join"
        return "end" if self.verbs.begins(here) or word.tag not in ("N", "Nc", "Nu", "Ny", "Np", "L", "M") else "join"

    def _member(self, here: int) -> str:
        """A common noun: of the same list where that is one of common nouns or places, else a body of its own."""
        proper = any(w.capital and w.tag != INSIDE for w in self.s.words[self.begin + 1 : self.at])
        shared = any(w.text.lower() in SHARED for w in self.s.words[self.begin : self.at])
        if self.s.words[here].low in _PLACES and self.s.words[here].low != "to":
            return "join"
        named = proper or self.s.words[self.at - 1].text.lower() in LEVELS
        return "part" if named and not shared else "join"

    def _holds_together(self, here: int) -> bool:
        """Names with `và` or a comma in them: Văn phòng HĐND và UBND, Ban Quản lý Khu … và Khu …."""
        current = self.s.low(self.begin, self.at)
        office = "van phong" in current and current.endswith(("hdnd", "dbqh", "hoi dong nhan dan", "quoc hoi"))
        return office or (current.startswith("ban quan ly") and self.s.words[here].low in ("khu", "cac"))
