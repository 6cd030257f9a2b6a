"""Tóm tắt: what a night leaves for the morning, as text and as a page to print."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from vanthu.exports.files import write_whole
from vanthu.messages import reason
from vanthu.said import day


@dataclass(frozen=True, slots=True)
class Night:
    """What one night found: counts of its intake, new entries, open items soon due or late, entries to look at, rejected files."""

    day: date
    counts: dict[str, int]
    entries: list[dict[str, Any]]
    due: list[dict[str, Any]]
    looks: int
    rejected: list[dict[str, Any]]

    @property
    def late(self) -> list[dict[str, Any]]:
        """Items due before this day."""
        return [item for item in self.due if item["late"]]

    @property
    def soon(self) -> list[dict[str, Any]]:
        """Items due from this day on."""
        return [item for item in self.due if not item["late"]]


def write(folder: Path, night: Night) -> Path:
    """`folder/YYYY-MM-DD.txt` and `.html`; the path of the text. The same day again takes their place."""
    plain = folder / f"{night.day.isoformat()}.txt"
    write_whole(plain, _templates().get_template("summary.txt").render(night=night))
    write_whole(plain.with_suffix(".html"), _templates().get_template("summary.html").render(night=night))
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
    made.filters |= {"day": lambda value: day(value) or "chưa có hạn", "reason": reason, "bodies": lambda names: ", ".join(names or [])}
    return made
