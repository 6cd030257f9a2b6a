"""Dấu hiệu quanh thời hạn: what the words round a date say of it (an order, a data window, an earlier dispatch), by token patterns.

Phrases are in lexicon/deadline_signals.tsv; spaCy's Matcher finds them on folded tokens, so tone marks lost by recognition do not matter.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from extractors._lexicon import table
from models.text import fold, new_tones

_INVITES = re.compile(r"\bmời\b(?=[^.;]{1,500}?\b(?:dự|họp|tham dự|tham gia|tới|đến)\b)|\btriệu tập\b|\b(?:tới|đến) dự\b", re.IGNORECASE)
_TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Signal:
    """A phrase of some `kind` at `text[start:end]`."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Signals:
    """All signals of one sentence in order."""

    text: str
    found: tuple[Signal, ...]

    def before(self, at: int, *kinds: str, words: int = 200, clause: bool = True) -> Signal | None:
        """The last signal of `kinds` that begins before `at`, at most `words` words away; in the same clause unless told otherwise."""
        for signal in reversed(self.found):
            if signal.kind not in kinds or signal.start >= at:
                continue
            between = self.text[signal.end : at]
            if len(between.split()) <= words and not (clause and ";" in between):
                return signal
        return None

    def after(self, at: int, *kinds: str, words: int = 200) -> Signal | None:
        """The first signal of `kinds` that begins at or after `at`, in the same clause."""
        for signal in self.found:
            if signal.kind in kinds and signal.start >= at:
                between = self.text[at : signal.start]
                return signal if len(between.split()) <= words and ";" not in between else None
        return None


def signals(text: str) -> Signals:
    """Dấu hiệu in a sentence."""
    folded = fold(text)
    tokens = list(_TOKEN.finditer(folded))
    nlp, matcher = _matcher()
    with nlp.memory_zone():
        from spacy.tokens import Doc

        doc = Doc(nlp.vocab, words=[t.group() for t in tokens])
        for token, printed in zip(doc, tokens, strict=True):
            token.norm_ = new_tones(text[printed.start() : printed.end()].lower())
        found = {Signal(nlp.vocab.strings[key], tokens[i].start(), tokens[j - 1].end()) for key, i, j in matcher(doc)}
    found |= {Signal("invite", m.start(), m.end()) for m in _INVITES.finditer(text)}
    return Signals(text, tuple(sorted(found, key=lambda s: (s.end, s.start))))


@cache
def _matcher() -> tuple[Any, Any]:
    import spacy
    from spacy.matcher import Matcher

    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "spacy.vi.VietnameseTokenizer", "use_pyvi": False}}})
    matcher = Matcher(nlp.vocab)
    for row in table("deadline_signals"):
        matcher.add(row["kind"], [token_pattern(row["phrase"])])
    return nlp, matcher


def token_pattern(phrase: str) -> list[dict[str, Any]]:
    """A phrase as a Matcher pattern: `a|b` either word, `=word` with its tones, `word?` may be left out."""
    pattern: list[dict[str, Any]] = []
    for part in phrase.split():
        either = part.rstrip("?").split("|")
        # A word that another differs from by its tones alone (tính, tỉnh) must carry them; the rest match without.
        words: dict[str, Any] = (
            {"NORM": {"IN": [w.lstrip("=") for w in either]}}
            if part.startswith("=")
            else {"LOWER": {"IN": [fold(w.lstrip("=")) for w in either]}}
        )
        pattern.append(words | {"OP": "?"} if part.endswith("?") else words)
    return pattern
