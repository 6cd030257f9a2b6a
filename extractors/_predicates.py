"""Vị ngữ: where, after the name of a body, the verb phrase begins (`Sở Xây dựng | tổ chức phân luồng`).

Names hold verbs too (`Ban Quản lý dự án đầu tư xây dựng … | di dời`): the lexicon says which ones name more often than they act,
underthesea which words are verbs at all.
"""

from dataclasses import dataclass

from extractors._tagged import LEVELS, SHARED, Sentence
from extractors._words import INSIDE

_LEVELS_LONG = {"thanh pho", "khu vuc", "trung uong", "co so", "dia phuong", "thi tran", "thi xa", "dac khu"}
_GRADES = ("co", "trung", "tren", "duoi")
_PLURAL = {"các", "những", "mọi", "Các", "Những"}
_RELATIVE = {"nêu", "nói", "trực", "thuộc", "liên", "đóng", "tên", "tham", "trên", "khác", "ngang"}
_ENDS_PART = {",", ";", ":", "va", "("}
_COMPANY = {"tnhh", "mtv", "phan", "vien", "nghiep"}  # `Công ty TNHH MTV khai thác …`: what a company does is its name
_COMMITTEES = ("to cong tac", "ban chi dao", "to giup viec", "to bien tap", "ban to chuc", "hoi dong")
_FOR = {"trien khai", "thuc hien", "xay dung", "giai phong", "soan thao", "bien soan"}  # what a committee is set up for
_PAST = {"đã", "được", "đang", "chưa", "bị", "vừa", "có"}
_WRITES = {"du thao", "du hop", "du hoi", "du lop", "du cuoc", "du le", "du buoi"}
"""`Sở Nội vụ | dự thảo …`, `đại diện Ủy ban | dự họp`: after a name these are done, elsewhere they are things."""

_REACH = 20
"""Tokens after `đã`, `được`, `có` within which the predicate must come for them to be part of the name."""


