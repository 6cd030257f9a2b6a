"""Cơ quan phối hợp: with whom the one who is charged works (`phối hợp với Y, Z …`, `…, các Ban B, C phối hợp`)."""

from extractors._bodies import Bodies, bodies, counted, raw_bodies
from extractors._tagged import Sentence
from extractors._words import INSIDE


def partners(s: Sentence) -> tuple[str, ...]:
    """`phối hợp với Y, Z …`, or `Y phối hợp`."""
    for at in range(len(s.words)):
        after = s.label(at, "WITH")
        if after is None:
            continue
        direct = after < len(s.words) and s.words[after].capital and s.head(after) is not None
        if direct or s.words[after - 1].low in ("voi", "cung"):
            found = counted(s, after) or _unknown(s, after)
            if found:
                return raw_bodies(s, found)
        elif before := _supporters(s, at):
            return before
    return ()


def _unknown(s: Sentence, at: int) -> Bodies | None:
    """A partner whose head noun is not in the lexicon: up to the verb that underthesea finds."""
    end = at
    while end < len(s.words) and s.words[end].low not in (",", ";", ".", ":", "(") and not (end > at and _begins_verb(s, end)):
        end += 1
    return Bodies(((at, end),), end) if end > at and s.words[at].tag != "V" else None


def _begins_verb(s: Sentence, at: int) -> bool:
    word = s.words[at]
    return not word.capital and word.tag != INSIDE and (word.tag == "V" or s.label(at, "START") is not None)


def _supporters(s: Sentence, at: int) -> tuple[str, ...]:
    """`…, các Ban B, C phối hợp`: supporters named before the verb, after the lead."""
    for start in range(1, at):
        if s.words[start - 1].low in (",", ";", "(") and s.head(start) is not None:
            found = bodies(s, start)
            led = any(s.label(n, "LEADING") for n in range(start))
            if found and found.end == at and led:
                return raw_bodies(s, found)
    return ()
