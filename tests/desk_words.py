"""Texts of the desk that are translated, found by Babel; `python -m tests.desk_words` writes those that are missing into the catalogue."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from vanthu import desk
from vanthu.desk.language import CATALOGUE

FOLDER = Path(desk.__file__).parent
_METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
_OPTIONS = {"templates/**.html": {"trimmed": "true", "encoding": "utf-8"}}


def used() -> Iterator[tuple[str, int, str | tuple[str, ...]]]:
    """(file, line, text) of every text."""
    for file, line, text, _comments, _context in extract_from_dir(FOLDER, _METHODS, _OPTIONS):
        yield file, line, text


def known() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def bring_up() -> list[str]:
    """Add what is missing with nothing as its English, take out what is no longer used; the texts that lack English."""
    old = known() if CATALOGUE.exists() else Catalog(locale="en")
    new = Catalog(locale="en", project="vanthu", version="1", header_comment="# English of the desk's pages; the texts are Vietnamese.")
    for _file, _line, text in used():
        before = old.get(text[0] if isinstance(text, tuple) else text)
        new.add(text, before.string if before else None)
    with CATALOGUE.open("wb") as file:
        write_po(file, new, width=140, sort_output=True, omit_header=False, no_location=True)
    return [str(message.id) for message in new if message.id and not message.string]


if __name__ == "__main__":
    print("\n".join(bring_up()))
