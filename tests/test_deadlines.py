"""Time limits: sentences and what they set, cells of tables, properties of dates and periods."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from extractors._dates import moments
from extractors._due_cells import cell_limits, deadline_columns
from extractors._judge import Frame
from extractors._lexicon import table
from extractors._limits import phrases
from extractors._numbers import number
from extractors._paragraphs import Paragraph
from extractors._reckoning import Reckoning
from extractors._setting import settings
from extractors._signals import token_pattern
from extractors.deadlines import limits
from models.record import Deadline

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "grammar" / "deadlines.yaml").read_text(encoding="utf-8"))


def said(deadline: Deadline) -> str:
    relative = deadline.relative
    what = deadline.due_on or deadline.recurring or (f"{relative.count} {relative.unit} {relative.start}" if relative else None)
    return f"{what} | {deadline.text}"


def frame_of(case: dict[str, Any]) -> Frame:
    issued = case.get("issued", date(2026, 3, 5))
    before = [case["label"]] if "label" in case else []
    paragraphs = [Paragraph(text, tuple(range(len(text)))) for text in [*before, case["text"]]]
    return settings(paragraphs, Reckoning(issued, issued.year), case.get("type", "công văn"))[-1].frame


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:60])
def test_sentence(case: dict[str, Any]) -> None:
    assert [said(deadline) for _, deadline, _, _ in limits(case["text"], frame_of(case))] == case["expect"]
