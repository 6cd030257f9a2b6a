"""Stacks of documents drawn as pages: where they are split, and that no page is lost."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors._batches import RULES, cut, further, split
from extractors._lexicon import table
from models.document import Box, Document, Line, Word
from tests.sketch import WIDTH, document
from vanthu.messages import sentences
from vanthu.pipeline.batches import divided, united

FOLDER = Path(__file__).parent / "cases" / "batches"
PAGES: dict[str, str] = yaml.safe_load((FOLDER / "pages.yaml").read_text(encoding="utf-8"))
CASES: list[dict[str, Any]] = yaml.safe_load((FOLDER / "splits.yaml").read_text(encoding="utf-8"))
FOLIOS = {"numbered-head": ("letter-b", 3), "folio-2": ("list", 2), "folio-1": ("list", 1)}
"""Pages with their number printed in the upper margin."""


def stack(names: list[str]) -> Document:
    plain = document("===\n".join(PAGES[FOLIOS.get(name, (name, 0))[0]] or "\n" for name in names))
    pages = [
        replace(page, lines=(folio(FOLIOS[name][1]), *page.lines)) if name in FOLIOS else page
        for page, name in zip(plain.pages, names, strict=True)
    ]
    return Document.assemble(pages, "scan.pdf")


def folio(number: int) -> Line:
    box = Box(WIDTH // 2 - 8, 90, WIDTH // 2 + 8, 116)
    return Line((Word(str(number), box),), box)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_stack(case: dict[str, Any]) -> None:
    parts = split(stack(case["pages"]))
    assert {part.first: [*part.pages] for part in parts} == case["parts"]
    assert {one.page: one.rule for part in parts for one in part.proposals} == case.get("proposed", {})


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(sorted(PAGES)), min_size=1, max_size=9))
def test_every_page_but_separators_is_in_one_part(names: list[str]) -> None:
    parts = split(stack(names))
    given_out = [number for part in parts for number in part.pages]
    assert len(given_out) == len({*given_out}) and all(part.pages for part in parts)
    missing = {*range(1, len(names) + 1)} - {*given_out}
    assert all(names[number - 1] in ("separator", "blank") for number in missing)
    if "separator" not in names:
        assert not missing
    firsts = [part.first for part in parts]
    assert firsts == sorted(firsts)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(sorted(PAGES)), min_size=1, max_size=6))
def test_what_was_split_is_not_split_again(names: list[str]) -> None:
    whole = stack(names)
    for part in split(whole):
        one = cut(whole, part.pages)
        assert [page.number for page in one.pages] == [*part.pages]
        assert not any(found.sure for found in further(one))


def test_what_a_person_has_refused_is_not_proposed() -> None:
    whole = stack(["forwards-b", "letter-b", "company"])
    assert [one.page for one in further(whole)] == [2, 3]
    assert [one.page for one in further(whole, [2])] == [3]


def test_typed_documents_are_never_split() -> None:
    typed = stack(["letter-a", "letter-b"])
    pages = [replace(page, source="docx") for page in typed.pages]
    assert [part.pages for part in split(Document.assemble(pages))] == [(1, 2)]


def test_a_document_without_pages() -> None:
    assert [part.pages for part in split(Document.assemble([]))] == [()]


@pytest.mark.parametrize(
    ("pages", "at", "parts"),
    [
        (None, [2], [(1,), (2, 3)]),
        ((4, 5, 6), [6, 5], [(4,), (5,), (6,)]),
        ((3, 4, 5, 2), [5], [(3, 4, 2), (5,)]),
        ((4, 5), [4], [(), (4, 5)]),
    ],
)
def test_pages_shared_out(pages: tuple[int, ...] | None, at: list[int], parts: list[tuple[int, ...]]) -> None:
    assert divided(stack(["letter-a", "back-a", "letter-b"]), pages, at) == parts


def test_pages_put_together() -> None:
    assert united((3, 4, 2), (6, 7)) == (3, 4, 6, 7, 2)
    assert united((6, 7), (3, 4)) == (3, 4, 6, 7)


def test_every_rule_is_said_in_words() -> None:
    assert {*RULES} == {key for key in sentences() if key.startswith("batch.")}


def test_cues_of_sheets() -> None:
    assert {row["means"] for row in table("sheet_cues")} == {"annex", "cover", "separator", "copy"}
    assert len({row["cue"] for row in table("sheet_cues")}) == len(table("sheet_cues"))
    assert all(row["note"] for row in table("sheet_cues"))
