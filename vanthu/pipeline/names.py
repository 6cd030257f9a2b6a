"""Tên tệp của phụ lục: which letter a file belongs to, where its name says so."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from models.text import fold

_ANNEX = re.compile(
    r"\b(?:(?:phu luc|phuluc|pl|kem theo|kemtheo|dinh kem|dinhkem|file kem|bieu mau|bieumau|bieu|mau so|mau|danh sach|danhsach|ds"
    r"|bang bieu|bang|so lieu|attachments?|annex|appendix)(?: ?(?:so )?(?:\d{1,2}[a-z]?|[ivx]{1,4}))?)\b"
)
_SIGNED = re.compile(r"\b(?:signed|da ky|daky|ky so|kyso)\b")
_SPREADSHEETS, _WORDS = (".xlsx", ".xls", ".xlsm", ".ods", ".csv"), (".docx", ".doc", ".odt")
_PAGES = (".pdf", ".tif", ".tiff", ".jpg", ".jpeg", ".png", ".heic", ".webp")


@dataclass(frozen=True, slots=True)
class Name:
    """The words of a file name, folded: all of them, and those that are left without what says that it is an annex."""

    suffix: str
    words: tuple[str, ...]
    core: tuple[str, ...]

    @staticmethod
    def of(name: str) -> "Name":
        """`123_QĐ_Phụ lục 1.xlsx` → words `123 qd phu luc 1`, core `123 qd`."""
        path = PurePath(name)
        plain = " ".join(re.sub(r"[\W_]+", " ", fold(path.stem)).split())
        plain = " ".join(_SIGNED.sub(" ", plain).split())
        return Name(path.suffix.lower(), tuple(plain.split()), tuple(_ANNEX.sub(" ", plain).split()))

    @property
    def says_annex(self) -> bool:
        """A name that says phụ lục, kèm theo, biểu mẫu…"""
        return self.words != self.core

    @property
    def is_spreadsheet(self) -> bool:
        """Letters are never spreadsheets."""
        return self.suffix in _SPREADSHEETS

    def belongs_to(self, letter: "Name") -> bool:
        """The name begins like that of the letter (or is the same in another format) and says that it is an annex."""
        if not letter.words or letter.is_spreadsheet or self == letter:
            return False
        if self.says_annex:
            return self.core == letter.words or (len(self.words) > len(letter.words) and self.words[: len(letter.words)] == letter.words)
        if self.is_spreadsheet:
            return self.words[: len(letter.words)] == letter.words
        return self.suffix in _WORDS and letter.suffix in _PAGES and self.words == letter.words


def letter_of(name: str, letters: Iterable[tuple[str, str]]) -> str | None:
    """The key of the letter, of (name, key) pairs, to which a file belongs; None where no name, or more than one as well, fits."""
    own = Name.of(name)
    fitting = [(not known.says_annex, len(known.words), key) for other, key in letters if own.belongs_to(known := Name.of(other))]
    best = {key for plain, length, key in fitting if (plain, length) == max(fit[:2] for fit in fitting)}
    return best.pop() if len(best) == 1 else None
