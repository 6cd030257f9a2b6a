"""How far the confidence of a value can be relied on, and what passes without a person's look: on documents no rule was tuned to.

    python -m benchmarks.confidence [--sets test] [--kinds digital,clean,office,fax,photo] [--seed 1] [--reuse]

First table: values by their confidence, the share that is right beside it. Second: for the review threshold in use and others, the
share of values that nobody has to look at and the wrong ones among them, errors / n with the upper 95 % bound (Clopper-Pearson).
A value is a header value that was found, or an item of a list; right as `benchmarks/score` says. A value left blank passes nobody's
threshold and is counted in neither table.
"""

import argparse
import importlib.machinery
import importlib.util
import json
from collections.abc import Iterator
from itertools import pairwise
from types import ModuleType
from typing import Any, NamedTuple

from benchmarks import reads, scans
from benchmarks.accuracy import upper
from extractors import extract
from models.context import Context
from models.found import LOOK_BELOW

BINS = (0.0, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 1.01)
THRESHOLDS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.93, 0.95)
Json = dict[str, Any]


class Value(NamedTuple):
    """A value with its confidence, and whether it is right."""

    field: str
    confidence: float
    right: bool


def scorer() -> ModuleType:
    """`benchmarks/score` as a module: it has no ending."""
    loader = importlib.machinery.SourceFileLoader("score", str(scans.HERE / "score"))
    spec = importlib.util.spec_from_loader("score", loader)
    assert spec
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def values(record: Json, gold: Json, score: ModuleType) -> Iterator[Value]:
    """Every value of a record against its gold."""
    found = record["_found"]
    for field in score.SCALARS:
        got = score.dig(record, field)
        if got is not None:
            yield Value(field, found[field.split(".")[0]]["confidence"], score.same(field, got, score.dig(gold, field)))
    for field in score.LISTS:
        if field in gold.get("partial", []):
            continue
        likeness, floor = score.LIKENESS[field]
        items = record[field]
        right = {id(item) for item, _ in score.match(items, gold[field], likeness, floor)}
        for item, evidence in zip(items, found[field], strict=True):
            yield Value(field, evidence["confidence"], id(item) in right)


def collect(sets: list[str], kinds: list[str], seed: int, *, reuse: bool) -> list[Value]:
    """The values of all documents of some sets."""
    score = scorer()
    out: list[Value] = []
    for name in sets:
        for kind in kinds:
            for paper in reads.read_set(name, kind, seed, reuse=reuse):
                record = extract(paper.document, Context(file_name="scan.pdf")).as_json()
                gold = json.loads((scans.source(name) / "gold" / f"{paper.stem}.json").read_text("utf-8"))
                out += values(record, gold, score)
    return out


def halves(found: list[Value]) -> list[tuple[str, list[Value]]]:
    """Header values and items of lists."""
    lists = set(scorer().LISTS)
    return [("header", [v for v in found if v.field not in lists]), ("lists", [v for v in found if v.field in lists])]


def reliability(name: str, found: list[Value]) -> Iterator[str]:
    """One row a bin: how sure the values are, how many are right."""
    for low, high in pairwise(BINS):
        here = [v for v in found if low <= v.confidence < high]
        if here:
            right = sum(v.right for v in here)
            mean = sum(v.confidence for v in here) / len(here)
            yield f"| {name} | {low:.2f}–{min(high, 1):.2f} | {len(here)} | {mean:.3f} | {right / len(here):.3f} |"


def thresholds(name: str, found: list[Value]) -> Iterator[str]:
    """One row a threshold: what passes without a look, and how much of that is wrong."""
    for floor in THRESHOLDS:
        passed = [v for v in found if v.confidence >= floor]
        if passed:
            wrong = sum(not v.right for v in passed)
            mark = " (in use)" if floor == LOOK_BELOW else ""
            share = len(passed) / len(found)
            yield f"| {name} | {floor:.2f}{mark} | {share:.3f} | {wrong}/{len(passed)} ≤{upper(wrong, len(passed)):.4f} |"


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", default=",".join(reads.HELD_OUT))
    parser.add_argument("--kinds", default=",".join(scans.KINDS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reuse", action="store_true")
    args = parser.parse_args()
    parts = halves(collect(args.sets.split(","), args.kinds.split(","), args.seed, reuse=args.reuse))
    print("| values | confidence | n | mean confidence | right |\n|---|---|---|---|---|")
    print("\n".join(row for name, found in parts for row in reliability(name, found)))
    print("\n| values | threshold | pass without a look | wrong among these |\n|---|---|---|---|")
    print("\n".join(row for name, found in parts for row in thresholds(name, found)))


if __name__ == "__main__":
    main()
