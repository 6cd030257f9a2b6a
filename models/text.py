"""Normal forms of Vietnamese text. All folds keep the length, so an offset in the fold is an offset in the text."""

import re
import unicodedata

_REPAIRS = str.maketrans(
    {
        "\u00d0": "Đ",  # Ð: what Tesseract's vie emits for Đ
        "\u0189": "Đ",
        "\u00f0": "đ",
        "\u01a2": "Ư",  # Ƣ: text layers of older fonts
        "\u01a3": "ư",
        "\u2044": "/",
        "\u2215": "/",
        "\u2010": "-",
        "\u2011": "-",
        "\u2212": "-",
        "\u0002": "-",  # what PDFium gives for the hyphen at the end of a line
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\u00ad": None,
        "\u200b": None,
        "\ufeff": None,
    }
)


def clean(text: str) -> str:
    """Text as it enters the system: NFC, look-alike letters and marks repaired, blanks of one kind. May change the length."""
    return unicodedata.normalize("NFC", text).translate(_REPAIRS)


class _Folds(dict[int, str]):
    """Letter → its fold, worked out once: `str.translate` asks here for each letter of a text."""

    def __missing__(self, letter: int) -> str:
        character = chr(letter)
        base = unicodedata.normalize("NFD", character)[0]
        lower = base.lower()
        self[letter] = folded = "d" if base in "đĐðÐ" else lower if len(lower) == 1 else base
        return folded


_FOLDS = _Folds()


def fold(text: str) -> str:
    """Không dấu: lower case without tone marks and hooks, đ as d; of the same length as `text`."""
    return text.translate(_FOLDS)


def one_line(text: str) -> str:
    """Single blanks, none at the ends."""
    return " ".join(text.split())


def new_tones(text: str) -> str:
    """One placement of tones: hoà → hòa, uỷ → ủy, for comparing; NFC in, NFC out."""
    decomposed = unicodedata.normalize("NFD", text)
    # In the old style the mark stands on the second vowel; bring it to the first.
    moved = re.sub(
        "(?i)(?<![q])(o)([ae])([\u0300\u0301\u0303\u0309\u0323])(?![a-z\u0300-\u0323])|(?<!q)(u)(y)([\u0300\u0301\u0303\u0309\u0323])(?![a-z\u0300-\u0323])",
        lambda m: f"{m[1]}{m[3]}{m[2]}" if m[1] else f"{m[4]}{m[6]}{m[5]}",
        decomposed,
    )
    return unicodedata.normalize("NFC", moved)
