"""What the program says to people: Vietnamese, English with VANTHU_LANG=en; the sentences are in `messages.tsv`."""

import csv
import os
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LANGUAGES = ("vi", "en")
_spoken = os.environ.get("VANTHU_LANG", "vi")
_answered: ContextVar[str | None] = ContextVar("language of the request that is answered", default=None)


@cache
def sentences() -> dict[str, dict[str, str]]:
    """Every sentence by its key and language."""
    with Path(__file__).with_suffix(".tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["key"]: {name: text.replace("\\n", "\n") for name, text in row.items()} for row in rows}


def speak(language: str) -> None:
    """Say everything from now on in `language` (`vi` or `en`)."""
    global _spoken
    _spoken = language


def answer_in(language: str) -> None:
    """Say everything in `language` for whoever is answered now; others, answered at the same time, have their own."""
    _answered.set(language)


def spoken() -> str:
    """The language of what is said now."""
    language = _answered.get() or _spoken
    return language if language in LANGUAGES else "vi"


def say(key: str, **values: object) -> str:
    """The sentence `key` in the language spoken, with its values filled in; KeyError where there is no such sentence."""
    return sentences()[key][spoken()].format(**values)


def note(key: str) -> str:
    """What the reading of a document or page lacks, in words; `key:detail` as pages bear it."""
    name, _, detail = key.partition(":")
    return say(f"note.{name}", detail=detail or "–") if f"note.{name}" in sentences() else key


def reason(key: str) -> str:
    """Why a file was rejected, in words; a key without a sentence is said as it is."""
    return _in_words("reason", key)


def field(name: str) -> str:
    """What a field of the record is called; one that an office has added, and nobody has named, by its own name."""
    return _in_words("field", name)


def event(what: str) -> str:
    """What happened, in words."""
    return _in_words("event", what)


def _in_words(kind: str, key: str) -> str:
    return say(f"{kind}.{key}") if f"{kind}.{key}" in sentences() else key
