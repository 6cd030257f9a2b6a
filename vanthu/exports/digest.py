"""Tóm tắt: what a night leaves for the morning, as text and as a page: what came in, what waits for a person, what is due, by unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from vanthu.exports.files import write_whole
from vanthu.messages import reason, say
from vanthu.said import day

Item = dict[str, Any]

SECTIONS = ("late", "today", "week", "next_week")

_SHOWN = 150
"""Items of a section that the digest lists at most; `vanthu due` has them all."""


@dataclass(frozen=True, slots=True)
class Section:
    """Mục: items due within a span, by the unit that does them, each unit's in order of due date; `more`: how many are left out."""

    key: str
    count: int
    groups: tuple[tuple[str, tuple[Item, ...]], ...]
    more: int


@dataclass(frozen=True, slots=True)
class Digest:
    """What one morning is told. `counts`: of the night's intake; `waiting`: entries that a person must look at, `looks` of them in all."""

    day: date
    counts: dict[str, int]
    entries: Sequence[dict[str, Any]]
    waiting: Sequence[dict[str, Any]]
    looks: int
    due: Sequence[Item]
    rejected: Sequence[dict[str, Any]]

    @property
    def sections(self) -> list[Section]:
        """Late, due today, in the rest of this week, next week; a week ends on Sunday."""
        return [_section(key, [item for item in self.due if self._when(item) == key]) for key in SECTIONS]

    @property
    def by_unit(self) -> list[tuple[str, list[int]]]:
        """(unit, its items in each section), the unit with most late items first."""
        counted: dict[str, list[int]] = {}
        for item in self.due:
            if key := self._when(item):
                for unit in units_of(item):
                    counted.setdefault(unit, [0] * len(SECTIONS))[SECTIONS.index(key)] += 1
        return sorted(counted.items(), key=lambda row: ([-number for number in row[1]], row[0]))

    def _when(self, item: Item) -> str | None:
        if not item["due_on"]:
            return None
        due = date.fromisoformat(item["due_on"])
        sunday = self.day + timedelta(days=6 - self.day.weekday())
        spans = ((self.day - timedelta(days=1), "late"), (self.day, "today"), (sunday, "week"), (sunday + timedelta(days=7), "next_week"))
        return next((key for last, key in spans if due <= last), None)

    @property
    def subject(self) -> str:
        """Subject of the mail: the day, and how much is late and due."""
        late, today, *_ = self.sections
        return say("digest.subject", day=day(self.day), late=late.count, today=today.count, new=len(self.entries))


def until(today: date) -> date:
    """The last day that a digest of `today` looks ahead to: the Sunday of next week."""
    return today + timedelta(days=13 - today.weekday())


def units_of(item: Item) -> list[str]:
    """Who does an item: our unit that it was given to, else those of many who still owe us it, else whom the document charges."""
    return item.get("awaited") or [str(item["unit"] or "; ".join(item["lead"]) or say("digest.no_unit"))]


def _section(key: str, items: Sequence[Item]) -> Section:
    groups: dict[str, list[Item]] = {}
    for item in items[:_SHOWN]:
        for unit in units_of(item):
            groups.setdefault(unit, []).append(item)
    ordered = sorted(groups.items(), key=lambda group: (not any(item["ours"] for item in group[1]), group[0]))
    return Section(key, len(items), tuple((unit, tuple(own)) for unit, own in ordered), max(0, len(items) - _SHOWN))


def text(digest: Digest) -> str:
    """As plain text."""
    return _templates().get_template("digest.txt").render(digest=digest)


def page(digest: Digest) -> str:
    """As an HTML page."""
    return _templates().get_template("digest.html").render(digest=digest)


def write(folder: Path, digest: Digest) -> Path:
    """`folder/YYYY-MM-DD.txt` and `.html`; the path of the text. The same day again takes their place."""
    plain = folder / f"{digest.day.isoformat()}.txt"
    write_whole(plain, text(digest))
    write_whole(plain.with_suffix(".html"), page(digest))
    return plain


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("vanthu.exports"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"day": lambda value: day(value) or say("cli.no_date"), "reason": reason}
    made.globals["say"] = say
    return made
