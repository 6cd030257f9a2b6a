"""Chỗ tìm thấy trên trang: words of a page that a search asked for, to be marked on its picture."""

from models.document import Box
from models.text import fold
from vanthu.register import words
from vanthu.register.connection import Base
from vanthu.register.query import Term, parse

_MOST = 200
_MARKS = ".,;:()[]«»\"'“”…"


def hits(base: Base, entry_id: int, query: str) -> dict[int, list[Box]]:
    """Boxes by page; a phrase is marked only where its words follow one another."""
    terms = parse(query, base.today).terms if query.strip() else ()
    if not terms:
        return {}
    found: dict[int, list[Box]] = {}
    for row in base.rows("SELECT page FROM words WHERE document_id=? ORDER BY page", entry_id):
        placed = words.of_page(base, entry_id, row["page"]) or []
        plain = [fold(text).strip(_MARKS) for text, _, _ in placed]
        marked = sorted({place for term in terms for place in _places(term, plain)})
        if marked:
            found[row["page"]] = [placed[place][1] for place in marked[:_MOST]]
    return found


def _places(term: Term, plain: list[str]) -> list[int]:
    asked = term.folded.split()
    if not asked:
        return []
    out: list[int] = []
    for start in range(len(plain) - len(asked) + 1):
        here = plain[start : start + len(asked)]
        same = here[:-1] == asked[:-1] and (here[-1].startswith(asked[-1]) if term.prefix else asked[-1] == here[-1])
        if same or (term.is_code and len(asked) == 1 and asked[0] in here[0]):
            out += range(start, start + len(asked))
    return out
