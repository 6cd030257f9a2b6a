"""Tên đã học: a damaged reading set against names that people of this office wrote. What is printed clearly is never touched.

A learnt name takes the place of a reading only where every letter that differs stands in a word that was read badly, and no other
learnt name is as near. Nothing here looks at papers that were born digital: their letters are sure.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from extractors._patterns import letters
from extractors._symbols import plain, type_codes
from models.context import Learnt
from models.document import Document, Word
from models.found import Found
from models.record import Signer
from models.text import fold, new_tones

_CLEAR = 0.93
"""A word read with so much is printed clearly."""
_MOST = 0.25
"""Share of a name's letters that may differ at most."""
_MOST_OF_WORD = 0.5
"""Share of one word's letters: a word that differs by more is another word, and the name another name."""
_SHORTEST = 5
_MARK_ONLY = 0.5
"""Cost of a letter that differs by its mark alone: marks are what recognition loses."""
_SURE = 0.95
_AS_PRINTED = 0.97
_LONG_SYMBOL = 4


class Near(NamedTuple):
    """A learnt name, what it costs to read it in these words, and how sure it is."""

    name: str
    cost: float
    sure: float


def nearest(words: Sequence[Word], names: Iterable[str]) -> Near | None:
    """The one learnt name that `words` read as; None where none does, or two do as well."""
    fitting = sorted((near for name in {*names} if (near := _fit(words, name))), key=lambda n: n.cost)
    if not fitting or (len(fitting) > 1 and fitting[1].cost - fitting[0].cost < _MARK_ONLY):
        return None
    return fitting[0]


def _fit(words: Sequence[Word], name: str) -> Near | None:
    read = [(letter, word.confidence) for word in words for letter in _plain(word.text)]
    wanted = [(letter, number) for number, part in enumerate(name.split()) for letter in _plain(part)]
    if len(wanted) < _SHORTEST or not read:
        return None
    here, there = "".join(letter for letter, _ in read), "".join(letter for letter, _ in wanted)
    costs: defaultdict[int, float] = defaultdict(float)
    for edit in Levenshtein.editops(here, there):
        around = read[max(0, edit.src_pos - (edit.tag == "insert")) : edit.src_pos + 1]
        if min(sure for _, sure in around or read[-1:]) >= _CLEAR:
            return None
        marked = edit.tag == "replace" and fold(here[edit.src_pos]) == fold(there[edit.dest_pos])
        costs[wanted[min(edit.dest_pos, len(wanted) - 1)][1]] += _MARK_ONLY if marked else 1.0
    sizes = Counter(number for _, number in wanted)
    cost = sum(costs.values())
    if cost > _MOST * len(wanted) or any(cost > _MOST_OF_WORD * sizes[number] for number, cost in costs.items()):
        return None
    return Near(name, cost, _SURE * (1 - cost / sum(sizes[number] for number in costs)) if costs else _SURE)


def _plain(text: str) -> str:
    return "".join(c for c in new_tones(text).lower() if c.isalnum())


def mended(own: Found[str], words: Sequence[Word], names: Iterable[str], rule: str) -> Found[str]:
    """`own`, or a learnt name where `own` is doubtful or was read as something else by a few bad letters; what was read is a candidate."""
    near = nearest(words, names)
    if near is None or (own.value == near.name and not own.needs_look):
        return own
    same = own.value is not None and _plain(own.value) == _plain(near.name)  # capitals do not say where a name has small letters
    near = near._replace(sure=max(near.sure, own.confidence)) if same else near
    read = [text for text in (own.value, *own.candidates) if text and text != near.name]
    return replace(own, value=near.name, rule=rule, confidence=near.sure, candidates=tuple(dict.fromkeys(read)))


def of_body(learnt: Learnt, issuer: Found[str] | None, parent: Found[str] | None) -> Learnt:
    """What was learnt of the document's own issuer, nothing where that is not known; the superior body must not be another one."""
    if issuer is None or issuer.value is None:
        return Learnt()
    own, over = letters(issuer.value), letters(parent.value) if parent and parent.value else ""

    def same(name: str, above: str | None) -> bool:
        return letters(name) == own and (not above or not over or letters(above) == over)

    bodies = tuple(body for body in learnt.bodies if same(body.name, body.parent))
    return Learnt(bodies, tuple(signer for signer in learnt.signers if same(signer.issuer, signer.parent)))


def mended_signer(own: Found[Signer], words: Sequence[Word], learnt: Learnt) -> Found[Signer]:
    """The signer with the name of one who has signed for this body; where no name was read, those who held the position are candidates."""
    if own.value is None:
        return own
    if not words:
        held = (s.name for s in learnt.signers if s.position and letters(s.position) == letters(own.value.position or ""))
        return replace(own, candidates=tuple(dict.fromkeys((*own.candidates, *held)))) if own.value.name is None else own
    near = nearest(words, [signer.name for signer in learnt.signers])
    if near is None or (own.value.name and _plain(own.value.name) == _plain(near.name)):
        return own
    read = [text for text in (own.value.name, *own.candidates) if text and text != near.name]
    sure = near.sure if own.value.position else min(near.sure, own.confidence)
    return replace(own, value=replace(own.value, name=near.name), rule="signer.learnt", confidence=sure, candidates=tuple(read))


def mended_code(document: Document, own: Found[str], learnt: Learnt) -> Found[str]:
    """The code with the learnt abbreviation of the document's own body, where it was read with one wrong letter or mended to another."""
    words = [word for _, word in document.words_between(own.spans[0].start, own.spans[-1].end)] if own.spans else []
    if own.value is None or not words or min(word.confidence for word in words) >= _AS_PRINTED:
        return own
    printed = re.sub(r"\s", "", document.text[own.spans[0].start : own.spans[-1].end])
    here, there = _segments(own.value), _segments(printed)
    at = _body_at(here)
    if at >= len(here) or len(here) != len(there):
        return own
    for abbreviation in {body.abbreviation for body in learnt.bodies if body.abbreviation}:
        near = len(abbreviation) >= _LONG_SYMBOL and Levenshtein.distance(plain(there[at]), abbreviation) <= 1
        if near and here[at] != abbreviation:
            value = "".join([*here[:at], abbreviation, *here[at + 1 :]])
            return replace(own, value=value, rule="code.learnt", candidates=(own.value,))
    return own


def _segments(code: str) -> list[str]:
    """`12/TB-BQLKKT` → `12`, `/`, `TB`, `-`, `BQLKKT`."""
    return re.split(r"([-/.&])", code)


def _body_at(segments: Sequence[str]) -> int:
    """Index of the segment that names the body: after a type's code, else the first of the symbol."""
    return 4 if len(segments) > 2 and segments[2] in type_codes() else 2


def abbreviation_of(code: str | None) -> str | None:
    """`12/TB-BQLKKT`, `30/BQLKKT-VP` → `BQLKKT`; None for a code of another form (laws, joint documents)."""
    segments = _segments(code or "")
    at = _body_at(segments)
    plainly = len(segments) > at and segments[1] == "/" and re.fullmatch(r"\d+[a-zđ]?", segments[0])
    return segments[at] if plainly and not segments[at].isdigit() else None
