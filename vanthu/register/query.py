"""Câu tìm kiếm, taken apart: words, phrases, prefixes and `field:value`; nothing that a person types is an error.

| written | means |
|---|---|
| `dân chủ` | both words, near each other first, with these tone marks first |
| `"dân chủ ở cơ sở"` | the words in this order |
| `khoa*` | words that begin so |
| `221/UBND-NV` | this code, or text that holds it |
| `so:221` `kyhieu:UBND-NV` `coquan:"Sở Nội vụ"` `loai:"báo cáo"` | number, symbol, issuer, type |
| `ngay:` `den:` `han:` with a day, month, quarter, year, range or comparison | issued, received, due |
| `donvi:"Phòng Nội vụ"` `trangthai:open` | unit of a follow-up item, its state (or `tre`: late) |

What looks like a field and is none, or has a value that cannot be read, is plain text.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from models.text import clean, fold, new_tones
from vanthu.register import codes, days

TEXT_FIELDS = ("kyhieu", "coquan", "loai", "donvi")
DATE_FIELDS = ("ngay", "den", "han")
FIELDS = ("so", "trangthai", *TEXT_FIELDS, *DATE_FIELDS)

STATES = {
    "open": ("open",),
    "mo": ("open",),
    "chua lam": ("open",),
    "in progress": ("in_progress",),
    "dang lam": ("in_progress",),
    "dang xu ly": ("in_progress",),
    "done": ("done",),
    "xong": ("done",),
    "hoan thanh": ("done",),
    "dropped": ("dropped",),
    "bo": ("dropped",),
    "huy": ("dropped",),
    "chua xong": ("open", "in_progress"),
    "late": ("late",),
    "tre": ("late",),
    "qua han": ("late",),
}
"""Folded words for states, `late` among them though it is none."""

_ITEM = re.compile(
    r"""(?P<field>[^\W\d_]+(?:[ ]?[^\W\d_]+)?):(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]+))
      | "(?P<phrase>[^"]*)"
      | (?P<word>[^\s"]+)""",
    re.VERBOSE,
)
_MOST = 64
"""Terms beyond so many are left off: nobody types them, and each costs time."""


_folded = lru_cache(maxsize=1000)(fold)
"""A search asks for the same few terms at every text."""


@dataclass(frozen=True, slots=True)
class Term:
    """Words in order: one word, a phrase or a code; `prefix`: the last word may go on. `text` has one placement of tones, lower case."""

    text: str
    prefix: bool = False
    phrase: bool = False

    @property
    def folded(self) -> str:
        """Without tone marks."""
        return _folded(self.text)

    @property
    def marked(self) -> bool:
        """True where a tone mark or another mark of Vietnamese was typed."""
        return self.folded != self.text

    @property
    def is_code(self) -> bool:
        """Looks like số và ký hiệu: digits, then letters after a slash or hyphen."""
        return bool(re.fullmatch(r"\d*[a-z]?[/-][a-z0-9&./-]*[a-z][a-z0-9&./-]*", self.folded))


@dataclass(frozen=True, slots=True)
class Query:
    """Terms that must all be there, and filters: folded texts, stretches of days, stretches of numbers, states."""

    terms: tuple[Term, ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    dates: tuple[tuple[str, days.Stretch], ...] = ()
    numbers: tuple[tuple[int | None, int | None], ...] = ()
    states: tuple[tuple[str, ...], ...] = ()

    @property
    def empty(self) -> bool:
        """Nothing to look for."""
        return not (self.terms or self.texts or self.dates or self.numbers or self.states)


@dataclass(slots=True)
class _Draft:
    today: date
    terms: list[Term] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    dates: list[tuple[str, days.Stretch]] = field(default_factory=list)
    numbers: list[tuple[int | None, int | None]] = field(default_factory=list)
    states: list[tuple[str, ...]] = field(default_factory=list)

    def filter(self, name: str, value: str) -> bool:
        """Take a filter in; False where it is none."""
        folded = fold(value).strip()
        if not any(map(str.isalnum, folded)):
            return False
        if name in TEXT_FIELDS:
            self.texts.append((name, value.strip()))
        elif name in DATE_FIELDS and (stretch := days.parse(folded, self.today)):
            self.dates.append((name, stretch))
            if name == "han" and re.sub(r"[-_\s]+", "-", folded) == days.OVERDUE:
                self.states.append(("open", "in_progress"))
        elif name == "so" and (numbers := _numbers(folded)):
            self.numbers.append(numbers)
        elif name == "so" and (key := codes.key(folded)) and key.number is not None:
            self.texts.append(("kyhieu", folded))
        elif name == "trangthai" and (states := STATES.get(re.sub(r"[-_\s]+", " ", folded))):
            self.states.append(states)
        else:
            return False
        return True

    def word(self, text: str) -> None:
        """Take plain text in; marks alone mean nothing."""
        if any(map(str.isalnum, text)):
            self.terms.append(Term(text.strip("*"), prefix=text.endswith("*")))

    def query(self) -> Query:
        """What was taken in."""
        return Query(
            tuple(self.terms[:_MOST]),
            tuple(self.texts[:_MOST]),
            tuple(self.dates[:_MOST]),
            tuple(self.numbers[:_MOST]),
            tuple(self.states[:_MOST]),
        )


def parse(text: str, today: date) -> Query:
    """The query that `text` means; `today` gives `tuan-nay` its days. Never an error."""
    normal = new_tones(clean(text)).lower()
    draft = _Draft(today)
    for item in _ITEM.finditer("".join(c if c.isprintable() else " " for c in normal)):
        _take(draft, item)
    return draft.query()


def _take(draft: _Draft, item: re.Match[str]) -> None:
    if item["phrase"] is not None:
        if any(map(str.isalnum, item["phrase"])):
            draft.terms.append(Term(" ".join(item["phrase"].split()), phrase=True))
        return
    if item["word"] is not None:
        draft.word(item["word"])
        return
    *before, name = item["field"].split(" ")
    value = item["quoted"] if item["quoted"] is not None else item["bare"]
    whole = fold(item["field"].replace(" ", ""))
    if whole in FIELDS and draft.filter(whole, value):
        return
    for word in before:
        draft.word(word)
    if fold(name) not in FIELDS or not draft.filter(fold(name), value):
        for word in (name, *value.split()):
            draft.word(word)


def _numbers(text: str) -> tuple[int | None, int | None] | None:
    if parts := re.fullmatch(r"(\d{0,9})\.\.(\d{0,9})", text):
        return (int(parts[1]) if parts[1] else None, int(parts[2]) if parts[2] else None) if parts[1] or parts[2] else None
    if parts := re.fullmatch(r"(<=|>=|<|>|=)?0*(\d{1,9})", text):
        number = int(parts[2])
        return {"<": (None, number - 1), "<=": (None, number), ">": (number + 1, None), ">=": (number, None)}.get(
            parts[1] or "", (number, number)
        )
    return None