@dataclass(slots=True)
class Predicates:
    """Looks for the predicate of the body that begins at token `begin`; `relative`: where a clause inside the name ends."""

    s: Sentence
    begin: int
    relative: int = 0

    def begins(self, at: int) -> bool:
        """True where the verb phrase begins: a cue of the lexicon, or what underthesea tags as a verb and no name holds."""
        word, before = self.s.words[at], self.s.words[at - 1]
        if at < self.relative or word.capital or self._grade(at):
            return False
        if word.tag == INSIDE:
            # `công bố trí`, segmented wrongly: the lexicon knows `bố trí`
            return (self.s.label(at, "START") or 0) > at + 1
        if self.s.low(at, at + 2) == "con lai":
            self.relative = at + 2
            return False
        if word.text.lower() in _PAST and self.s.alone(at):
            return self._past(at)
        if before.text in _PLURAL:
            return False
        if self.s.low(at, at + 2) in _WRITES and before.text not in _ENDS_PART:
            return True
        if self.s.label(at, "START"):
            return not self.names(at)
        if word.tag != "V" or word.text.lower() in _RELATIVE:
            return bool(self.s.label(at, "LEADING") or self.s.label(at, "TELLS"))
        return not (self.s.label(at, "NAMING") and self.names(at))

    def _grade(self, at: int) -> bool:
        """`cấp xã`, `cấp tỉnh`."""
        words = self.s.words
        return words[at].text == "cấp" and at + 1 < len(words) and (words[at + 1].text in LEVELS or words[at + 1].low in _GRADES)

    def _past(self, at: int) -> bool:
        """`đã …`, `được …`, `có …`: part of the name where a predicate comes after it in the clause, else the predicate."""
        charged = self.passive(at)
        if self.s.label(at, "START") or (charged and self.s.words[self.begin].text.lower() not in SHARED):
            return True
        if self.s.low(at, at + 3) == "co lien quan":
            self.relative = at + 3
            return False
        end = self._clause_end(at)
        for n in range((charged or at + 1) + 1, min(end, at + _REACH)):
            if self.s.words[n].low == "khong" and self.s.label(n, "TELLS"):
                self.relative = n
                return False
            if self._resumes(at, n):
                self.relative = n
                return False
        if end < len(self.s.words) and self.s.words[end].low == ":":
            # `Các cơ quan … được giao làm chủ đầu tư:` only names them
            self.relative = end
            return False
        return True

    def passive(self, at: int) -> int | None:
        """`Kho bạc … được giao | tổng hợp`: where what a body is charged with begins; of `Các đơn vị được giao chủ trì … | gửi` it
        says which are meant."""
        after = self.s.label(at + 1, "ASSIGN") if self.s.words[at].text == "được" else None
        return after if after is not None and self.s.label(after, "START") is not None else None

    def _resumes(self, at: int, n: int) -> bool:
        word, before = self.s.words[n], self.s.words[n - 1]
        if self.s.label(n, "START") and word.tag != INSIDE:
            return before.text.lower() not in ("gửi", "nộp", "trình", "có", *_PLURAL)
        owns = self.s.words[at].low == "co" and not self.s.label(at, "TELLS")
        return owns and word.tag == "V" and n > at + 2 and not self.s.label(n, "NAMING")

    def _clause_end(self, at: int) -> int:
        return next((n for n in range(at, len(self.s.words)) if self.s.words[n].low in (",", ";", ".", ":")), len(self.s.words))

    def names(self, at: int) -> bool:
        """A verb that is more likely part of the name: `dự án đầu tư xây dựng các công trình … di dời`."""
        end = self.s.label(at, "NAMING")
        before = self.s.words[at - 1]
        if end is not None and (self._level_follows(end) or self._name_follows(at, end)):
            return True
        manages = before.low in _COMPANY or self.s.low(at - 2, at) == "quan ly"  # `Công ty TNHH MTV Quản lý khai thác …`
        if end is not None and manages and self.s.low(self.begin, self.begin + 2) == "cong ty":
            return True
        if self._set_up_for(at):
            return True
        if end is None or before.text.lower() in (*LEVELS, "trường") or self._long_level(at) or self.s.low(at - 2, at) == "lien quan":
            return False
        if end < len(self.s.words) and (self.s.words[end].text.isdigit() or self._arranges(at, end)):
            return False
        stop = self._clause_end(end)
        only = self.s.label(at, "START") is None
        if only and end < len(self.s.words) and (end == stop or self._acts(end) or self.s.words[end].low == "va"):
            return True
        if self._ends_name(at):
            return False
        if end == stop or self._names_on(end, stop):
            return True
        if stop == len(self.s.words) or self.s.words[stop].low == ":":
            return only
        return any(self._acts(n) and not self.s.label(n, "NAMING") for n in range(end, stop))

    def _set_up_for(self, at: int) -> bool:
        """`Tổ công tác triển khai Đề án 06 tỉnh | kiểm tra`: what the committee is for, where its predicate still comes in the clause."""
        if self.s.low(at, at + 2) not in _FOR or not self.s.low(self.begin, self.begin + 3).startswith(_COMMITTEES):
            return False
        return any(self.s.label(n, "START") and not self.s.words[n].capital for n in range(at + 3, self._clause_end(at)))

    def _acts(self, at: int) -> bool:
        """A verb, by the lexicon or by underthesea."""
        word = self.s.words[at]
        return not word.capital and (word.tag == "V" or self.s.label(at, "START") is not None)

    def _arranges(self, at: int, end: int) -> bool:
        """`tổ chức` as a verb: in a name it organises the staff or the Party, in a list it comes after a comma."""
        return (
            self.s.low(at, end) == "to chuc"
            and self.s.words[at].tag == "V"
            and self.s.words[end].low not in ("can", "dang", "hanh", "chinh")
        )

    def _names_on(self, end: int, stop: int) -> bool:
        """The list goes on after a few words, or a name in capitals stands there."""
        words = self.s.words
        if words[end].capital and self.s.head(end) is None:
            return True
        return stop - end <= 3 and stop < len(words) and words[stop].low in ",;" and self.s.head(stop + 1) is not None

    def _long_level(self, at: int) -> bool:
        # `cơ sở` that heads the name (`các cơ sở khám bệnh …`) is no level
        return at - 3 > self.begin and self.s.low(at - 2, at) in _LEVELS_LONG

    def _name_follows(self, at: int, end: int) -> bool:
        """`Tư vấn giám sát Trường Sơn`: a word that only names, then a name."""
        return self.s.label(at, "START") is None and end < len(self.s.words) and self.s.words[end].capital

    def _level_follows(self, at: int) -> bool:
        """`Trung tâm Dịch vụ tổng hợp xã tuyên truyền`: a level, then the predicate."""
        words = self.s.words
        long = self.s.low(at, at + 2) in _LEVELS_LONG
        after = at + 2 if long else at + 1
        if at >= len(words) or (not long and words[at].text.lower() not in LEVELS):
            return False
        if after >= len(words) or words[after].tag == "V" or self.s.label(after, "START") is not None:
            return True
        return words[after].low in _ENDS_PART or (long and words[after].capital)

    def _ends_name(self, at: int) -> bool:
        before = self.s.words[at - 1]
        first = next((w for w in reversed(self.s.words[self.begin : at]) if w.tag != INSIDE), before)
        return first.capital and (self.s.words[at].tag == "V" or self.s.label(at, "START") is not None)
