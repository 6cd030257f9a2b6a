"""`make bench-links`: quality of links and closings over labelled cases (benchmarks/links/README.md has their format).

    python -m benchmarks.links [--set dev|test|test2] [--only NAME] [--details]

Each case goes through the real flow into an office of its own. Rates stand with their n and 95 % bound.
"""

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import drops
from benchmarks.accuracy import upper
from models.text import fold, one_line

HERE = Path(__file__).parent / "links"
Row = dict[str, Any]


@dataclass
class Score:
    """Counts, and what was wrong in words."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, name: str, what: str, good: str = "") -> None:
        """Count one judgement; all but `good` ones are told."""
        self.counts[name] += 1
        if name != good:
            self.wrong.append(f"{name}: {what}")


def judge(case: Row, ids: dict[str, int], register: Any, score: Score) -> None:
    """Compare what the register says with the labels of a case."""
    _pairs(case, ids, register, score)
    _kinds(case, ids, register, score)
    _closings(case, ids, register, score)


def _pairs(case: Row, ids: dict[str, int], register: Any, score: Score) -> None:
    names = {known: name for name, known in ids.items()}
    labelled = {(pair["from"], pair["to"]): pair["relation"] for pair in case.get("pairs", [])}
    found: dict[tuple[str, str], str] = {}
    for name, known in ids.items():
        said = register.links(known)
        for other in said["cites"]:
            found[name, names.get(other, str(other))] = "answers" if other in said["answers"] else "cites"
    for pair in sorted({*labelled, *found}):
        wanted, here = labelled.get(pair, "none"), found.get(pair, "none")
        what = f"{case['name']}: {pair[0]} → {pair[1]} is {wanted}, said {here}"
        score.counts["pairs"] += pair in labelled
        for part in ("link", "answer"):
            truth, said_so = (value == "answers" or (part == "link" and value == "cites") for value in (wanted, here))
            name = {(True, True): "right", (False, True): "wrong", (True, False): "missed", (False, False): "clear"}[truth, said_so]
            score.add(f"{part} {name}", what, f"{part} right" if name == "right" else f"{part} clear")


def _kinds(case: Row, ids: dict[str, int], register: Any, score: Score) -> None:
    for pair in case.get("pairs", []):
        if kind := pair.get("kind"):
            rows = register.matters.relations(ids[pair["from"]])
            said = {row["relation"] for row in rows if row["document"] == ids[pair["to"]]}
            what = f"{case['name']}: {pair['from']} {kind} {pair['to']}, said {', '.join(said) or 'nothing'}"
            score.add("kind right" if kind in said else "kind wrong", what, "kind right")


def _closings(case: Row, ids: dict[str, int], register: Any, score: Score) -> None:
    names = {known: name for name, known in ids.items()}
    wanted: dict[int, set[str]] = {}
    for label in case.get("closings", []):
        item = _item(register, ids[label["document"]], str(label["has"]))
        if item is None:
            score.add("item not found", f"{case['name']}: {label['document']} {label['has']}")
            continue
        wanted.setdefault(item["id"], set())
        if label.get("by"):
            wanted[item["id"]].add(label["by"])
        if "done" in label:
            right = (item["state"] == "done") is label["done"]
            score.add("done right" if right else "done wrong", f"{case['name']}: {label['has']} is {item['state']}", "done right")
    rows = register.matters.closings()
    for row in rows:
        truth = names.get(row["answer"]) in wanted.get(row["item"], set())
        what = f"{case['name']}: {names.get(row['answer'])} → #{row['item']} {row['text'][:60]} ({row['due_on']}) {row['confidence']}"
        name = f"{'closed' if row['state'] == 'closed' else 'proposed'} {'right' if truth else 'wrong'}"
        score.add(name, what, "closed right")
    said = {(row["item"], names.get(row["answer"])) for row in rows}
    for item, answers in wanted.items():
        for answer in answers:
            if (item, answer) not in said:
                score.add("closing missed", f"{case['name']}: #{item} by {answer}")


def _item(register: Any, document: int, phrase: str) -> Row | None:
    """The item that a label means: by its time limit first, then by its text."""
    asked = one_line(fold(phrase))
    items = [item for item in register.show(document)["follow_ups"] if not item["stale"]]
    parts = ("deadline_text", "period", "text")
    return next((item for part in parts for item in items if asked in one_line(fold(item[part] or ""))), None)


def run(folder: Path, only: str | None, cache: Path) -> Iterator[Row]:
    """Each case with the score of it alone."""
    with drops.Printer(cache) as printer, tempfile.TemporaryDirectory() as tmp:
        for number, file in enumerate(sorted(folder.glob("*.yaml"))):
            for place, case in enumerate(drops.load(file)):
                if only and only not in (file.stem, case["name"]):
                    continue
                office = drops.Place(Path(tmp) / f"{number}-{place}", case.get("office", {}))
                documents = drops.drops(case["documents"])
                if case.get("directory"):
                    _directory(office, case["directory"], documents[0])
                ids = drops.run(office, documents, printer)
                score = Score()
                with office.register(max(drop.on for drop in documents)) as register:
                    lost = [drop.id for drop in documents if drop.id not in ids]
                    if lost:
                        raise SystemExit(f"{case['name']}: not registered: {', '.join(lost)}")
                    judge(case, ids, register, score)
                yield {"case": case["name"], "score": score}


def _directory(office: drops.Place, names: list[str], first: drops.Drop) -> None:
    file = office.folder / "directory.csv"
    file.write_text("loại;tên\n" + "".join(f"cơ quan;{name}\n" for name in names), encoding="utf-8")
    with office.register(first.on) as register:
        register.directory.take(file, who="bench")


def table(counts: Counter[str]) -> Iterator[str]:
    """The figures, a line each."""
    yield f"labelled pairs: {counts['pairs']}"
    for part in ("link", "answer"):
        right, wrong, missed = (counts[f"{part} {name}"] for name in ("right", "wrong", "missed"))
        yield f"{part}s: {_rate('precision', wrong, right + wrong)}; {_rate('recall', missed, right + missed)}"
    yield f"relations: {_rate('right', counts['kind wrong'], counts['kind right'] + counts['kind wrong'])}"
    closed = counts["closed right"] + counts["closed wrong"]
    true = counts["closed right"] + counts["proposed right"] + counts["closing missed"]
    yield f"closed by itself: wrong {_bound(counts['closed wrong'], closed)}; of {true} true ones {counts['closed right']} closed"
    yield f"proposed: {counts['proposed right']} right, {counts['proposed wrong']} wrong; missed {counts['closing missed']}"
    yield f"items done when all have answered: wrong {_bound(counts['done wrong'], counts['done right'] + counts['done wrong'])}"
    yield f"labels whose item was not read: {counts['item not found']}"


def _rate(name: str, errors: int, n: int) -> str:
    return f"{name} {1 - errors / n if n else 1:.3f} ({_bound(errors, n)})"


def _bound(errors: int, n: int) -> str:
    return f"{errors}/{n} ≤{upper(errors, n):.3f}" if n else "0/0"


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--set", default="dev", choices=["dev", "test", "test2"])
    parser.add_argument("--only", help="one file or case")
    parser.add_argument("--details", action="store_true", help="everything that is wrong, missed or only proposed")
    chosen = parser.parse_args()
    total: Counter[str] = Counter()
    for one in run(HERE / chosen.set, chosen.only, Path(tempfile.gettempdir()) / "vanthu-drops"):
        total += one["score"].counts
        for line in one["score"].wrong if chosen.details else ():
            print(line, flush=True)
    print("\n".join(table(total)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
