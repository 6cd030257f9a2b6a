"""`make story`: documents of four months dropped day by day through the real intake, and what the register says afterwards.

    python -m benchmarks.story [--story FILE] [--expected FILE] [--keep FOLDER]

The expectations were written by hand from the documents before the first run. Prints every difference, and a verdict for each story.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks import drops

HERE = Path(__file__).parent / "story"
Row = dict[str, Any]
Said = Iterator[tuple[str, Any, Any]]
"""(what is spoken of, expected, found)."""


class Told:
    """What the register says, in the names of the story."""

    def __init__(self, ids: dict[str, int]) -> None:
        self.ids = ids
        self.names = {known: name for name, known in ids.items()}

    def named(self, known: Any) -> Any:
        """An id in the story's name, a code as it is."""
        return self.names.get(known, known)


def numbers(register: Any, expected: Row, told: Told) -> Said:
    """The running numbers of both books."""
    for book, names in expected["numbers"].items():
        lines = sorted(register.entries(book=book, limit=500), key=lambda line: line["arrival_number"])
        yield f"numbers {book}", names, [told.named(line["id"]) for line in lines]


def items(register: Any, expected: Row, told: Told) -> Said:
    """Every follow-up item."""
    for name in told.ids:
        wanted = [_wanted(item) for item in expected["items"].get(name, [])]
        found = [item for item in register.show(told.ids[name])["follow_ups"] if not item["stale"]]
        yield f"items of {name}: due", [item["due"] for item in wanted], [item["due_on"] for item in found]
        for one, item in zip(wanted, sorted(found, key=lambda item: item["due_on"] or "9"), strict=False):
            here = {
                "due": item["due_on"],
                "state": item["state"],
                "by": told.named(item["closed_by"]),
                "on": item["closed_on"],
                "late": item["late"],
                "period": item["period"],
                "ours": item["ours"],
            }
            for part, value in one.items():
                yield f"item of {name} due {one['due']}: {part}", value, here[part]


def _wanted(item: Row) -> Row:
    plain = {"by": None, "on": None, "late": False} | item
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in plain.items()}


def links(register: Any, expected: Row, told: Told) -> Said:
    """Citations resolved, and the relations."""
    for name in told.ids:
        found = register.links(told.ids[name])
        wanted = expected["links"].get(name, {})
        for part in ("cites", "answers", "not_received"):
            yield f"links of {name}: {part}", sorted(wanted.get(part, [])), sorted(map(told.named, found[part]))
    kinds = {
        (name, row["relation"], told.named(row["document"]))
        for name, known in told.ids.items()
        for row in register.matters.relations(known)
    }
    for one, kind, other in expected["relations"]:
        yield f"{one} {kind} {other}", True, (one, kind, other) in kinds
    yield "missing", expected["missing"], [row["code"] for row in register.matters.missing()]
    for name, thread in expected["threads"].items():
        yield f"thread of {name}", thread, [told.named(line["id"]) for line in register.matters.thread(told.ids[name])]


def matrices(register: Any, expected: Row, told: Told) -> Said:
    """Who has reported."""
    for name, units in expected["matrix"].items():
        found = {unit["unit"]: unit["items"][0] for unit in register.matters.matrix(told.ids[name])["units"]}
        yield f"matrix of {name}: units", sorted(units), sorted(found)
        for unit, wanted in units.items():
            cell = found.get(unit, {"state": None, "received_on": None, "answer": None})
            here = {"state": cell["state"], "on": cell["received_on"], "by": told.named(cell["answer"])}
            yield f"matrix of {name}: {unit}", {**wanted, "on": wanted["on"].isoformat()}, here


def night(register: Any, wanted: Row, told: Told, day: date) -> Said:
    """What the digest of a night tells."""
    due = register.due(until=day + timedelta(days=7))
    for part, late in (("late", True), ("soon", False)):
        found = [[told.named(item["document"]), item["due_on"]] for item in due if item["late"] is late]
        yield f"night of {day}: {part}", sorted([name, one.isoformat()] for name, one in wanted[part]), sorted(found)


def tell(story: Row, expected: Row, folder: Path, cache: Path) -> Iterator[tuple[str, Any, Any]]:
    """The whole story, statement by statement."""
    documents = drops.drops(story["documents"])
    until = expected["until"]
    days = sorted({*(drop.on for drop in documents), *expected["nights"], until})
    told = Told({})
    with drops.Printer(cache) as printer:
        place = drops.Place(folder, story["office"])
        for day in days:
            told = Told(told.ids | place.drop([(drop, printer.pdf(drop)) for drop in documents if drop.on == day], day))
            if day in expected["nights"]:
                with place.register(day) as register:
                    yield from night(register, expected["nights"][day], told, day)
        with place.register(until) as register:
            for part in (numbers, items, links, matrices):
                yield from part(register, expected, told)
            yield "faults", [], register.check()


def play(story_file: Path, expected_file: Path, keep: Path | None) -> bool:
    """One story with its differences and its verdict; True where all holds."""
    story, expected = (drops.load(path)[0] for path in (story_file, expected_file))
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        said = list(tell(story, expected, keep or Path(folder), Path(tempfile.gettempdir()) / "vanthu-drops"))
    wrong = [one for one in said if one[1] != one[2]]
    for what, wanted, found in wrong:
        print(f"✗ {what}\n    expected {wanted}\n    found    {found}")
    verdict = "AS EXPECTED" if not wrong else "NOT AS EXPECTED"
    held = f"{len(said) - len(wrong)} of {len(said)} statements hold"
    print(f"{verdict}: {story['name']}: {len(story['documents'])} documents, {held}, {time.monotonic() - began:.0f} s", flush=True)
    return not wrong


def main() -> int:
    """Print the differences; 0 where all holds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--story", type=Path, help="one story alone, beside its expectation NAME.expected.yaml")
    parser.add_argument("--expected", type=Path)
    parser.add_argument("--keep", type=Path, help="the office's folder, kept")
    chosen = parser.parse_args()
    stories = [chosen.story] if chosen.story else sorted(HERE.glob("*.story.yaml"))
    right = [play(one, chosen.expected or one.with_name(one.name.split(".")[0] + ".expected.yaml"), chosen.keep) for one in stories]
    return not all(right)


if __name__ == "__main__":
    raise SystemExit(main())
