"""Cụm từ dấu hiệu of tasks: phrases of lexicon/task_cues.tsv as patterns on folded text."""

import re
from functools import cache

from extractors._lexicon import table
from models.text import fold


@cache
def cue(kind: str) -> re.Pattern[str]:
    """All phrases of a kind, the longest first, whole words only; `…` in a phrase stands for up to 60 characters."""
    phrases = sorted((fold(r["phrase"]) for r in table("task_cues") if r["kind"] == kind), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(_pattern, phrases))})(?!\w)")


def _pattern(phrase: str) -> str:
    return ".{1,60}?".join(r"\s+".join(map(re.escape, part.split())) for part in phrase.split("…"))
