"""The mix of questions: what people put to a register, from what is in one entry to what is in all."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from vanthu.register.connection import Base

ASKED = 12
"""Questions of each kind, drawn from the register with a fixed seed."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How a question is made of an entry; `plain`: of words alone, so that a plain FTS5 search can be put beside it."""

    made: Callable[[Base, int], str]
    plain: bool = True


def _column(name: str) -> Callable[[Base, int], str]:
    return lambda base, id_: str(base.value(f"SELECT {name} FROM documents WHERE id=?", id_) or "")


def _words(column: str, count: int, *, folded: bool = False) -> Callable[[Base, int], str]:
    def made(base: Base, id_: int) -> str:
        from models.text import fold

        words = [word for word in str(base.value(f"SELECT {column} FROM documents WHERE id=?", id_) or "").split() if word.isalpha()]
        start = id_ % max(1, len(words) - count)
        text = " ".join(words[start : start + count])
        return fold(text) if folded else text

    return made


def _own(base: Base, id_: int) -> str:
    """The file's number, and the firm, of the sentence that is the entry's own."""
    text = str(base.value("SELECT text FROM pages WHERE document_id=? AND text LIKE '%Hồ sơ số%' LIMIT 1", id_) or "")
    words = text.partition("Hồ sơ số ")[2].split()
    return " ".join(words[:1] + words[5:7])


def _in_month(base: Base, id_: int) -> str:
    return f"{_words('subject', 3)(base, id_)} den:{_column('substr(received_on, 1, 7)')(base, id_)}"


def _of_issuer(base: Base, id_: int) -> str:
    return f'coquan:"{_column("issuer")(base, id_)}" {_words("subject", 1)(base, id_)}'


MIX: dict[str, Kind] = {
    "a file's number and a firm": Kind(_own),
    "a code": Kind(_column("code")),
    "a signer's full name": Kind(_column("signer_name")),
    "a name in quotes": Kind(lambda base, id_: f'"{_column("signer_name")(base, id_)}"'),
    "four words of a subject": Kind(_words("subject", 4)),
    "the same without tone marks": Kind(_words("subject", 4, folded=True)),
    "three words and a month": Kind(_in_month, plain=False),
    "an issuer and a word": Kind(_of_issuer, plain=False),
    "a number": Kind(lambda base, id_: f"so:{_column('number')(base, id_)}", plain=False),
    "two words of everywhere": Kind(lambda _, id_: ("báo cáo", "thực hiện", "ủy ban", "kết quả")[id_ % 4]),
    "one word of everywhere": Kind(lambda _, id_: ("ban", "dân", "ngày", "của")[id_ % 4]),
}


def questions(base: Base, kind: str) -> list[str]:
    """The questions of a kind for a register, the same each time."""
    chance = random.Random(7)
    last = int(base.value("SELECT max(id) FROM documents"))
    return [MIX[kind].made(base, chance.randrange(1, last + 1)) for _ in range(ASKED)]
