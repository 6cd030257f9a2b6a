"""Chữ hoa, chữ thường: capitals that Tesseract reads in lower-case words mended; no lexicon, only what no writer sets.

The hooked and marked vowels (ơ, ư, ộ, ừ, …) stand so high that they pass for capitals: `phƯờng`, `cỦa`, `SỞ Tài chính`.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from models.document import Word

_MARKED = "ĂÂÊÔƠƯÀẢÃÁẠẰẲẴẮẶẦẨẪẤẬÈẺẼÉẸỀỂỄẾỆÌỈĨÍỊÒỎÕÓỌỒỔỖỐỘỜỞỠỚỢÙỦŨÚỤỪỬỮỨỰỲỶỸÝỴ"
_INSIDE = re.compile(f"(?<=[^\\W\\d_A-Z{_MARKED}Đ])[{_MARKED}]|(?<=[A-ZĐ])[{_MARKED}](?=[^\\W\\d_A-Z{_MARKED}Đ])")
_TWICE = re.compile(f"([{_MARKED}])(.)")
_SHORT = re.compile(f"^(\\W*)([A-ZĐ]{{1,2}})([{_MARKED}])(\\W*)$")
_LAST = re.compile(f"[A-ZĐ{_MARKED}]{{2,}}[{_MARKED.lower()}]")
_TWO_D = re.compile(r"(?<=/[QCN])ĐĐ(?=-)")


def mended(line: Sequence[Word]) -> list[Word]:
    """The words of a printed line with such capitals made small; the first reading is kept as `raw`."""
    texts = [w.text for w in line]
    done = []
    for n, word in enumerate(line):
        text = _inside(word.text)
        around = [t for t in (texts[n - 1] if n else "", texts[n + 1] if n + 1 < len(texts) else "") if any(c.isalpha() for c in t)]
        if around and all(_small(t) for t in around):
            text = _SHORT.sub(lambda m: m[1] + m[2] + m[3].lower() + m[4], text)
        # A seal over its mark makes a capital small: PHó CHỦ TỊCH.
        if _LAST.fullmatch(text) and any(len(t) > 1 and t.isupper() for t in around):
            text = text.upper()
        done.append(replace(word, text=text, raw=word.raw or word.text) if text != word.text else word)
    return done


def _inside(text: str) -> str:
    text = _TWO_D.sub("Đ", text)
    # One letter read twice, once as a capital: giỜờ.
    text = _TWICE.sub(lambda m: m[2] if m[2] == m[1].lower() else m[0], text)
    if not any(c.islower() for c in text):
        return text
    lower = _INSIDE.sub(lambda m: m[0].lower(), text)
    return re.sub(f"([{_MARKED.lower()}])\\1", r"\1", lower)


def _small(text: str) -> bool:
    """A word written small, its first letter apart."""
    letters = [c for c in text if c.isalpha()]
    return all(c.islower() for c in letters[1:]) and (len(letters) > 1 or letters[0].islower())
