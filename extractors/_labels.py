"""Mẫu từ: spaCy's SpanRuler finds the phrases of the lexicon in tokens, by folded form."""

from functools import cache
from typing import Any

from extractors._lexicon import table
from extractors._words import INSIDE, Token
from models.text import fold

Labels = dict[int, dict[str, int]]
"""Token index → label → index after the longest phrase of that label that begins there."""

_CUES = ("ASSIGN", "LEADING", "WITH", "START", "NAMING", "TELLS", "OPINION", "prefix")


def labels(words: tuple[Token, ...]) -> Labels:
    """Which phrases begin at which token."""
    from spacy.tokens import Doc

    nlp = _ruler()
    doc = nlp.get_pipe("span_ruler")(Doc(nlp.vocab, words=[w.low for w in words])) if words else None
    found: Labels = {}
    for span in doc.spans["ruler"] if doc else ():
        if _whole(words, span.start, span.end, span.label_):
            here = found.setdefault(span.start, {})
            here[span.label_] = max(span.end, here.get(span.label_, 0))
    return found


def _whole(words: tuple[Token, ...], start: int, end: int, label: str) -> bool:
    """One syllable counts only as a word of its own, with its tone: `giao` in `giao Sở Y tế`, not in `giao thông`."""
    opens_inside = words[start].tag == INSIDE and not words[start].capital
    if end - start > 1:
        # in `viễn thông bảo đảm` stands no `thông báo`: out of a word that begins before it, a phrase is taken with its tones alone
        return not opens_inside or " ".join(w.text.lower() for w in words[start:end]) in _phrases(label)
    ends_inside = end < len(words) and words[end].tag == INSIDE and not words[end].capital
    return not (opens_inside or ends_inside) and words[start].text.lower() in _phrases(label)


@cache
def _phrases(label: str) -> frozenset[str]:
    rows = [*table("task_cues"), *table("body_heads")]
    return frozenset(r["phrase"].lower() for r in rows if r["kind"] == label)


@cache
def _ruler() -> Any:
    import spacy

    # its own tokenizer: pyvi is not installed, and words come tagged already
    tokenizer = {"@tokenizers": "spacy.vi.VietnameseTokenizer", "use_pyvi": False}
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": tokenizer}})
    ruler = nlp.add_pipe("span_ruler", config={"phrase_matcher_attr": "LOWER", "validate": False})
    cues = [(r["kind"], r["phrase"]) for r in table("task_cues") if r["kind"] in _CUES]
    heads = [(r["kind"], r["phrase"]) for r in table("body_heads")]
    ruler.add_patterns([{"label": kind, "pattern": fold(phrase).replace(",", " ,")} for kind, phrase in cues + heads])
    return nlp
