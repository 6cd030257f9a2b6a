"""Câu đã gán nhãn: a text with its words, their classes, and the phrases of the lexicon in it."""

import re
from dataclasses import dataclass

from extractors._labels import Labels, labels
from extractors._words import INSIDE, Token, tokens

LEVELS = frozenset({"tỉnh", "huyện", "xã", "phường", "quận"})
SHARED = frozenset({"các", "những", "toàn", "tất", "quý", "mọi", "mỗi"})
"""What opens a list under one shared head noun."""

_WORKS = {"to chuc", "thong ke", "thanh tra", "kiem toan"}


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
        after = max(found)
        alone = after == at + 1 and self.words[at].text.lower() in SHARED
        # `các` alone names nobody: a noun of bodies or persons has to follow it
        return None if alone and not self.labels.get(at + 1, {}).keys() & {"proper", "person", "class", "member"} else after

    def _works(self, at: int, after: int) -> bool:
        """Verbs that also head names: `Tổ chức …`, `Thống kê …`, `Thanh tra …` without a level or a name after them."""
        if self.low(at, at + 2) not in _WORKS or after > at + 2:
            return False
        following = self.words[at + 2] if at + 2 < len(self.words) else None
        if following is None or self.low(at, at + 2) == "to chuc":
            return following is not None and following.low != ","
        named = following.capital or following.text.lower() in LEVELS
        return not (named or following.low in ("thanh", "nha", "co", "khu", "cac", "bo", "so"))

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
