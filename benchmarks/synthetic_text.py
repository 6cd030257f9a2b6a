"""What synthetic dispatches are made of: sentences, subjects, bodies, persons and places of the corpus and the lexicon, each folded once.

A fold works letter by letter, so the fold of a text is the folds of its parts: a million texts need not be folded anew.
"""

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any

import yaml

from models.text import clean, fold, new_tones

_HERE = Path(__file__).parent
_LEXICON = _HERE.parent / "extractors" / "lexicon"

TYPES = {
    "công văn": ("", 46),
    "báo cáo": ("BC", 12),
    "quyết định": ("QĐ", 12),
    "kế hoạch": ("KH", 9),
    "thông báo": ("TB", 8),
    "tờ trình": ("TTr", 4),
    "giấy mời": ("GM", 6),
    "chỉ thị": ("CT", 1),
    "nghị quyết": ("NQ", 1),
    "công điện": ("CĐ", 1),
}
"""Types with the sign in their code and how many in a hundred are such."""

_BODIES = (
    ("Ủy ban nhân dân", "UBND"),
    ("Sở Nội vụ", "SNV"),
    ("Sở Tài chính", "STC"),
    ("Sở Giáo dục và Đào tạo", "SGDĐT"),
    ("Sở Y tế", "SYT"),
    ("Sở Xây dựng", "SXD"),
    ("Sở Nông nghiệp và Môi trường", "SNNMT"),
    ("Hội đồng nhân dân", "HĐND"),
    ("Công an", "CA"),
    ("Bảo hiểm xã hội", "BHXH"),
    ("Thanh tra", "TTr"),
    ("Văn phòng Ủy ban nhân dân", "VPUB"),
    ("Đảng ủy", "ĐU"),
    ("Trung tâm Phục vụ hành chính công", "TTPVHCC"),
)
_UNITS = ("NV", "TH", "KT", "VX", "NC", "TCKH", "VP", "CCHC", "QLĐT", "VHXH")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, folded, and as it is ranked by."""

    plain: str
    folded: str
    marked: str

    @staticmethod
    def of(text: str) -> "Piece":
        normal = " ".join(clean(text).split())
        return Piece(normal, fold(normal), new_tones(normal).lower())


class Vocabulary:
    """All that is drawn from; `weights` fall as 1/rank, as those of words do: some pieces are in most texts, others in hardly any."""

    @cached_property
    def sentences(self) -> list[Piece]:
        texts = [text for file in sorted((_HERE / "corpus").glob("*/source/*.yaml")) for text in _strings(yaml.safe_load(file.read_text()))]
        return [Piece.of(text.replace("{{", "").replace("}}", "")) for text in dict.fromkeys(texts) if len(text) > 60]

    @cached_property
    def weights(self) -> list[float]:
        return [*accumulate(1 / rank for rank in range(2, len(self.sentences) + 2))]

    @cached_property
    def subjects(self) -> list[str]:
        found = [str(yaml.safe_load(file.read_text()).get("about") or "") for file in sorted((_HERE / "corpus").glob("*/source/*.yaml"))]
        return [text.removeprefix("V/v ") for text in found if len(text) > 20]

    @cached_property
    def places(self) -> list[str]:
        return [row["name"] for row in _rows("places.tsv")]

    @cached_property
    def names(self) -> dict[str, list[str]]:
        rows = _rows("person_names.tsv")
        return {role: [row["name"] for row in rows if row["role"] == role] for role in ("surname", "middle")}

    @cached_property
    def syllables(self) -> list[str]:
        return sorted({word for piece in self.sentences for word in piece.plain.split() if word.isalpha() and len(word) > 1})

    def person(self, chance: random.Random) -> str:
        """A name of three words: more of them than anybody has seen, so that a full name is a rare thing to look for."""
        given = chance.choice(self.syllables).capitalize()
        return f"{chance.choice(self.names['surname'])} {chance.choice(self.names['middle'])} {given}"

    def body(self, chance: random.Random) -> tuple[str, str, str]:
        """A body, the place it is of, and its sign."""
        (name, sign), place = chance.choice(_BODIES), chance.choice(self.places)
        return f"{name} {'tỉnh' if name.startswith('Sở') else 'phường'} {place}", place, sign

    def symbol(self, doc_type: str, sign: str, chance: random.Random) -> str:
        """Ký hiệu of a document of a body."""
        short = TYPES[doc_type][0]
        return f"{short}-{sign}" if short else f"{sign}-{chance.choice(_UNITS)}"

    def rare(self, chance: random.Random) -> str:
        """A sentence of its own: a coined name and a file's number, that stand in few documents or one."""
        coined = f"{chance.choice(self.syllables).capitalize()} {chance.choice(self.syllables).capitalize()}"
        return f"Hồ sơ số {chance.randrange(10**7)} của Công ty TNHH {coined} do ông {self.person(chance)} đại diện."


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def _rows(name: str) -> list[dict[str, str]]:
    with (_LEXICON / name).open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if not row["name"].startswith("#")]
